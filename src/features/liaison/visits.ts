import type { Account, IncomingFile } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { nextNumber } from '../../forms/receipt-number.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { holdBlobs } from '../../store/blob-use.ts'
import type { Trx } from '../../store/store.ts'
import { addDays, type Day } from '../../timers/calendar/day.ts'
import type { Liaison } from './context.ts'
import { dutiesDone } from './duties.ts'
import { noteHistory } from './history.ts'
import type { PromiseLine } from './parse-promises.ts'
import { keepPromises } from './promises.ts'
import { readVisit, type VisitRecord } from './records.ts'
import type { VisitKind } from './rules.ts'

/** A visit, a call or a report as it was filled in; all of it checked but the day. */
export interface VisitDraft {
  /** Made of the form's draft: the same again is the same visit. */
  id: string
  organisation: string
  kind: VisitKind
  day: Day
  people: string
  summary: string
  needs: readonly string[]
  promises: readonly (PromiseLine & { owner: string })[]
  photos: readonly IncomingFile[]
  /** Of the reminder by which the form was opened. */
  item: string | undefined
}

/** Who enters it. */
export interface Recorder {
  person: string
  account: Account | null
  language: Language
  now: Date
}

/**
 * Keeps a visit with what was heard and promised on it: needs become opinions where the house takes them, promises get their
 * reminders, and whoever had to make the visit is not reminded of it any more.
 */
export async function recordVisit(
  trx: Trx,
  context: Liaison,
  draft: VisitDraft,
  recorder: Recorder,
): Promise<VisitRecord> {
  const { person, now } = recorder
  const { id, organisation, kind, day, people, summary, item } = draft
  const today = dayInChina(now)
  const wrong = wrongVisitDay(day, today)
  if (wrong) throw new PlainError(wrong.key, wrong.values)
  const there = await trx.selectFrom('liaison_visit').select('id').where('id', '=', id).executeTakeFirst()
  if (there) return readVisit(trx, id)
  const number = await nextNumber(trx, 'ZF', Number(today.slice(0, 4)))
  await trx
    .insertInto('liaison_visit')
    .values({
      ...{ id, number, organisation, kind, day, people, summary, by: person },
      ...{ at: now.toISOString(), item: item ?? null },
    })
    .execute()
  const doing = { by: person, now }
  const needs = draft.needs.map((text, position) => ({ visit: id, position, text, submission: null }))
  if (needs.length > 0) await trx.insertInto('liaison_need').values(needs).execute()
  for (const { position } of needs) await passNeed(trx, context, { visit: id, position }, recorder)
  await keepPhotos(trx, id, draft.photos)
  await keepPromises(trx, context, id, draft.promises, doing)
  await noteHistory(trx, organisation, 'visit', { visit: id, number, kind, day }, doing)
  await context.reminders.acknowledged(trx, item, { by: person, note: number, now })
  await dutiesDone(trx, context, { organisation, kind, day, number }, doing)
  return readVisit(trx, id)
}

/** Why nobody enters a visit of that day today; null: they may. */
export function wrongVisitDay(day: Day, today: Day): { key: string; values: Record<string, string> } | null {
  if (day > today) return { key: 'liaison:day-to-come', values: {} }
  const first = addDays(today, -daysBack)
  return day < first ? { key: 'liaison:day-long-ago', values: { first } } : null
}

/** What lies further back than a year is no visit that was forgotten, but a wrong year. */
const daysBack = 366

/** From now on the photos are kept for the visit: the draft in which they came lets go of them. */
async function keepPhotos(trx: Trx, visit: string, photos: readonly IncomingFile[]): Promise<void> {
  if (photos.length === 0) return
  const rows = photos.map(({ name, type, size, blob }, position) => ({
    ...{ visit, position, name, type, size, blob },
  }))
  await trx.insertInto('liaison_photo').values(rows).execute()
  await holdBlobs(
    trx,
    `liaison ${visit}`,
    rows.map(({ blob }) => blob),
  )
}

/** A need becomes an opinion, once. Gives its number; null where the house takes no opinions now. */
export async function passNeed(
  trx: Trx,
  { opinions }: Pick<Liaison, 'opinions'>,
  { visit, position }: { visit: string; position: number },
  { person, account, language, now }: Recorder,
): Promise<string | null> {
  const { row, organisation, needs } = await readVisit(trx, visit)
  const need = needs.find((one) => one.position === position)
  if (!need) throw new PlainError('liaison:gone')
  if (need.submission !== null || opinions === null) return need.submission
  const about = { organisation, day: row.day, number: row.number, need: need.text }
  const number = await opinions.send(trx, {
    id: `liaison-${visit}-${position}`,
    organisation: row.organisation,
    title: translate(language, 'liaison:need.title', about),
    text: translate(language, `liaison:need.text-${row.kind}`, about),
    ...{ person, account, language, now },
  })
  if (number === null) return null
  await trx
    .updateTable('liaison_need')
    .set({ submission: number })
    .where('visit', '=', visit)
    .where('position', '=', position)
    .execute()
  return number
}
