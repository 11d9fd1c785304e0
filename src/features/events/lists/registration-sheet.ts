import type { Kysely } from 'kysely'
import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeCsv } from '../../../spreadsheets/write-csv.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import type { Tables } from '../../../store/tables.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { mayDo } from '../check-in/organiser.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, type OwnQuestion, registersWith } from '../records.ts'
import { type Contact, openContact } from '../registering/contact.ts'
import { registrantName } from '../registering/organiser-cards.ts'
import { answerText } from './answer-text.ts'
import { registrationTitle } from './event-texts.ts'
import { type ListedRegistration, listRegistrations } from './list-registrations.ts'

export const sheetFormats = ['xlsx', 'csv'] as const
export type SheetFormat = (typeof sheetFormats)[number]

export interface SheetRequest {
  event: Event
  /** A person's id, who may export its list; `house`: whoever runs the bot at its machine, who gets no name of the public. */
  asker: { person: string } | 'house'
  format: SheetFormat
  language: Language
}

/** So many registrations are in memory at once. */
const page = 200

const columns = [
  ...(['row', 'name', 'unit', 'telephone', 'state', 'guests', 'registered', 'registered-by'] as const),
  ...(['checked-in', 'hours', 'rating', 'comment'] as const),
] as const
type Column = (typeof columns)[number]
const widths: Partial<Record<Column, number>> = { row: 6, unit: 24, comment: 40 }

/**
 * The list of an event as a file, written while its rows are read page by page; answers to its own questions stand in
 * columns of their own. A rating stands beside a name only where whoever gave it wants that. Throws PlainError before the
 * first piece where the asker may not export it.
 */
export async function exportRegistrations(
  context: Pick<EventsContext, 'store' | 'sealer'>,
  request: SheetRequest,
): Promise<{ pieces: AsyncGenerator<Uint8Array>; name: string; type: string }> {
  const { store } = context
  const { event, asker, format, language } = request
  const now = await store.now()
  if (asker !== 'house' && !(await mayDo(store.db, event, asker.person, 'event.export', now))) {
    throw new PlainError('announcing:refused.no-event')
  }
  // What a series asks, the event asks that takes its registrations.
  const { questions } = (await findEvent(store.db, registersWith(event))) ?? event
  const rows = sheetRows(context, request, questions)
  const title = translate(language, 'announcing:sheet.title', { number: event.row.number })
  const isBook = format === 'xlsx'
  const wide = columns.map((column) => widths[column] ?? 16)
  return {
    pieces: isBook
      ? writeWorkbook([{ name: title, rows, widths: [...wide, ...questions.map(() => 24)] }])
      : writeCsv(rows),
    name: `${title}-${dayInChina(now)}.${format}`,
    type: isBook
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : 'text/csv; charset=utf-8',
  }
}

async function* sheetRows(
  context: Pick<EventsContext, 'store' | 'sealer'>,
  { event, asker, language }: SheetRequest,
  questions: readonly OwnQuestion[],
): AsyncGenerator<Cell[]> {
  const { db } = context.store
  const heading = (column: Column) => translate(language, `announcing:sheet.${column}`)
  yield [...columns.map(heading), ...questions.map(({ label }) => label)]
  let after: string | undefined
  let number = 0
  do {
    const { registrations, next } = await listRegistrations(
      db,
      event,
      {},
      { size: page, ...(after ? { after } : {}) },
    )
    const beside = await readBeside(db, event, registrations)
    for (const one of registrations) {
      number += 1
      const contact = asker === 'house' ? null : await openContact(db, context, one.row)
      const cells = cellsOf(one, { beside, contact, language, number })
      const answers = JSON.parse(one.row.answers) as Record<string, unknown>
      yield [
        ...columns.map((column) => cells[column]),
        ...questions.map((question) => {
          const answer = answers[question.name]
          return typeof answer === 'number' ? answer : answerText(question, answer, language) || null
        }),
      ]
    }
    after = next ?? undefined
  } while (after !== undefined)
}

/** What stands beside registrations, read for a page of them at once. */
interface Beside {
  hours: ReadonlyMap<string, number>
  feedback: ReadonlyMap<string, { rating: number; comment: string }>
}

async function readBeside(
  db: Kysely<Tables>,
  { row: { id } }: Event,
  registrations: readonly ListedRegistration[],
): Promise<Beside> {
  const ids = registrations.map(({ row }) => row.id)
  const people = registrations.flatMap(({ row }) => row.person ?? [])
  const hours =
    people.length === 0
      ? []
      : await db
          .selectFrom('event_hours')
          .select(['person', 'hours'])
          .where('event', '=', id)
          .where('person', 'in', people)
          .execute()
  const feedback =
    ids.length === 0
      ? []
      : await db
          .selectFrom('event_feedback')
          .select(['registration', 'rating', 'comment'])
          .where('event', '=', id)
          .where('registration', 'in', ids)
          .where('signed', '=', 1)
          .execute()
  return {
    hours: new Map(hours.map((one) => [one.person, one.hours])),
    feedback: new Map(feedback.map(({ registration, ...given }) => [registration, given])),
  }
}

function cellsOf(
  { row, organisation, registeredBy, checkIn }: ListedRegistration,
  {
    beside,
    contact,
    language,
    number,
  }: { beside: Beside; contact: Contact | null; language: Language; number: number },
): Record<Column, Cell> {
  const minute = (instant: string): Cell => ({ minute: minuteInChina(new Date(instant)) })
  const feedback = beside.feedback.get(row.id)
  return {
    row: number,
    name: contact?.name ?? registrantName(row, language),
    unit: organisation || contact?.unit || null,
    telephone: contact?.telephone ?? null,
    state: registrationTitle(row.state, language),
    guests: row.guests,
    registered: minute(row.created_at),
    'registered-by': registeredBy || null,
    'checked-in': checkIn === null ? null : minute(checkIn.at),
    hours: row.person === null ? null : (beside.hours.get(row.person) ?? null),
    rating: feedback?.rating ?? null,
    comment: feedback?.comment || null,
  }
}
