import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { type Carrier, listCarriers } from './records.ts'
import { type CarrierRules, carrierKinds } from './rules.ts'
import { type Matter, standingOf } from './schedule.ts'
import { countStations, type Warning, warningsOf } from './warnings.ts'

/** A carrier as lists show it. */
export interface ListedCarrier {
  carrier: Carrier
  /** From the root down. */
  organisation: string
  today: Day
  /** What is told of it on that day. */
  standing: Matter[]
  warnings: Warning[]
}

export interface CarrierFilters {
  kind?: string
  state?: string
  /** With all below it. */
  organisation?: string
  standing?: Matter | 'warned'
  /** A part of name, number or partner. */
  text?: string
}

/** Figures of carriers: of an organisation and all below it, or of all. */
export interface CarrierFigures {
  active: number
  byKind: Record<(typeof carrierKinds)[number], number>
  expiring: number
  dormant: number
  warned: number
  outcomes: number
}

/**
 * Carriers that somebody may see, with what is to be said of each.
 * @param reach ids of organisations; null: all.
 */
export async function overviewOf(
  db: Reads,
  rules: CarrierRules,
  reach: readonly string[] | null,
  today: Day,
): Promise<ListedCarrier[]> {
  const carriers = await listCarriers(db, reach)
  // An academician is counted over the whole house, whatever part of it is looked at.
  const stations = countStations(reach === null ? carriers : await listCarriers(db, null))
  const paths = new Map((await listOrganisations(db)).map(({ id, path }) => [id, path]))
  return carriers.map((carrier) => ({
    carrier,
    organisation: paths.get(carrier.row.organisation) ?? '',
    today,
    standing: standingOf(carrier, rules, today),
    warnings: warningsOf(carrier, rules, stations),
  }))
}

/** The narrowed list; organisations are told by their paths. @param below the path of the organisation that is chosen. */
export function narrowed(
  carriers: readonly ListedCarrier[],
  { kind, state, standing, text }: CarrierFilters,
  below: string | null,
): ListedCarrier[] {
  const words = text?.normalize('NFKC').toLowerCase()
  return carriers.filter(({ carrier: { row }, organisation, standing: stands, warnings }) => {
    if (kind && row.kind !== kind) return false
    if (state && row.state !== state) return false
    if (below !== null && organisation !== below && !organisation.startsWith(`${below}/`)) return false
    if (standing === 'warned' && warnings.length === 0) return false
    if (standing && standing !== 'warned' && !stands.includes(standing)) return false
    const said = `${row.name} ${row.number} ${row.partner} ${row.category}`.normalize('NFKC').toLowerCase()
    return words === undefined || said.includes(words)
  })
}

export function figuresOf(carriers: readonly ListedCarrier[]): CarrierFigures {
  const active = carriers.filter(({ carrier }) => carrier.row.state === 'active')
  const stands = (matter: Matter) => active.filter(({ standing }) => standing.includes(matter)).length
  const counts = carrierKinds.map((kind) => [
    kind,
    active.filter(({ carrier }) => carrier.row.kind === kind).length,
  ])
  return {
    active: active.length,
    byKind: Object.fromEntries(counts) as CarrierFigures['byKind'],
    expiring: stands('expiry'),
    dormant: stands('dormant'),
    warned: active.filter(({ warnings }) => warnings.length > 0).length,
    outcomes: carriers.reduce((sum, { carrier }) => sum + carrier.outcomes.length, 0),
  }
}

/** Figures of each organisation that has carriers and of those above it, with all below them, in the order of the tree. */
export function figuresByOrganisation(
  carriers: readonly ListedCarrier[],
): { organisation: string; figures: CarrierFigures }[] {
  const paths = new Set<string>()
  for (const { organisation } of carriers) {
    const names = organisation.split('/')
    for (let length = 1; length <= names.length; length += 1) paths.add(names.slice(0, length).join('/'))
  }
  return [...paths].toSorted().map((organisation) => ({
    organisation,
    figures: figuresOf(narrowed(carriers, {}, organisation)),
  }))
}
