import type { ExpressionBuilder, Kysely } from 'kysely'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { descendantsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Tables } from '../../store/tables.ts'
import { addDays } from '../../timers/calendar/day.ts'
import type { SubmissionsContext } from './context.ts'
import { readSubmissions, type Submission } from './records.ts'
import { type FoundIds, type FoundPage, idsByText } from './search/ids-by-text.ts'
import { type Asker, among, type RecordCondition, visibleTo } from './visible.ts'

/** What is listed of what the asker may see; a filter that is left out lets everything through. */
export interface ListFilters {
  /** By its name. */
  kind?: string
  /** Names of states. */
  states?: readonly string[]
  variety?: string
  /** Whose author belongs to it, or to one below it. */
  organisation?: string
  /** With which organisations it lies; null among them: with nobody's. */
  liesWith?: readonly (string | null)[]
  /** Somebody's id. */
  handler?: string
  /** When it was sent in, the first and the last day: `YYYY-MM-DD` of China. */
  from?: string
  until?: string
  /** Whose time is over. */
  overdue?: boolean
  /** Closed in this year of China with one of its kind's awards. */
  awarded?: number
  /** Words, all of which it holds, or its number; found by words, the last changed come first. */
  text?: string
}

export interface ListPage {
  /** `next` of the page before. Default: the first page. */
  after?: string
  /** How many at the most, 1 to 1,000. */
  size: number
}

export interface SubmissionList {
  /** The last sent in first. Names are shown by `authorName` alone. */
  submissions: Submission[]
  /** Where the next page begins; null: there is none. */
  next: string | null
}

type ListContext = Pick<SubmissionsContext, 'kinds' | 'sealer' | 'store'>

/**
 * One page of the records that somebody may see. It is found by a key, so that a late page takes as long as the first,
 * and nothing is listed twice or left out when something is sent in meanwhile. Throws PlainError where `after` is none.
 */
export async function listSubmissions(
  db: Kysely<Tables>,
  context: ListContext,
  asker: Asker,
  filters: ListFilters,
  { after, size }: ListPage,
): Promise<SubmissionList> {
  const condition = await conditionOf(db, context, asker, filters)
  const page = { after: after ?? null, size: Math.min(Math.max(1, size), mostOnPage) }
  const text = filters.text?.trim() ?? ''
  const { ids, next } =
    text === ''
      ? await idsInOrder(db, condition, page)
      : await idsByText(db, context, condition, { ...page, text })
  return { submissions: await readSubmissions(db, context, ids), next }
}

/** Whoever takes all takes it page by page, so that no process holds it at once. */
const mostOnPage = 1000

/** What the filters let through of what the asker may see. */
export async function conditionOf(
  db: Kysely<Tables>,
  context: ListContext,
  asker: Asker,
  {
    kind,
    states,
    variety,
    organisation,
    liesWith,
    handler,
    from,
    until,
    overdue = false,
    awarded,
  }: ListFilters,
): Promise<RecordCondition> {
  const now = await context.store.now(db)
  const visible = await visibleTo(db, context, asker, dayInChina(now))
  const places =
    organisation === undefined
      ? []
      : [organisation, ...(await descendantsOf(db, organisation)).map(({ id }) => id)]
  return (where) =>
    where.and([
      ...ofStates(where, kind, states),
      ...(variety === undefined ? [] : [where('variety', '=', variety)]),
      ...(organisation === undefined ? [] : [within(where, places)]),
      ...(liesWith === undefined ? [] : [where.or(placesAmong(where, liesWith))]),
      ...(handler === undefined ? [] : [where('handler', '=', handler)]),
      ...(from === undefined ? [] : [where('submitted_at', '>=', startOf(from))]),
      ...(until === undefined ? [] : [where('submitted_at', '<', startOf(addDays(until, 1)))]),
      ...(overdue ? [where('due_at', '<', now.toISOString())] : []),
      ...(awarded === undefined ? [] : [awardedIn(where, context, awarded)]),
      // Last, since it is the dearest to look at.
      visible(where),
    ])
}

/** What says that there is none (不设奖) is a tier and no award. */
function awardedIn(where: ExpressionBuilder<Tables, 'submission'>, { kinds }: ListContext, year: number) {
  const tiers = kinds
    .everyVersion()
    .flatMap(({ kind, version, awards }) =>
      awards.map(({ value }) => where.and({ kind, version, award: value })),
    )
  return where.and([
    where('award', 'is not', null),
    where('closed_at', '>=', startOf(`${year}-01-01`)),
    where('closed_at', '<', startOf(`${year + 1}-01-01`)),
    where.or(tiers),
  ])
}

function placesAmong(where: ExpressionBuilder<Tables, 'submission'>, places: readonly (string | null)[]) {
  const inside = among(
    'lies_with',
    places.filter((place) => place !== null),
  )
  return places.includes(null) ? [inside, where('lies_with', 'is', null)] : [inside]
}

/** One organisation has an index in the order of the list; several are found along the list. */
function within(where: ExpressionBuilder<Tables, 'submission'>, places: readonly string[]) {
  const [only, ...others] = places
  return only !== undefined && others.length === 0
    ? where('organisation', '=', only)
    : among('organisation', places)
}

/** When a day begins in China, as the database keeps instants. */
function startOf(day: string): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}

/** One state of a kind is read along its index; all else along the list's own, which is quicker than to sort. */
function ofStates(
  where: ExpressionBuilder<Tables, 'submission'>,
  kind: string | undefined,
  states: readonly string[] | undefined,
) {
  const [state, ...more] = states ?? []
  if (kind !== undefined && state !== undefined && more.length === 0) return [where.and({ kind, state })]
  return [
    ...(kind === undefined ? [] : [among('kind', [kind])]),
    ...(states === undefined ? [] : [among('state', states)]),
  ]
}

/** The last sent in first; a page begins behind the instant and the id with which the one before ended. */
async function idsInOrder(
  db: Reads,
  condition: RecordCondition,
  { after, size }: FoundPage,
): Promise<FoundIds> {
  let query = db
    .selectFrom('submission')
    .select(['id', 'submitted_at'])
    .where(condition)
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
  if (after !== null) {
    const key = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([\w-]{1,64})$/.exec(after)
    if (!key) throw new PlainError('submissions:list.no-page')
    const [, at = '', id = ''] = key
    query = query
      .where('submitted_at', '<=', at)
      .where((where) => where.or([where('submitted_at', '<', at), where('id', '<', id)]))
  }
  const rows = await query.execute()
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  const next = rows.length > size && last ? `${last.submitted_at}~${last.id}` : null
  return { ids: shown.map(({ id }) => id), next }
}
