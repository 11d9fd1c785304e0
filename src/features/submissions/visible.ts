import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { actorOf } from '../../people/actor.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { houseOf, type Reach, reachOf } from '../../people/reach.ts'
import type { Tables } from '../../store/tables.ts'
import type { SubmissionsContext } from './context.ts'
import type { Kind } from './definition/schema.ts'
import { isShown } from './relations.ts'

/** Who looks: a person of the house, a guest (null), or `house`: whoever runs the bot at its own machine. */
export type Asker = { person: string | null } | 'house'

/** A condition on the rows of `submission`. */
export type RecordCondition = (where: ExpressionBuilder<Tables, 'submission'>) => Expression<SqlBool>

/**
 * Which records somebody may see, as `partOf` has it, for as many as there are: what is theirs, what they handle or
 * decide by their offices, what they were asked for, and what colleagues see of one another. What somebody may only look
 * up a name of is not listed to them.
 * @param today `YYYY-MM-DD` of China.
 */
export async function visibleTo(
  db: Reads,
  { kinds, sealer }: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  asker: Asker,
  today: string,
): Promise<RecordCondition> {
  if (asker === 'house') return (where) => where.val(true)
  const { person } = asker
  if (person === null) return (where) => where.val(false)
  const actor = await actorOf(db, person, today)
  const organisations = await listOrganisations(db)
  const office = reachOf(organisations, actor, ['submission.handle', 'submission.decide'])
  const restricted = reachOf(organisations, actor, ['submission.restricted'])
  const near = houseOf(organisations, actor)
  const versions = kinds.everyVersion()
  return (where) => {
    const ofKinds = (holds: (kind: Kind) => boolean) => {
      const all = versions.filter(holds)
      if (all.length === versions.length) return where.val(true)
      return where.or(all.map(({ kind, version }) => where.and({ kind, version })))
    }
    const isOffice = ofKinds(({ handlers }) => handlers === 'office')
    const isRestricted = ofKinds(({ handlers }) => handlers === 'restricted')
    const asked = askedOf(where, person)
    const byPart = where.and([
      // Whoever has an interest in it has no part in it by office any more.
      where('id', 'not in', asked.declined),
      where.or([
        ...(isNowhere(office) ? [] : [where.and([isOffice, liesIn(office)])]),
        ...(isNowhere(restricted) ? [] : [where.and([isRestricted, liesIn(restricted)])]),
        where.and([among('handler', [person]), isOffice]),
        among('owner', [person]),
        among('verifier', [person]),
        among('nominee', [person]),
        ...[asked.reviewed, asked.offered, asked.working].map((ids) => where('id', 'in', ids)),
      ]),
    ])
    // What lets most through comes first: the rest is then not looked at.
    return where.or([
      ...(near.length === 0
        ? []
        : [
            where.and([
              where('sealed', '=', 0),
              among('organisation', near),
              where.or(shownStates(where, versions)),
            ]),
          ]),
      byPart,
      among('author', [person]),
      among('author_tag', [sealer.tag(person)]),
      where('id', 'in', asked.written),
    ])
  }
}

/** Records for which somebody was asked, or in which they joined by name. */
function askedOf(where: ExpressionBuilder<Tables, 'submission'>, person: string) {
  const reviews = where.selectFrom('submission_review').select('submission').where('reviewer', '=', person)
  return {
    reviewed: reviews.where('state', 'in', ['asked', 'given']),
    declined: reviews.where('state', '=', 'declined'),
    written: where
      .selectFrom('submission_author')
      .select('submission')
      .where('person', '=', person)
      .where('confirmed', '=', 1),
    offered: where
      .selectFrom('submission_offer')
      .select('submission')
      .where('person', '=', person)
      .where('state', '=', 'open'),
    working: where
      .selectFrom('submission_milestone')
      .select('submission')
      .where('owner', '=', person)
      .where('state', 'in', ['open', 'reported']),
  }
}

/** The states in which colleagues see a record, by kind and version. */
function shownStates(where: ExpressionBuilder<Tables, 'submission'>, versions: readonly Kind[]) {
  return versions.flatMap((kind) => {
    const all = Object.keys(kind.states)
    const shown = all.filter((state) => isShown({ kind, row: { state } }))
    if (shown.length === 0) return []
    const own = where.and({ kind: kind.kind, version: kind.version })
    return [shown.length === all.length ? own : where.and([own, among('state', shown)])]
  })
}

function isNowhere({ organisations, house }: Reach): boolean {
  return organisations.length === 0 && !house
}

function liesIn({ organisations, house, all }: Reach): Expression<SqlBool> {
  if (all) return sql<SqlBool>`1 = 1`
  const inside = among('lies_with', organisations)
  return house ? sql<SqlBool>`(${sql.ref('submission.lies_with')} is null or ${inside})` : inside
}

/** Whether a column holds one of these; never by an index of that column. */
export function among(column: ListColumn, values: readonly string[]): Expression<SqlBool> {
  if (values.length === 0) return sql<SqlBool>`1 = 0`
  return sql<SqlBool>`${apart(column)} in (${sql.join(values)})`
}

type ListColumn =
  | 'author'
  | 'author_tag'
  | 'handler'
  | 'owner'
  | 'verifier'
  | 'nominee'
  | 'organisation'
  | 'lies_with'
  | 'kind'
  | 'state'

/**
 * A column that no index is looked up by. Lists are read along the index of their order, which ends with the page; by
 * these the database would gather all that somebody may see, and sort it.
 */
function apart(column: ListColumn) {
  return sql<string>`coalesce(${sql.ref(`submission.${column}`)}, '')`
}
