import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import {
  findOrganisation,
  listOrganisations,
  type PlacedOrganisation,
} from '../../../people/organisations.ts'
import type { SubmissionsContext } from '../context.ts'
import { ledgerReach } from '../ledger/ledger-reach.ts'
import type { Asker } from '../visible.ts'
import { gatherOpen, gatherSealed, type Tallies } from './gather.ts'
import { type Heads, readHeads } from './heads.ts'
import { type Period, partsOf, readPeriod, type Step, wholeTimes } from './period.ts'
import type { CountingRules } from './rules.ts'
import { house, ownOf, Suppression } from './suppress.ts'
import { addTally, emptyTally, type Figures, figuresOf, type Tally } from './tally.ts'

export interface StatisticsRequest {
  asker: Asker
  /** Id, path or name; null: the highest that the asker may see. */
  organisation: string | null
  /** As `readPeriod` takes it; null: this year. */
  period: string | null
  /** By its name; null: all. */
  kind: string | null
  step: Step
}

export interface StatisticsRow {
  /** Of an organisation or a time. `own`: what lies with the organisation itself; `nobody`: with none. */
  name: string
  what: 'organisation' | 'own' | 'nobody' | 'time'
  figures: Figures
}

export interface Statistics {
  /** The path; null: the whole house. */
  organisation: string | null
  period: Period
  kind: string | null
  rules: CountingRules
  total: Figures
  /** The parts of the organisation; empty where it has none. They add up to the total, but for what is withheld. */
  byOrganisation: StatisticsRow[]
  byTime: StatisticsRow[]
}

/**
 * What was sent in and what became of it, for an organisation with all below it. Sealed records are only counted, and
 * only where nobody can be guessed from it. Throws PlainError where the asker may not see that organisation's figures.
 */
export async function readStatistics(
  { store, kinds }: Pick<SubmissionsContext, 'store' | 'kinds'>,
  rules: CountingRules,
  request: StatisticsRequest,
): Promise<Statistics> {
  const { db } = store
  const today = dayInChina(await store.now())
  const period = readPeriod(request.period ?? today.slice(0, 4))
  const times = partsOf(period, request.step)
  if (request.kind !== null) kinds.current(request.kind)
  const organisations = await listOrganisations(db)
  const top = await topOf({ store }, request, organisations, today)
  const days = { from: period.from, until: period.until, kind: request.kind }
  const tree = treeOf(organisations)
  const sealed = await gatherSealed(db, days)
  const suppressions = [...sealed.values()].map((counts) => new Suppression(organisations, counts))
  const tallies = await gatherOpen(db, { kinds }, days)
  const figures = figuring({
    ...{ tallies, heads: await readHeads(db, rules) },
    ...{ suppressions, today, tree },
  })
  const hasNobodys = tallies.has('') || [...sealed.values()].some((counts) => counts.has(''))
  // A lone root is the house, but for what is nobody's.
  const roots = organisations.filter(({ parent }) => parent === null)
  const whole = top ?? (roots.length === 1 && !hasNobodys ? roots[0]! : null)
  const node = whole?.id ?? house
  return {
    ...{ organisation: whole?.path ?? null, period, kind: request.kind, rules },
    total: figures(node, period),
    byOrganisation: (tree.children.get(node) ?? []).map((child) => ({
      ...nameOf(child, organisations),
      figures: figures(child, period),
    })),
    byTime: times.map((time) => ({ name: time.name, what: 'time', figures: figures(node, time) })),
  }
}

/** Whose figures are shown: what was asked for if it is in reach, else the highest in reach. */
async function topOf(
  { store }: Pick<SubmissionsContext, 'store'>,
  { asker, organisation }: StatisticsRequest,
  organisations: readonly PlacedOrganisation[],
  today: string,
): Promise<PlacedOrganisation | null> {
  const reach = await ledgerReach(store.db, asker, 'submission.view', today)
  const isIn = (id: string | null) => reach === 'all' || reach.includes(id)
  if (organisation !== null) {
    const found = await findOrganisation(store.db, organisation)
    if (!isIn(found.id)) throw new PlainError('submissions:statistics.not-allowed')
    return found
  }
  if (reach === 'all') return null
  const highest = organisations.find(({ id }) => isIn(id))
  if (!highest) throw new PlainError('submissions:statistics.not-allowed')
  return highest
}

interface Tree {
  /** The parts of each: organisations, what lies with itself, what is nobody's. */
  children: ReadonlyMap<string, string[]>
  /** Ids of organisations of a part; empty for what is nobody's. */
  within(node: string): ReadonlySet<string>
}

function treeOf(organisations: readonly PlacedOrganisation[]): Tree {
  const children = new Map<string, string[]>()
  const add = (parent: string, child: string) =>
    children.set(parent, [...(children.get(parent) ?? []), child])
  for (const { id, parent } of organisations) add(parent ?? house, id)
  for (const { id } of organisations) if (children.has(id)) add(id, ownOf(id))
  add(house, ownOf(house))
  const known = new Map<string, Set<string>>()
  const within = (node: string): Set<string> => {
    const there = known.get(node)
    if (there) return there
    const own = node.startsWith('own ') ? node.slice(4) : node
    const below = (children.get(node) ?? []).flatMap((child) => [...within(child)])
    const all = new Set([own === house ? '' : own, ...below])
    known.set(node, all)
    return all
  }
  return { children, within }
}

function nameOf(
  node: string,
  organisations: readonly PlacedOrganisation[],
): { name: string; what: StatisticsRow['what'] } {
  if (node === ownOf(house)) return { name: '', what: 'nobody' }
  const id = node.startsWith('own ') ? node.slice(4) : node
  const name = organisations.find((one) => one.id === id)?.name ?? ''
  return { name, what: node === id ? 'organisation' : 'own' }
}

/** Gives the figures of a part of the tree in a time. */
function figuring({
  tallies,
  heads,
  suppressions,
  today,
  tree,
}: {
  tallies: Tallies
  heads: Heads
  suppressions: readonly Suppression[]
  today: string
  tree: Tree
}) {
  return (node: string, period: Period): Figures => {
    const within = tree.within(node)
    const tally: Tally = emptyTally()
    for (const organisation of within) {
      for (const [day, other] of tallies.get(organisation) ?? []) {
        if (day >= period.from && day <= period.until) addTally(tally, other)
      }
    }
    // Heads of a time that goes on are those of today.
    const day = period.until < today ? period.until : today
    return figuresOf(tally, sealedOf(suppressions, node, period), heads.of(within, day))
  }
}

function sealedOf(suppressions: readonly Suppression[], node: string, period: Period) {
  const times = wholeTimes(period)
  let [sealed, withheld] = [0, false]
  for (const suppression of suppressions) {
    for (const time of times ?? []) {
      const shown = suppression.shown(node, time)
      if (shown === null) withheld = true
      else sealed += shown
    }
    if (times === null) withheld = true
  }
  return { sealed, withheld }
}
