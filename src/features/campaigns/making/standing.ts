import { listOrganisations, type PlacedOrganisation } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import type { PartFigures } from '../../submissions/port.ts'
import type { CampaignsContext } from '../context.ts'
import type { Campaign } from '../records.ts'

export const standingOrders = ['number', 'per-head', 'adopted', 'benefit'] as const

/** By what a standing is ordered. */
export type StandingOrder = (typeof standingOrders)[number]

export interface StandingRow extends PartFigures {
  /** Id of an organisation or a person. */
  id: string
  name: string
  /** What lies with an organisation itself, beside its parts. */
  own: boolean
  /** Heads by the rule of the statistics; null: of a person. */
  heads: number | null
  /** `number` of each head; null without heads. */
  perHead: number | null
}

/** How it stands now, the first first. Equal ones have the same place (`placesOf`). */
export interface Standing {
  total: PartFigures
  rows: StandingRow[]
}

/**
 * How organisations stand: those that take part, or where it is only one, its parts. @param day Of whose heads `perHead` is.
 */
export async function standingOfOrganisations(
  db: Reads,
  { submissions }: Pick<CampaignsContext, 'submissions'>,
  campaign: Campaign,
  { day, by }: { day: Day; by: StandingOrder },
): Promise<Standing> {
  const compared = db
    .selectFrom('campaign_entry')
    .select(['submission', 'organisation as part'])
    .where('campaign', '=', campaign.row.id)
    .where('state', '=', 'in')
    .as('compared')
  const figures = await submissions.figures(db, compared)
  const organisations = await listOrganisations(db)
  const headsOf = await submissions.heads(db, day)
  const rows = unitsOf(organisations, campaign.organisations).map(({ id, name, own, within }) => {
    const sum = addedUp([...within].flatMap((one) => figures.get(one) ?? []))
    const heads = headsOf(within)
    return { id, name, own, ...sum, heads, perHead: heads === 0 ? null : sum.number / heads }
  })
  return { total: addedUp([...figures.values()]), rows: ordered(rows, by) }
}

/** How people stand, each by what they sent in. */
export async function standingOfPeople(
  db: Reads,
  { submissions }: Pick<CampaignsContext, 'submissions'>,
  campaign: Campaign,
  { by }: { by: StandingOrder },
): Promise<Standing> {
  const compared = db
    .selectFrom('campaign_entry')
    .select(['submission', 'author as part'])
    .where('campaign', '=', campaign.row.id)
    .where('state', '=', 'in')
    .as('compared')
  const figures = await submissions.figures(db, compared)
  const names = new Map<string, string>()
  for (const piece of inPieces([...figures.keys()].flatMap((id) => id ?? []))) {
    const people = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', piece).execute()
    for (const { id, name } of people) names.set(id, name)
  }
  const rows = [...figures].flatMap(([id, theirs]): StandingRow[] =>
    id === null ? [] : [{ id, name: names.get(id) ?? '', own: false, ...theirs, heads: null, perHead: null }],
  )
  return { total: addedUp([...figures.values()]), rows: ordered(rows, by) }
}

export interface Unit {
  id: string
  name: string
  /** What lies with none of its parts. */
  own: boolean
  /** Ids whose entries count for it. */
  within: ReadonlySet<string>
}

/** What is compared: organisations that take part; of a single one its parts, and itself with what lies with none of them. */
export function unitsOf(organisations: readonly PlacedOrganisation[], taking: readonly string[]): Unit[] {
  const withBelow = (id: string) => {
    const within = new Set([id])
    // A parent comes before what is below it.
    for (const one of organisations) if (one.parent !== null && within.has(one.parent)) within.add(one.id)
    return within
  }
  const known = organisations.filter(({ id }) => taking.includes(id))
  const [single, more] = known
  const parts = single && !more ? organisations.filter(({ parent }) => parent === single.id) : []
  if (!single || parts.length === 0) {
    const within = new Map(known.map(({ id }) => [id, withBelow(id)]))
    // What lies below another that takes part counts there alone, so that nothing counts twice.
    const outer = known.filter(
      ({ id }) => !known.some((other) => other.id !== id && within.get(other.id)!.has(id)),
    )
    return outer.map(({ id, name }) => ({ id, name, own: false, within: within.get(id)! }))
  }
  return [
    ...parts.map(({ id, name }) => ({ id, name, own: false, within: withBelow(id) })),
    { id: single.id, name: single.name, own: true, within: new Set([single.id]) },
  ]
}

function addedUp(all: readonly PartFigures[]): PartFigures {
  const sum = { number: 0, adopted: 0, benefit: 0 }
  for (const { number, adopted, benefit } of all) {
    sum.number += number
    sum.adopted += adopted
    sum.benefit = Math.round((sum.benefit + benefit) * 100) / 100
  }
  return sum
}

function measureOf(row: StandingRow, by: StandingOrder): number {
  return by === 'per-head' ? (row.perHead ?? 0) : row[by]
}

function ordered(rows: readonly StandingRow[], by: StandingOrder): StandingRow[] {
  const rest = standingOrders.filter((one) => one !== by)
  return rows.toSorted((a, b) => {
    for (const order of [by, ...rest]) {
      const apart = measureOf(b, order) - measureOf(a, order)
      if (apart !== 0) return apart
    }
    return a.name.localeCompare(b.name, 'zh-CN') || (a.id < b.id ? -1 : 1)
  })
}

/** From 1: the place of each row, in their order; equal values share one. */
export function placesOf(rows: readonly StandingRow[], by: StandingOrder): number[] {
  const places: number[] = []
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1]
    places.push(before && measureOf(before, by) === measureOf(row, by) ? places[at - 1]! : at + 1)
  }
  return places
}
