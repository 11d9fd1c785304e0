import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Reads } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Tables } from '../../store/tables.ts'
import type { SubmissionsContext } from './context.ts'
import type { ActorName } from './definition/actors.ts'
import type { Kinds } from './definition/kinds.ts'
import { readSubmissions, type Submission } from './records.ts'
import { administeredBy, type Responsibility, responsibleFor } from './responsible.ts'

/** A page of a list of one's own. */
export interface OwnPage {
  /** From 1; one behind the last is the last. */
  page: number
  size: number
}

export interface OwnList {
  submissions: Submission[]
  /** All there are. */
  count: number
  /** Which page it came to be. */
  page: number
}

type Where = ExpressionBuilder<Tables, 'submission'>
/** On the rows of `submission`. */
export type Condition = (where: Where) => Expression<SqlBool>

/**
 * What waits for somebody to act: by an office, as its handler, owner, verifier, reviewer…, or because they were asked.
 * Urgent ones first, then by their time. What others see to is not among it, though rights may reach further.
 * @param today `YYYY-MM-DD` of China.
 */
export async function waitingFor(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  { person, today }: { person: string; today: string },
  wanted: OwnPage,
): Promise<OwnList> {
  const tag = context.sealer.tag(person)
  const conditions = await conditionsOf(db, context.kinds, person, tag, today)
  const found = unionOf(db, conditions)
  if (!found) return { submissions: [], count: 0, page: 1 }
  const { count, page } = await countOf(db, found, wanted)
  const ids = await db
    .selectFrom(found.as('found'))
    .select('id')
    .groupBy(['id', 'priority', 'due_at', 'submitted_at'])
    .orderBy(sql`case when priority = 'urgent' then 0 else 1 end`)
    // Databases do not agree where nothing comes.
    .orderBy(sql`case when due_at is null then 1 else 0 end`)
    .orderBy('due_at')
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(wanted.size)
    .offset((page - 1) * wanted.size)
    .execute()
  const submissions = await readSubmissions(
    db,
    context,
    ids.map(({ id }) => id),
  )
  return { submissions, count, page }
}

/**
 * All that any of the conditions lets through, each looked up by an index of its own, with what it is sorted by; one
 * record may be among it twice. Null: there are no conditions.
 */
export function unionOf(db: Reads, conditions: readonly Condition[]) {
  const [first, ...others] = conditions.map((condition) =>
    db
      .selectFrom('submission')
      .select(['submission.id', 'submission.priority', 'submission.due_at', 'submission.submitted_at'])
      .where(condition),
  )
  if (!first) return null
  return others.reduce((all, one) => all.unionAll(one), first)
}

/** How many there are, and the page that is there. */
export async function countOf(
  db: Reads,
  found: NonNullable<ReturnType<typeof unionOf>>,
  { page, size }: OwnPage,
): Promise<{ count: number; page: number }> {
  const { all } = await db
    .selectFrom(found.as('found'))
    .select((select) => select.fn.count<number | string>('id').distinct().as('all'))
    .executeTakeFirstOrThrow()
  const count = Number(all)
  return { count, page: Math.max(1, Math.min(page, Math.ceil(count / size))) }
}

