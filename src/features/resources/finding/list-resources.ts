import type { Reads } from '../../../people/people.ts'
import type { ResourceRow } from '../records.ts'
import { type Sight, sees } from '../sight.ts'

export interface ListOptions {
  kind?: string
  state?: ResourceRow['state']
  /** Only resources of this organisation. */
  organisation?: string
  /** Only those that the viewer keeps. Default: all that they find. */
  kept?: boolean
  from: number
  limit: number
}

/** A directory has hundreds or thousands; it is looked through as a whole, since who finds what is a matter of trees. */
const mostLookedThrough = 20_000

/** The resources that somebody finds, by kind and title. */
export async function listResources(
  db: Reads,
  sight: Sight,
  { kind, state, organisation, kept = false, from, limit }: ListOptions,
): Promise<{ rows: ResourceRow[]; count: number }> {
  let query = db
    .selectFrom('resource_entry')
    .select(['id', 'organisation', 'owner', 'share', 'region', 'state'])
    .orderBy('kind')
    .orderBy('title')
    .orderBy('id')
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (state !== undefined) query = query.where('state', '=', state)
  if (organisation !== undefined) query = query.where('organisation', '=', organisation)
  const all = await query.limit(mostLookedThrough).execute()
  const found = all.filter((row) => (kept ? sight.kept.has(row.organisation) : sees(sight, row)))
  const ids = found.slice(from, from + limit).map(({ id }) => id)
  if (ids.length === 0) return { rows: [], count: found.length }
  const rows = await db.selectFrom('resource_entry').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { rows: ids.flatMap((id) => byId.get(id) ?? []), count: found.length }
}
