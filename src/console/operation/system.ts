import { html } from 'hono/html'
import { listGaps } from '../../features/policy/answer-log.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { countFailed, type QueueState, readQueues } from '../../metrics/queue-states.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { consolePage, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import type { Say } from '../say.ts'
import { type Visit, wholeHouse } from '../visit.ts'

/** Nothing waits so long while all is well, not even behind a slow platform. Seconds. */
const waitsTooLong = 300

/** Database, index, model, queues and counts, for whoever runs the bot. */
export function addSystemRoutes({ options: { store, systemState }, get }: ConsoleRoutes): void {
  get('/system', async (visit) => {
    const { say, actor, now } = visit
    if (!can(actor, 'system.view', wholeHouse)) throw new PlainError('console:not-allowed')
    const state = await systemState()
    const began = performance.now()
    const counts = await countRecords(visit)
    const databaseTook = Math.max(1, Math.round(performance.now() - began))
    const queues = await readQueues(store)
    const failed = await countFailed(store)
    const isSlow = queues.some(({ oldest }) => oldest > waitsTooLong)
    const age = (since: Date) => durationText(say, now.getTime() - since.getTime())
    const { indexBuiltAt, model } = state
    const cards = [
      panel(say('system.service'), [
        [say('system.version'), state.version],
        [say('system.started'), minuteInChina(state.startedAt)],
        [say('system.uptime'), age(state.startedAt)],
      ]),
      panel(say('system.database'), [
        [say('system.dialect'), store.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL'],
        [say('system.answers-in'), say('system.milliseconds', { count: databaseTook })],
      ]),
      panel(say('system.search'), [
        [say('system.index-built'), indexBuiltAt ? minuteInChina(indexBuiltAt) : say('system.none')],
        [say('system.index-age'), indexBuiltAt ? age(indexBuiltAt) : say('system.none')],
        [say('system.model'), model ? `${model.provider} · ${model.name}` : say('system.no-model')],
      ]),
      panel(say('system.library'), counts),
    ]
    const body = html`<h1>${say('nav.system')}</h1>
<p class="lead">${isSlow ? html`<span class="tag waiting">${say('system.slow')}</span>` : html`<span class="well" aria-hidden="true"></span> ${say('system.well')}`}${
      failed.outbox > 0
        ? html` <a href="/console/outbox">${say('system.undelivered', { count: failed.outbox })}</a>`
        : ''
    }</p>
<div class="cards">${cards}</div>
${queuePanel(visit, queues, failed)}`
    return consolePage(visit, { title: say('nav.system'), body, section: '/console/system' })
  })

  async function countRecords({ say }: Visit): Promise<[string, string][]> {
    const { db } = store
    const { count: documents } = await db
      .selectFrom('document_version')
      .select(({ fn }) => fn.count('document').distinct().as('count'))
      .executeTakeFirstOrThrow()
    const all = async (table: 'clause' | 'person' | 'organisation') => {
      const rows = db.selectFrom(table).select(({ fn }) => fn.countAll().as('count'))
      return String((await rows.executeTakeFirstOrThrow()).count)
    }
    return [
      [say('system.documents'), String(documents)],
      [say('system.count-clause'), await all('clause')],
      // As their own page counts them: equal questions once, without those that were settled.
      [say('system.count-gap'), String((await listGaps(db)).length)],
      [say('system.count-person'), await all('person')],
      [say('system.count-organisation'), await all('organisation')],
    ]
  }
}

function panel(title: string, facts: readonly (readonly [string, string])[]): Html {
  return html`<section class="panel"><h2>${title}</h2>
<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`
}

function queuePanel(
  { say }: Visit,
  queues: readonly QueueState[],
  failed: Record<QueueState['queue'], number>,
): Html {
  const header = (['queue', 'waiting', 'oldest', 'failed'] as const).map((key) => say(`system.${key}`))
  const rows = queues.map(({ queue, waiting, oldest }) => [
    say(`system.queue-${queue}`),
    String(waiting),
    waiting === 0 ? say('system.none') : durationText(say, oldest * 1000),
    failed[queue] > 0 ? html`<span class="tag waiting">${failed[queue]}</span>` : '0',
  ])
  return html`<section class="panel"><h2>${say('system.queues')}</h2>
${table(say('system.queues'), header, rows)}
<p class="small">${say('system.queues-hint')}</p></section>`
}

function durationText(say: Say, milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes === 0) return say('system.under-a-minute')
  if (minutes < 60) return say('system.minutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? say('system.hours', { count: hours })
    : say('system.days', { count: Math.floor(hours / 24) })
}