async function conditionsOf(
  db: Reads,
  kinds: Kinds,
  person: string,
  tag: string,
  today: string,
): Promise<Condition[]> {
  const states = statesByPart(kinds)
  const notOwn: Condition = (where) =>
    where.and([
      where.or([where('author', 'is', null), where('author', '!=', person)]),
      where.or([where('author_tag', 'is', null), where('author_tag', '!=', tag)]),
      where('id', 'not in', authoredBy(where, person)),
    ])
  const inStates =
    (found: StatesByPart) =>
    (parts: readonly ActorName[], ...more: Condition[]): Condition[] => {
      const pairs = parts.flatMap((part) => found.get(part) ?? [])
      if (pairs.length === 0) return []
      return [
        (where) =>
          where.and([
            where.or(pairs.map(({ kind, version, state }) => where.and({ kind, version, state }))),
            ...more.map((condition) => condition(where)),
          ]),
      ]
    }
  const waits = inStates(states)
  // While others work, what they report as reached waits for whoever accepts it.
  const accepts = inStates(acceptingStates(kinds))
  const reported: Condition = (where) => where('id', 'in', reportedTo(where, person))
  const lies = ({ organisations, house }: Responsibility): Condition[] => [
    ...(organisations.length > 0 ? [(where: Where) => where('lies_with', 'in', organisations)] : []),
    ...(house ? [(where: Where) => where('lies_with', 'is', null)] : []),
  ]
  const handled = lies(await responsibleFor(db, person, ['liaison', 'cadre'], 'admin', today))
  const decided = lies(await responsibleFor(db, person, ['leader', 'cadre'], null, today))
  const restricted = lies(await reachOfPerson(db, person, ['submission.restricted'], today))
  const nobodys: Condition = (where) => where('handler', 'is', null)
  const among = (table: 'review' | 'offer' | 'milestone' | 'notice') => (where: Where) =>
    where('id', 'in', askedOf(where, table, person))
  const administered = lies(await administeredBy(db, person, today))
  const unasked: Condition = (where) =>
    where('id', 'not in', where.selectFrom('submission_notice').select('submission'))
  const theirs: Condition = (where) => where('handler', '=', person)
  const others = [...states.keys()].filter((part) => part !== 'author' && part !== 'restricted')
  return [
    ...handled.flatMap((place) => waits(['handler'], place, nobodys, notOwn)),
    ...restricted.flatMap((place) => waits(['restricted'], place, nobodys, notOwn)),
    ...decided.flatMap((place) => waits(['decider'], place, notOwn)),
    ...waits(['handler'], theirs, notOwn),
    // A restricted one is its handler's as long as they hold that office.
    ...restricted.flatMap((place) => waits(['restricted'], place, theirs, notOwn)),
    ...waits(['owner'], (where) => where('owner', '=', person)),
    ...waits(['verifier'], (where) => where('verifier', '=', person)),
    ...waits(['nominee'], (where) => where('nominee', '=', person)),
    ...handled.flatMap((place) => accepts(['handler'], place, nobodys, reported, notOwn)),
    ...accepts(['handler'], theirs, reported, notOwn),
    ...accepts(['verifier'], (where) => where('verifier', '=', person), reported),
    ...waits(['reviewer'], among('review')),
    ...waits(['offerer'], among('offer')),
    ...waits(['worker'], among('milestone')),
    ...waits(['author'], (where) => where('author', '=', person)),
    ...waits(['author'], (where) => where('author_tag', '=', tag)),
    // Named as a co-author, and yet to say whether they are.
    (where) => where('id', 'in', namedIn(where, person)),
    // Nobody whose it is could be written to: administrators see to it.
    ...administered.flatMap((place) => waits(['handler', 'decider'], place, nobodys, unasked, notOwn)),
    // Those who were asked though it is not theirs by an office: nobody else was there, or it lies too long.
    ...waits(others, among('notice'), notOwn),
  ]
}

/** What a confirmed co-author has a share in. */
export function authoredBy(where: Where, person: string) {
  return where
    .selectFrom('submission_author')
    .select('submission')
    .where('person', '=', person)
    .where('confirmed', '=', 1)
}

function namedIn(where: Where, person: string) {
  return where
    .selectFrom('submission_author')
    .select('submission')
    .where('person', '=', person)
    .where('answered_at', 'is', null)
}

function askedOf(where: Where, table: 'review' | 'offer' | 'milestone' | 'notice', person: string) {
  switch (table) {
    case 'review':
      return where
        .selectFrom('submission_review')
        .select('submission')
        .where('reviewer', '=', person)
        .where('state', '=', 'asked')
    case 'offer':
      return where
        .selectFrom('submission_offer')
        .select('submission')
        .where('person', '=', person)
        .where('state', '=', 'open')
    case 'milestone':
      return where
        .selectFrom('submission_milestone')
        .select('submission')
        .where('owner', '=', person)
        .where('state', '=', 'open')
    default:
      return where.selectFrom('submission_notice').select('submission').where('person', '=', person)
  }
}

/** With a milestone that somebody else reported as reached. */
function reportedTo(where: Where, person: string) {
  return where
    .selectFrom('submission_milestone')
    .select('submission')
    .where('state', '=', 'reported')
    .where('owner', '!=', person)
}

type StatesByPart = Map<ActorName, { kind: string; version: number; state: string }[]>

/** The states in which somebody of a part can accept milestones, in every version of every kind. */
function acceptingStates(kinds: Kinds): StatesByPart {
  const found: StatesByPart = new Map()
  for (const { kind, version, actions } of kinds.everyVersion()) {
    for (const { does, from, by } of Object.values(actions)) {
      if (!does.includes('accept-milestone')) continue
      const states = from.map((state) => ({ kind, version, state }))
      for (const part of by) found.set(part, [...(found.get(part) ?? []), ...states])
    }
  }
  return found
}

/** The states in which somebody of a part must act, in every version of every kind. */
function statesByPart(kinds: Kinds): StatesByPart {
  const found: StatesByPart = new Map()
  for (const { kind, version, states, handlers } of kinds.everyVersion()) {
    for (const [state, { waitsFor, final }] of Object.entries(states)) {
      if (!waitsFor || final) continue
      const part = waitsFor === 'handler' && handlers === 'restricted' ? 'restricted' : waitsFor
      found.set(part, [...(found.get(part) ?? []), { kind, version, state }])
    }
  }
  return found
}
