import { type Day, monthsLater } from '../../timers/calendar/day.ts'
import type { Carrier } from './records.ts'
import { type Bounds, type CarrierRules, thresholdsOf } from './rules.ts'

/** Something that is not as it should be, as a message `carriers:warning.<key>` with its values. */
export interface Warning {
  key:
    | 'few-needs'
    | 'many-needs'
    | 'few-experts'
    | 'many-experts'
    | 'short'
    | 'long'
    | 'failing'
    | 'academician'
  values: Record<string, string | number>
}

/** In how many active stations somebody stands as an academician. @param name as the lists have it. */
export type StationsOf = (name: string) => number

/** What of a carrier is not as the rules have it: it is said, and refuses nothing. */
export function warningsOf(
  { row, needs, experts, grades }: Pick<Carrier, 'row' | 'needs' | 'experts' | 'grades'>,
  rules: CarrierRules,
  stationsOf: StationsOf,
): Warning[] {
  if (row.state !== 'active') return []
  const expected = thresholdsOf(rules, row.kind, row.level)
  const warnings: Warning[] = [
    ...bounds(needs.length, expected.needs, 'few-needs', 'many-needs'),
    ...bounds(experts.length, expected.experts, 'few-experts', 'many-experts'),
    ...contract(row.starts_on, row.ends_on, expected.years),
  ]
  if (isFailing(grades, rules)) warnings.push({ key: 'failing', values: { ...rules.failing } })
  if (row.kind === 'academician-station') {
    for (const { name, academician } of experts) {
      if (academician === 'none') continue
      const count = stationsOf(name)
      const most = rules.academicians[academician]
      if (count > most) warnings.push({ key: 'academician', values: { name, count, most } })
    }
  }
  return warnings
}

function bounds(
  count: number,
  { least = 0, most = Number.POSITIVE_INFINITY }: Bounds = {},
  few: Warning['key'],
  many: Warning['key'],
): Warning[] {
  if (count < least) return [{ key: few, values: { count, least } }]
  return count > most ? [{ key: many, values: { count, most } }] : []
}

/** A contract of three years from 1 March ends on the last day of February. */
function contract(starts: Day, ends: Day, { least, most }: Bounds = {}): Warning[] {
  const after = (years: number) => monthsLater(starts, years * 12)
  if (least !== undefined && ends < previous(after(least))) return [{ key: 'short', values: { least } }]
  return most !== undefined && ends > after(most) ? [{ key: 'long', values: { most } }] : []
}

function previous(day: Day): Day {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

/** Under the mark in as many years as the rules have, one after another, up to the last that was graded. */
function isFailing(grades: Carrier['grades'], { failing }: CarrierRules): boolean {
  const last = grades.toSorted((one, other) => other.year - one.year).slice(0, failing.years)
  const [newest] = last
  if (!newest || last.length < failing.years) return false
  return last.every(({ year, score }, i) => year === newest.year - i && score < failing.below)
}

/** Counts academicians over all active stations of a house. */
export function countStations(carriers: readonly Pick<Carrier, 'row' | 'experts'>[]): StationsOf {
  const counts = new Map<string, number>()
  for (const { row, experts } of carriers) {
    if (row.kind !== 'academician-station' || row.state !== 'active') continue
    const names = new Set(experts.filter((one) => one.academician !== 'none').map(({ name }) => name))
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return (name) => counts.get(name) ?? 0
}
