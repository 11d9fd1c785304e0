import { randomUUID } from 'node:crypto'
import type { IncomingFile } from '../../../chat/incoming.ts'
import type { FormValues } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { peopleOfAudience } from '../../../people/audience.ts'
import { membershipsInForce } from '../../../people/memberships.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import type { Trx } from '../../../store/store.ts'
import type { CirculationPort } from '../../circulation/port.ts'
import { type CollectionDefinition, questionsOf } from '../definition/definition.ts'
import { type Collection, type CollectionRow, originOf } from '../records.ts'
import { castBallot } from './ballot.ts'
import { tellReplaced } from './tell-replaced.ts'

/** An answer that is sent in. */
export interface GivenAnswer {
  person: string
  version: number
  values: FormValues
  now: Date
}

/** Throws PlainError where a collection is not answered any more. */
export function mustBeOpen({ row }: Pick<Collection, 'row'>, now: Date): void {
  const isPast = row.deadline !== null && new Date(row.deadline) <= now
  if (row.state !== 'open' || isPast) {
    throw new PlainError('collections:refused.ended', { number: row.number })
  }
}

/**
 * Keeps an answer: in place of the earlier one of the same person or unit, or as one that is nobody's. Gives whether it was the
 * first. Throws PlainError where it is too late, or where somebody has answered what cannot be changed.
 */
export async function keepAnswer(
  trx: Trx,
  circulation: CirculationPort,
  collection: Collection,
  { person, version, values, now }: GivenAnswer,
): Promise<boolean> {
  mustBeOpen(collection, now)
  const { row } = collection
  const origin = originOf(row.id)
  if (row.anonymity === 'anonymous') {
    // Who has answered is known, so nobody does twice; what they answered is kept apart from it.
    const isFirst = await circulation.answered(trx, origin, person, now)
    if (!isFirst) throw new PlainError('collections:refused.answered')
    await castBallot(trx, { collection: row.id, values })
    await circulation.renew(trx, origin, 'chats', now)
    return true
  }
  const { organisation, colleagues } = await placeOfAnswer(trx, circulation, row, person, now)
  if (row.per === 'unit' && organisation === null) throw new PlainError('collections:refused.no-unit')
  const answersFor = row.per === 'unit' ? organisation! : person
  const before = await findAnswer(trx, row, answersFor)
  // Whoever may not read a colleague's answer brings their own files too.
  const kept = before && mayReadBefore(row, before, person) ? before.values : undefined
  const content = JSON.stringify(withKeptFiles(values, kept))
  const at = now.toISOString()
  await trx
    .insertInto('collection_answer')
    .values({
      ...{ id: randomUUID(), collection: row.id, answers_for: answersFor, person, organisation, version },
      ...{ content, given_at: at, changed_at: null },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['collection', 'answers_for'])
        .doUpdateSet({ person, organisation, version, content, changed_at: at }),
    )
    .execute()
  await holdBlobs(trx, `collection ${row.id} ${answersFor}`, blobsIn(JSON.parse(content) as FormValues))
  if (row.per === 'unit') {
    // Where the unit has answered before, its people are known to have.
    const people = before ? [person] : [person, ...colleagues]
    await circulation.answeredTogether(trx, origin, { people, organisation: organisation! }, now)
    if (before && before.person !== person) {
      await tellReplaced(trx, row, { former: before.person, by: person, organisation: organisation!, now })
    }
  } else await circulation.answered(trx, origin, person, now)
  await circulation.renew(trx, origin, 'chats', now)
  return before === null
}

/** What a colleague answered for the unit is read by those alone who were promised it, where names are for handlers. */
const mayReadBefore = (row: CollectionRow, before: { person: string }, person: string): boolean =>
  row.anonymity !== 'handlers-only' || before.person === person

/** What somebody, or their unit, has answered; null: nothing yet, nobody can tell, or it is a colleague's and not for them. */
export async function answerOf(
  db: Reads,
  circulation: CirculationPort,
  { row }: Collection,
  person: string,
  now: Date,
): Promise<{ values: FormValues; version: number } | null> {
  if (row.anonymity === 'anonymous') return null
  if (row.per === 'person') return findAnswer(db, row, person)
  const { organisation } = await placeOfAnswer(db, circulation, row, person, now)
  const before = organisation === null ? null : await findAnswer(db, row, organisation)
  return before && mayReadBefore(row, before, person) ? before : null
}

async function findAnswer(db: Reads, { id }: Pick<CollectionRow, 'id'>, answersFor: string) {
  const found = await db
    .selectFrom('collection_answer')
    .select(['content', 'version', 'person'])
    .where('collection', '=', id)
    .where('answers_for', '=', answersFor)
    .executeTakeFirst()
  if (!found) return null
  const { content, version, person } = found
  return { values: JSON.parse(content) as FormValues, version, person }
}

/** The organisation by which somebody was asked, else their own; and who else was asked by it. */
async function placeOfAnswer(
  db: Reads,
  circulation: CirculationPort,
  row: CollectionRow,
  person: string,
  now: Date,
): Promise<{ organisation: string | null; colleagues: string[] }> {
  const sent = await circulation.find(db, originOf(row.id))
  const asked = sent ? await peopleOfAudience(db, sent.audience, now) : new Map<string, string | null>()
  const [first] = await membershipsInForce(db, person, dayInChina(now))
  const organisation = asked.get(person) ?? first?.organisation ?? null
  const others = [...asked].flatMap(([one, by]) => (by === organisation && one !== person ? one : []))
  return { organisation, colleagues: others }
}

/** Files that were sent before stay where none came instead. */
function withKeptFiles(values: FormValues, before: FormValues | undefined): FormValues {
  const files = Object.entries(before ?? {}).filter(
    ([name, value]) => values[name] === undefined && blobsIn({ [name]: value }).length > 0,
  )
  return { ...values, ...Object.fromEntries(files) }
}

function blobsIn(values: FormValues): string[] {
  return Object.values(values).flatMap((value) =>
    Array.isArray(value)
      ? (value as (string | IncomingFile)[]).flatMap((one) => (typeof one === 'object' ? one.blob : []))
      : [],
  )
}

/** What was answered, as somebody types it: to be shown in the form again. Files are not among it; they stay. */
export async function typedAnswer(
  db: Reads,
  definition: CollectionDefinition,
  values: FormValues,
): Promise<Record<string, string | string[]>> {
  const typed: Record<string, string | string[]> = {}
  for (const { name, type } of questionsOf(definition)) {
    const value = values[name]
    if (value === undefined || value === null || type === 'file') continue
    if (type === 'person') typed[name] = await nameOf(db, String(value))
    else if (type === 'people') {
      const names: string[] = []
      for (const id of value as string[]) names.push(await nameOf(db, id))
      typed[name] = names.join('、')
    } else if (Array.isArray(value)) typed[name] = value.map(String)
    else typed[name] = String(value)
  }
  return typed
}

const nameOf = async (db: Reads, id: string) => (await readPerson(db, id))?.name ?? id
