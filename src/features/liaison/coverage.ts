import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { addDays, type Day } from '../../timers/calendar/day.ts'
import { readProfiles } from '../organisations/port.ts'
import { type HolderRow, holdersFrom, holdsOn, peopleThere } from './records.ts'
import { type LiaisonRole, type LiaisonRules, neededRoles } from './rules.ts'

/** Somebody who looks after an organisation today. */
export interface PointHolder {
  id: string
  role: LiaisonRole
  person: string
  name: string
  since: Day
  /** They belong to the house no more. */
  hasLeft: boolean
}

/** An organisation that is to be looked after. */
export interface Point {
  organisation: string
  name: string
  /** From the root down. */
  path: string
  isPark: boolean
  /** Empty: not known. */
  region: string
  needed: readonly LiaisonRole[]
  holders: readonly PointHolder[]
  lastVisit: Day | null
  /** What was promised: still open, kept, and of the open what is overdue. */
  promises: { open: number; kept: number; overdue: number }
}

export type Gap =
  /** Roles in which there is nobody. */
  | { type: 'nobody'; roles: readonly LiaisonRole[] }
  | { type: 'left'; role: LiaisonRole; name: string }
  /** Since when: the last visit, or the beginning of whoever looks after it. */
  | { type: 'unvisited'; since: Day; isVisited: boolean }
  | { type: 'overdue'; count: number }

/** What is missing at a point on a day. */
export function gapsOf(
  { needed, holders, lastVisit, promises }: Point,
  today: Day,
  { 'unvisited-days': days }: Pick<LiaisonRules, 'unvisited-days'>,
): Gap[] {
  const gaps: Gap[] = []
  const held = holders.filter(({ role }) => needed.includes(role))
  const missing = needed.filter((role) => !held.some((one) => one.role === role))
  if (missing.length > 0) gaps.push({ type: 'nobody', roles: missing })
  for (const { role, name, hasLeft } of held) if (hasLeft) gaps.push({ type: 'left', role, name })
  const begun = held.filter(({ hasLeft }) => !hasLeft).map(({ since }) => since)
  const since = lastVisit ?? begun.toSorted()[0]
  if (since !== undefined && since < addDays(today, -days)) {
    gaps.push({ type: 'unvisited', since, isVisited: lastVisit !== null })
  }
  if (promises.overdue > 0) gaps.push({ type: 'overdue', count: promises.overdue })
  return gaps
}

/** A point with what is missing there. */
export interface GapPoint {
  point: Point
  gaps: Gap[]
}

/** Points where something is missing. */
export function gapPoints(
  points: readonly Point[],
  today: Day,
  rules: Pick<LiaisonRules, 'unvisited-days'>,
): GapPoint[] {
  return points
    .map((point) => ({ point, gaps: gapsOf(point, today, rules) }))
    .filter(({ gaps }) => gaps.length > 0)
}

/** Whether somebody who is there looks after it in every role that it needs. */
export function isCovered({ needed, holders }: Pick<Point, 'needed' | 'holders'>): boolean {
  return needed.every((role) => holders.some((one) => one.role === role && !one.hasLeft))
}

/** How the points of a region stand. */
export interface RegionFigures {
  /** Empty: not known. */
  region: string
  points: number
  covered: number
  visited: number
  promises: number
  kept: number
}

/** Figures by region, in the order of their names, what is not known last. */
export function figuresByRegion(
  points: readonly Point[],
  today: Day,
  { 'unvisited-days': days }: Pick<LiaisonRules, 'unvisited-days'>,
): RegionFigures[] {
  const since = addDays(today, -days)
  const regions = [...Map.groupBy(points, ({ region }) => region)].map(([region, own]) => ({
    region,
    points: own.length,
    covered: own.filter(isCovered).length,
    visited: own.filter(({ lastVisit }) => lastVisit !== null && lastVisit >= since).length,
    promises: own.reduce((sum, { promises }) => sum + promises.open + promises.kept, 0),
    kept: own.reduce((sum, { promises }) => sum + promises.kept, 0),
  }))
  // Compared by code point, the same on each database.
  return regions.toSorted((a, b) =>
    a.region === '' || b.region === '' ? (a.region === '' ? 1 : -1) : a.region < b.region ? -1 : 1,
  )
}

/** All points, in the order of the tree. @param reach Ids of organisations; null: all. */
export async function readPoints(
  db: Reads,
  rules: Pick<LiaisonRules, 'kinds'>,
  reach: readonly string[] | null,
  today: Day,
): Promise<Point[]> {
  const wanted = reach && new Set(reach)
  const places = (await listOrganisations(db)).filter(
    ({ id, kind }) => rules.kinds.includes(kind) && (!wanted || wanted.has(id)),
  )
  const profiles = await readProfiles(db, null)
  const holders = await holdersByOrganisation(db, today)
  const visits = await lastVisits(db)
  const promises = await promisesByOrganisation(db, today)
  return places.map(({ id, name, path, kind }) => {
    const profile = profiles.get(id)
    return {
      ...{ organisation: id, name, path, isPark: kind === 'park', region: profile?.region ?? '' },
      needed: neededRoles(profile?.association === 'founded'),
      holders: holders.get(id) ?? [],
      lastVisit: visits.get(id) ?? null,
      promises: promises.get(id) ?? { open: 0, kept: 0, overdue: 0 },
    }
  })
}

/** Who looks after one organisation on a day. */
export async function holdersOf(
  db: Reads,
  organisation: string,
  today: Day,
): Promise<readonly PointHolder[]> {
  return (await holdersByOrganisation(db, today, organisation)).get(organisation) ?? []
}

async function holdersByOrganisation(
  db: Reads,
  today: Day,
  only?: string,
): Promise<Map<string, PointHolder[]>> {
  const held = await holdersFrom(db, today, only === undefined ? {} : { organisation: only })
  const rows = held.filter((row) => holdsOn(row, today))
  const there = await peopleThere(db, today)
  const people = await db.selectFrom('person').select(['id', 'name']).execute()
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const toHolder = ({ id, role, person, from_day }: HolderRow): PointHolder => ({
    ...{ id, role, person, name: names.get(person) ?? '', since: from_day, hasLeft: !there.has(person) },
  })
  return new Map(
    [...Map.groupBy(rows, ({ organisation }) => organisation)].map(([id, own]) => [id, own.map(toHolder)]),
  )
}

async function lastVisits(db: Reads): Promise<Map<string, Day>> {
  const rows = await db
    .selectFrom('liaison_visit')
    .select(['organisation', (select) => select.fn.max('day').as('last')])
    .where('kind', '=', 'visit')
    .groupBy('organisation')
    .execute()
  return new Map(rows.map(({ organisation, last }) => [organisation, String(last)]))
}

async function promisesByOrganisation(db: Reads, today: Day): Promise<Map<string, Point['promises']>> {
  const rows = await db
    .selectFrom('liaison_promise')
    .innerJoin('liaison_visit', 'liaison_visit.id', 'liaison_promise.visit')
    .select(['liaison_visit.organisation', 'liaison_promise.state', 'liaison_promise.due_day'])
    .execute()
  const counted = new Map<string, Point['promises']>()
  for (const { organisation, state, due_day } of rows) {
    const { open, kept, overdue } = counted.get(organisation) ?? { open: 0, kept: 0, overdue: 0 }
    counted.set(organisation, {
      open: open + (state === 'open' ? 1 : 0),
      kept: kept + (state === 'kept' ? 1 : 0),
      overdue: overdue + (state === 'open' && due_day < today ? 1 : 0),
    })
  }
  return counted
}
