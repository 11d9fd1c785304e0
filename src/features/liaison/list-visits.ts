import type { Reads } from '../../people/people.ts'
import type { VisitRow } from './records.ts'
import type { VisitKind } from './rules.ts'

export interface VisitFilters {
  kind?: VisitKind
  /** An organisation's id. */
  organisation?: string
  /** Days, both included. */
  from?: string
  until?: string
}

/** A visit as lists show it. */
export interface ListedVisit extends Pick<VisitRow, 'id' | 'number' | 'organisation' | 'kind' | 'day'> {
  name: string
  byName: string
}

/** Visits of organisations, the last first, so many after the first ones. @param reach Ids; null: all. */
export async function listVisits(
  db: Reads,
  reach: readonly string[] | null,
  { kind, organisation, from, until }: VisitFilters,
  { skip, most }: { skip: number; most: number },
): Promise<ListedVisit[]> {
  if (reach?.length === 0) return []
  let rows = db
    .selectFrom('liaison_visit')
    .innerJoin('person', 'person.id', 'liaison_visit.by')
    .innerJoin('organisation', 'organisation.id', 'liaison_visit.organisation')
    .select(['liaison_visit.id', 'liaison_visit.number', 'liaison_visit.organisation'])
    .select(['liaison_visit.kind', 'liaison_visit.day'])
    .select(['organisation.name as name', 'person.name as byName'])
  if (reach) rows = rows.where('liaison_visit.organisation', 'in', reach)
  if (kind) rows = rows.where('liaison_visit.kind', '=', kind)
  if (organisation) rows = rows.where('liaison_visit.organisation', '=', organisation)
  if (from) rows = rows.where('liaison_visit.day', '>=', from)
  if (until) rows = rows.where('liaison_visit.day', '<=', until)
  return rows
    .orderBy('liaison_visit.day', 'desc')
    .orderBy('liaison_visit.number', 'desc')
    .offset(skip)
    .limit(most)
    .execute()
}
