import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Language } from '../chat/language.ts'
import type { EventsContext } from '../features/events/context.ts'
import { listEvents } from '../features/events/lists/list-events.ts'
import { callOffAll } from '../features/events/making/call-off.ts'
import { makeEvents } from '../features/events/making/make-events.ts'
import { plainLines } from '../features/events/making/plain-line.ts'
import { publishAll } from '../features/events/making/publish.ts'
import { readEventFile } from '../features/events/making/read-event-file.ts'
import { fromHereOn, seriesOf } from '../features/events/making/series.ts'
import { templateOf, writeEventFile } from '../features/events/making/write-event-file.ts'
import { type Event, findEvent } from '../features/events/records.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { actorOf, placeOf } from '../people/actor.ts'
import { can } from '../people/can.ts'
import { listOrganisations } from '../people/organisations.ts'
import { findPerson } from '../people/people.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import { addDays } from '../timers/calendar/day.ts'
import { writeRegistrations } from './event-registrations.ts'
import { eventsTable, eventTable } from './events-cards.ts'

/** What an `events` command works with. */
export interface EventsHouse {
  context: EventsContext
  language: Language
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/** Opens the house, runs the task, closes it; shows what is thrown as a message, with exit code 1. */
export type RunWithEvents = (task: (house: EventsHouse) => Promise<void>) => Promise<void>

/** As many events are listed as a terminal shows at once, where nobody says more. */
const usualSize = 50
const whens = ['upcoming', 'past', 'all'] as const

/** Adds `events list|show|import|export|registrations|publish|cancel|template`; `language` is that of the help texts. */
export function addEventCommands(program: Command, language: Language, run: RunWithEvents): void {
  const help = (key: string) => translate(language, `making:command.help.${key}`)
  const events = program.command('events').description(help('events'))
  events
    .command('list [words]')
    .description(help('list'))
    .option('--when <when>', help('when'))
    .option('--most <count>', help('most'))
    .action((words: string | undefined, options: ListOptions) => run((house) => list(house, words, options)))
  events
    .command('show <number>')
    .description(help('show'))
    .action((number: string) => run((house) => show(house, number)))
  events
    .command('import <file>')
    .description(help('import'))
    .requiredOption('--as <person>', help('as'))
    .option('--publish', help('publish-at-once'))
    .option('--dry-run', help('dry-run'))
    .action((file: string, options: ImportOptions) => run((house) => importFile(house, file, options)))
  events
    .command('export <numbers...>')
    .description(help('export'))
    .option('--out <file>', help('out'))
    .action((numbers: string[], options: { out?: string }) =>
      run((house) => exportFile(house, numbers, options)),
    )
  const sheet = (key: 'help' | 'out' | 'as') => translate(language, `announcing:sheet.${key}`)
  events
    .command('registrations <number>')
    .description(sheet('help'))
    .requiredOption('--out <file>', sheet('out'))
    .option('--as <person>', sheet('as'))
    .action((number: string, options: { out: string; as?: string }) =>
      run(async (house) => writeRegistrations(house, await eventOf(house.context, number), options)),
    )
  events
    .command('publish <number>')
    .description(help('publish'))
    .option('--series', help('series'))
    .action((number: string, options: { series?: boolean }) =>
      run((house) => publish(house, number, options)),
    )
  events
    .command('cancel <number>')
    .description(help('cancel'))
    .requiredOption('--reason <reason>', help('reason'))
    .option('--following', help('following'))
    .action((number: string, options: CancelOptions) => run((house) => cancel(house, number, options)))
  events
    .command('template [kind]')
    .description(help('template'))
    .action((kind: string | undefined) => run((house) => template(house, kind)))
}

interface ListOptions {
  when?: string
  most?: string
}

async function list(
  { context, language, print }: EventsHouse,
  words: string | undefined,
  options: ListOptions,
): Promise<void> {
  const when = whens.find((one) => one === (options.when ?? 'upcoming'))
  if (!when) throw new PlainError('making:command.no-when', { whens: whens.join(', ') })
  const most = options.most === undefined ? usualSize : Number(options.most)
  if (!Number.isInteger(most) || most < 1 || most > 1000) throw new PlainError('making:command.no-count')
  const { store } = context
  const filters = {
    when,
    states: ['draft', 'published', 'cancelled', 'over'] as const,
    ...(words ? { text: words } : {}),
  }
  const { events, next } = await listEvents(store.db, context, 'house', filters, { size: most })
  print(
    cardToText(eventsTable(context, events, next !== null, language, await store.now()), { buttons: 'none' }),
  )
}

async function show({ context, language, print }: EventsHouse, number: string): Promise<void> {
  const event = await eventOf(context, number)
  const card = await eventTable(context, event, language, await context.store.now())
  print(cardToText(card, { buttons: 'none' }))
}

interface ImportOptions {
  as: string
  publish?: boolean
  dryRun?: boolean
}

async function importFile(
  { context, language, print }: EventsHouse,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const { store, kinds } = context
  const text = await readText(file)
  const by = (await findPerson(store.db, options.as)).id
  const made = await store.transaction(async (trx) => {
    const now = await store.now(trx)
    const actor = await actorOf(trx, by, dayInChina(now))
    const mayMake = async (organisation: string) => can(actor, 'event.make', await placeOf(trx, organisation))
    const entries = await readEventFile(text, { db: trx, kinds, language, now, mayMake })
    const events: Event[] = []
    if (options.dryRun) return entries.flatMap(({ drafts }) => drafts.map(({ title }) => title))
    for (const { drafts, isShared } of entries) {
      const some = await makeEvents(trx, context, drafts, { isShared, by, now })
      if (options.publish) await publishAll(trx, context, some, now)
      events.push(...some)
    }
    return events.map(({ row }) => `${row.number} ${row.title}`)
  })
  const key = options.dryRun ? 'would-be-made' : options.publish ? 'made-published' : 'made'
  print([translate(language, `making:command.${key}`, { count: made.length }), ...made].join('\n'))
}

async function exportFile(
  { context, language, print }: EventsHouse,
  numbers: readonly string[],
  { out }: { out?: string },
): Promise<void> {
  const events: Event[] = []
  for (const number of numbers) events.push(await eventOf(context, number))
  const text = await writeEventFile(context.store.db, events)
  if (out === undefined) return print(text.trimEnd())
  try {
    // Never over a file that is there.
    await writeFile(out, text, { flag: 'wx' })
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new PlainError(
      isThere ? 'making:command.exists' : 'making:command.unwritable',
      { file: out },
      { cause: error },
    )
  }
  print(translate(language, 'making:command.written', { file: out }))
}

async function publish(
  { context, language, print }: EventsHouse,
  number: string,
  { series = false }: { series?: boolean },
): Promise<void> {
  const count = await context.store.transaction(async (trx) => {
    const event = await eventOf(context, number, trx)
    const all = series ? await seriesOf(trx, event) : [event]
    return (await publishAll(trx, context, all, await context.store.now(trx))).length
  })
  print(translate(language, 'making:published', { count }))
}

interface CancelOptions {
  reason: string
  following?: boolean
}

async function cancel(
  { context, language, print }: EventsHouse,
  number: string,
  options: CancelOptions,
): Promise<void> {
  const reason = plainLines(options.reason)
  if (reason === '' || [...reason].length > 500) throw new PlainError('making:command.no-reason')
  const count = await context.store.transaction(async (trx) => {
    const event = await eventOf(context, number, trx)
    const all = options.following ? await fromHereOn(trx, event) : [event]
    await callOffAll(trx, context, all, { reason, by: null, now: await context.store.now(trx) })
    return all.length
  })
  print(translate(language, 'making:called-off', { count }))
}

async function template({ context, print }: EventsHouse, name: string | undefined): Promise<void> {
  const { kinds, store } = context
  const names = kinds.all().map((one) => one.name)
  const kind = name === undefined ? kinds.all()[0] : kinds.byName(name)
  if (!kind) throw new PlainError('making:command.no-kind', { kinds: names.join(', ') })
  const [root] = await listOrganisations(store.db)
  print(templateOf(kind, root?.path ?? '', addDays(dayInChina(await store.now()), 14)).trimEnd())
}

async function eventOf(
  { store }: EventsContext,
  number: string,
  db: Parameters<typeof findEvent>[0] = store.db,
): Promise<Event> {
  const event = await findEvent(db, number.trim())
  if (!event) throw new PlainError('making:refused.no-number', { number: number.slice(0, 40) })
  return event
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new PlainError('making:command.unreadable', { file }, { cause: error })
  }
}
