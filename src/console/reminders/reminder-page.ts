import { html } from 'hono/html'
import { evidenceOf } from '../../features/reminders/items/evidence.ts'
import { problemInWords } from '../../features/reminders/making/target-words.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { sendKept } from '../download.ts'
import { table } from '../frame.ts'
import { historyPanel } from '../history-panel.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { reminderSay } from './reminder-say.ts'

const section = '/console/reminders'
const mostRuns = 12
const mostItems = 500

/** A reminder with what may be done about it, as its card in chat has it, and below it its runs, items and history. */
export function addReminderPageRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, duties, pressing, blobs } = options
  const wakeWorkers = () => duties.reminders.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['reminders'])

  get('/reminders/new', async (visit) => {
    needs(visit, 'reminder.make')
    return shown(visit, unmade, await desk.press(visit, { action: 'reminders.new', value: {} }))
  })

  get('/reminders/:id/evidence/:item/:at', async (visit) => {
    needs(visit, 'reminder.view')
    const reminder = idIn(visit, 'id')
    // Only where the reminder's own card is the visitor's to see.
    const shown = await desk.press(visit, { action: 'reminders.show', value: { reminder } })
    const item = idIn(visit, 'item')
    const isIts = await store.db
      .selectFrom('reminder_item')
      .select('id')
      .where('id', '=', item)
      .where('reminder', '=', reminder)
      .executeTakeFirst()
    const files = shown.isRefused || !isIts ? [] : ((await evidenceOf(store.db, [item])).get(item) ?? [])
    return sendKept(
      blobs,
      files.find(({ position }) => String(position) === visit.context.req.param('at')) ?? null,
    )
  })

  get('/reminders/:id', async (visit) => reminderPage(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, {
    ...{ folder: '/reminders', desk, show: shown },
    sentIn: (record) => record ?? section,
  })

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return reminderPage(visit, id, pressed)
    needs(visit, 'reminder.make')
    const say = reminderSay(visit)
    return makingPage(visit, { section, list: say('title'), title: say('make'), pressed })
  }

  async function reminderPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    needs(visit, 'reminder.view')
    const say = reminderSay(visit)
    return cardPage(visit, {
      ...{ section, list: say('title'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'reminders.show', value: { reminder: id } },
      below: async () => html`${await runsPanel(visit, store.db, id)}
${await itemsPanel(visit, store.db, id)}
${await historyOf(visit, store.db, id)}`,
    })
  }
}

async function runsPanel(visit: Visit, db: Reads, reminder: string): Promise<Html | ''> {
  const say = reminderSay(visit)
  const runs = await db
    .selectFrom('reminder_run')
    .selectAll()
    .where('reminder', '=', reminder)
    .orderBy('due_at', 'desc')
    .limit(mostRuns)
    .execute()
  if (runs.length === 0) return ''
  const rows = runs.map(({ due_at, ran_at, outcome, late }) => [
    ...[minuteInChina(new Date(due_at)), minuteInChina(new Date(ran_at))],
    translate(visit.language, `reminders:outcome.${outcome}`) + (late === 1 ? say('late') : ''),
  ])
  const header = [say('due'), say('ran'), say('outcome')]
  return html`<section class="panel"><h2>${say('runs')}</h2>${table(say('runs'), header, rows)}</section>`
}

async function itemsPanel(visit: Visit, db: Reads, reminder: string): Promise<Html | ''> {
  const say = reminderSay(visit)
  const items = await db
    .selectFrom('reminder_item')
    .leftJoin('person', 'person.id', 'reminder_item.person')
    .leftJoin('person as closer', 'closer.id', 'reminder_item.closed_by')
    .select([
      'reminder_item.id',
      'reminder_item.number',
      'reminder_item.state',
      'reminder_item.opened_at',
      'person.name',
    ])
    .select(['reminder_item.closed_at', 'reminder_item.note', 'closer.name as closer'])
    .where('reminder_item.reminder', '=', reminder)
    .orderBy('reminder_item.opened_at', 'desc')
    .orderBy('reminder_item.number')
    .limit(mostItems)
    .execute()
  if (items.length === 0) return ''
  const evidence = await evidenceOf(
    db,
    items.map(({ id }) => id),
  )
  const files = (item: string) =>
    (evidence.get(item) ?? []).map(
      ({ position, name }) =>
        html` <a href="${section}/${reminder}/evidence/${item}/${position}" download>${name}</a>`,
    )
  const rows = items.map(({ id, number, state, opened_at, name, closed_at, note, closer }) => [
    ...[number, name ?? say('anybody'), minuteInChina(new Date(opened_at))],
    html`<span class="tag${state === 'open' ? ' waiting' : ''}">${say(`item.${state}`)}</span>`,
    closed_at === null ? '' : `${minuteInChina(new Date(closed_at))} ${closer ?? ''}`.trim(),
    // Why one has ended is a key.
    html`${state === 'ended' && note !== '' ? translate(visit.language, note) : note}${files(id)}`,
  ])
  const keys = ['item-number', 'who', 'opened', 'state', 'closed', 'note'] as const
  const header = keys.map((key) => say(key))
  return html`<section class="panel"><h2>${say('items')}</h2>${table(say('items'), header, rows)}</section>`
}

async function historyOf(visit: Visit, db: Reads, reminder: string): Promise<Html> {
  const say = reminderSay(visit)
  const rows = await db
    .selectFrom('reminder_history')
    .leftJoin('person', 'person.id', 'reminder_history.by')
    .select(['reminder_history.what', 'reminder_history.data', 'reminder_history.at', 'person.name'])
    .where('reminder', '=', reminder)
    // What happened to items stands in their table.
    .where('item', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('reminder_history.id')
    .limit(200)
    .execute()
  const lines = rows.flatMap(({ what, data, at, name }) => {
    const key = happened.find((one) => one === what)
    if (!key) return []
    const values = happenedIn(JSON.parse(data) as Record<string, string>, visit)
    const line = { what: say(`what.${key}`, values), name: name ?? say('by-machine') }
    return [say('did', { ...line, at: minuteInChina(new Date(at)) })]
  })
  return historyPanel(say('history'), lines)
}

const happened = [
  ...(['made', 'changed', 'paused', 'resumed', 'skipped', 'moved', 'ended', 'tried'] as const),
  ...(['missed', 'unreachable'] as const),
]

/** What an entry of the history is about, as people read it: moments by China's clock, problems in words. */
function happenedIn(data: Record<string, string>, { language }: Visit): Record<string, string> {
  const { at, problem } = data
  return {
    ...data,
    ...(at === undefined ? {} : { at: minuteInChina(new Date(at)) }),
    ...(problem === undefined ? {} : { problem: problemInWords(problem, language) }),
  }
}
