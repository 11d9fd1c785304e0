import { html } from 'hono/html'
import { PlainError } from '../messages/plain-error.ts'
import { can } from '../people/can.ts'
import type { ConsoleRoutes } from './console.ts'
import { consolePage } from './frame.ts'
import { type Say, timeInChina } from './say.ts'
import { wholeHouse } from './visit.ts'

/** How the house is; what only the wiring knows. */
export interface SystemState {
  version: string
  startedAt: Date
  /** When the search index that answers was built; null where there is none. */
  indexBuiltAt: Date | null
  /** As configured, never its key; null: answers are extracted. */
  model: { provider: string; name: string } | null
}

/** Database, index, model and counts, for whoever runs the bot. */
export function addSystemRoutes({ options: { store, systemState }, get }: ConsoleRoutes): void {
  get('/system', async (visit) => {
    const { say, actor, now } = visit
    if (!can(actor, 'system.view', wholeHouse)) throw new PlainError('console:not-allowed')
    const state = await systemState()
    const began = performance.now()
    const counts = await countRows()
    const databaseTook = Math.max(1, Math.round(performance.now() - began))
    const groups: [string, [string, string][]][] = [
      [
        'service',
        [
          ['version', state.version],
          ['started', timeInChina(state.startedAt)],
          ['uptime', durationText(say, now.getTime() - state.startedAt.getTime())],
        ],
      ],
      [
        'database',
        [
          ['dialect', store.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL'],
          ['answers-in', say('system.milliseconds', { count: databaseTook })],
        ],
      ],
      [
        'search',
        [
          ['index-built', state.indexBuiltAt ? timeInChina(state.indexBuiltAt) : say('system.none')],
          [
            'index-age',
            state.indexBuiltAt
              ? durationText(say, now.getTime() - state.indexBuiltAt.getTime())
              : say('system.none'),
          ],
          ['model', state.model ? `${state.model.provider} · ${state.model.name}` : say('system.no-model')],
        ],
      ],
      ['library', counts.map(([name, count]) => [name, String(count)])],
    ]
    const body = html`<h1>${say('nav.system')}</h1>
<p class="lead"><span class="well" aria-hidden="true"></span> ${say('system.well')}</p>
<div class="cards">${groups.map(
      ([group, facts]) => html`<section class="panel"><h2>${say(`system.${group}`)}</h2>
<dl class="facts">${facts.map(([name, value]) => html`<dt>${say(`system.${name}`)}</dt><dd>${value}</dd>`)}</dl></section>`,
    )}</div>`
    return consolePage(visit, { title: say('nav.system'), body, section: '/console/system' })
  })

  async function countRows(): Promise<[string, number][]> {
    const tables = [
      ['count-clause', 'clause'],
      ['count-gap', 'gap'],
      ['count-person', 'person'],
      ['count-organisation', 'organisation'],
    ] as const
    const { count: documents } = await store.db
      .selectFrom('document_version')
      .select(({ fn }) => fn.count('document').distinct().as('count'))
      .executeTakeFirstOrThrow()
    const counts: [string, number][] = [['documents', Number(documents)]]
    for (const [label, name] of tables) {
      const { count } = await store.db
        .selectFrom(name)
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
      counts.push([label, Number(count)])
    }
    return counts
  }
}

function durationText(say: Say, milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes < 60) return say('system.minutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? say('system.hours', { count: hours })
    : say('system.days', { count: Math.floor(hours / 24) })
}
