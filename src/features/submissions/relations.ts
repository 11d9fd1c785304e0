import { sql } from 'kysely'
import type { Account } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { type Actor, can, type RecordPlace } from '../../people/can.ts'
import type { Reads } from '../../people/people.ts'
import { rootOf } from '../../people/reach.ts'
import type { ActorName } from './definition/actors.ts'
import type { Kind } from './definition/schema.ts'
import type { Part } from './life/life.ts'
import type { Submission } from './records.ts'

/**
 * What somebody is to a record today, by their offices and by what the record says; `colleague` for whoever merely may
 * see it, nothing at all for whoever may not.
 * @param today `YYYY-MM-DD` of China.
 */
export async function partOf(
  db: Reads,
  submission: Submission,
  person: string | null,
  today: string,
): Promise<Part> {
  if (person === null) return { person, as: [] }
  const { row, kind } = submission
  const as = new Set<ActorName>()
  if (submission.author?.person === person) as.add('author')
  if (row.owner === person) as.add('owner')
  if (row.verifier === person) as.add('verifier')
  if (row.nominee === person) as.add('nominee')
  const { parts, review } = await partsInRecord(db, row.id, person)
  for (const part of parts) as.add(part)
  // Whoever has an interest in it has no part in it any more, whatever their office.
  if (review === 'declined') {
    const own = [...as].filter((part) => part === 'author' || part === 'co-author')
    const isNear = own.length === 0 && (await isColleague(db, submission, await actorOf(db, person, today)))
    return { person, as: isNear ? ['colleague'] : own }
  }
  if (review === 'asked' || review === 'given') as.add('reviewer')
  const actor = await actorOf(db, person, today)
  const place = await placeOfRecord(db, row.lies_with)
  if (kind.handlers === 'restricted') {
    if (can(actor, 'submission.restricted', place)) as.add('restricted').add('handler')
  } else {
    if (can(actor, 'submission.handle', place)) as.add('handler')
    if (can(actor, 'submission.decide', place)) as.add('decider')
    const [, ...above] = place.path
    if (above.length > 0 && can(actor, 'submission.handle', { path: above })) as.add('superior')
  }
  if (row.sealed === 1 && can(actor, 'submission.unseal', place)) as.add('administrator')
  // A restricted one is its handler's as long as they hold that office.
  if (row.handler === person && kind.handlers !== 'restricted') as.add('handler')
  if (as.size === 0 && (await isColleague(db, submission, actor))) as.add('colleague')
  return { person, as: [...as], reviewed: review === 'given' }
}

/** What whoever uses an account is to a record; so is a guest who sent it in, also once it is known who they are. */
export async function partOfAccount(
  db: Reads,
  submission: Submission,
  { account, person }: { account: Account; person: string | null },
  today: string,
): Promise<Part> {
  const own = submission.author?.person === null ? submission.author.account : null
  const part = await partOf(db, submission, person, today)
  if (!own || accountKey(own) !== accountKey(account)) return part
  return { ...part, as: ['author', ...part.as.filter((as) => as !== 'colleague')] }
}

/**
 * Whose authorship may be the reason of a refusal that others read; null where the name is hidden, since by trying one
 * name after the other a handler would find it.
 */
export function nameableAuthor({ row, author }: Pick<Submission, 'row' | 'author'>): string | null {
  return row.naming === 'hidden' ? null : (author?.person ?? null)
}

/** On which side of a record somebody writes. */
export type Side = 'author' | 'handler'

/** Null: they are no part of what authors and handlers say to each other. */
export function sideOf({ as }: Part): Side | null {
  if (as.includes('author') || as.includes('co-author')) return 'author'
  const working = ['handler', 'restricted', 'decider', 'superior', 'owner', 'verifier'] as const
  return working.some((part) => as.includes(part)) ? 'handler' : null
}

/** Whether somebody may read a record as those who work on it do. */
export function seesAll({ as }: Part): boolean {
  return as.some((part) => part !== 'colleague' && part !== 'offerer' && part !== 'administrator')
}

/** The place of an organisation, or the whole house's. */
async function placeOfRecord(db: Reads, organisation: string | null): Promise<RecordPlace> {
  return organisation === null ? { path: [] } : placeOf(db, organisation)
}

/**
 * What somebody is by the lists that belong to a record, in one statement, for it is asked at every turn; and how it
 * stands with the review for which they were asked, null: they were not.
 */
async function partsInRecord(db: Reads, submission: string, person: string) {
  const rows = await db
    .selectFrom('submission_review')
    .select([sql.lit<string>('review').as('list'), sql<string>`state`.as('state')])
    .where('submission', '=', submission)
    .where('reviewer', '=', person)
    .unionAll(
      db
        .selectFrom('submission_author')
        .select([sql.lit<string>('co-author').as('list'), sql.lit<string>('').as('state')])
        .where('submission', '=', submission)
        .where('person', '=', person)
        .where('confirmed', '=', 1),
    )
    .unionAll(
      db
        .selectFrom('submission_offer')
        .select([sql.lit<string>('offerer').as('list'), sql<string>`state`.as('state')])
        .where('submission', '=', submission)
        .where('person', '=', person)
        .where('state', '=', 'open'),
    )
    .unionAll(
      db
        .selectFrom('submission_milestone')
        .select([sql.lit<string>('worker').as('list'), sql<string>`state`.as('state')])
        .where('submission', '=', submission)
        .where('owner', '=', person)
        .where('state', 'in', ['open', 'reported']),
    )
    .execute()
  const lists = new Set(rows.map(({ list }) => list))
  const parts = (['co-author', 'offerer', 'worker'] as const).filter((part) => lists.has(part))
  return { parts, review: rows.find(({ list }) => list === 'review')?.state ?? null }
}

/** Whether a record is one that colleagues see as it stands. */
export function isShown({ row, kind }: { row: { state: string }; kind: Kind }): boolean {
  return (kind.seconded || kind.shown) && kind.states[row.state]?.shows !== 'parts'
}

/** Whether what was published of it can be objected to now. */
function isOnNotice({ row, kind }: Pick<Submission, 'row' | 'kind'>): boolean {
  const actions = Object.values(kind.actions)
  const takesObjections = actions.some(
    ({ does, from }) => does.includes('object') && from.includes(row.state),
  )
  return row.published !== null && takesObjections
}

/**
 * Colleagues work under the same root. Sealed and unsigned records are none of theirs, but to object to what is on public
 * notice: of the record itself they see number and state alone.
 */
async function isColleague(db: Reads, { row, kind }: Submission, { grants }: Actor): Promise<boolean> {
  const isOpen = isShown({ row, kind }) && (row.sealed === 0 || isOnNotice({ row, kind }))
  if (!isOpen || row.organisation === null || grants.length === 0) return false
  const own = await rootOf(db, row.organisation)
  for (const { organisation } of grants) if ((await rootOf(db, organisation)) === own) return true
  return false
}
