import type { AwardKind } from '../award-kind.ts'
import type { Placed, RankedEntry } from './ranking.ts'

/** An entry with what awards go by. */
export interface HonouredEntry extends RankedEntry {
  author: string | null
  /** The unit whose points it counts for; null: none. */
  unit: string | null
  /** How many made it; unknown: it fits no award for teams. */
  people?: number
}

/** Somebody to be honoured: exactly one of the three, or an entry with its author. */
export interface Proposal {
  award: string
  /** From 1, within the award. */
  place: number
  submission: string | null
  organisation: string | null
  person: string | null
  /** By what: thousandths of a point, a number of entries, or 元, as the award's kind says. */
  value: number
}

/** Somebody who has an award already, by hand: exactly one of the three. */
export type Honoured = Pick<Proposal, 'award' | 'submission' | 'organisation' | 'person'>

/** What takes part, as far as it counts for an award. */
interface Counted {
  /** Best first. */
  ranked: readonly Placed<HonouredEntry>[]
  /** Reviewed or not. */
  all: readonly HonouredEntry[]
  /** How many are honoured at most. */
  places: number
  /** Units and persons that have it already. */
  held: ReadonlySet<string>
}

/**
 * Proposes who is honoured, by rank and number of places, above what the award asks for at least; what is chosen by hand is
 * left to the organiser. Where equals stand at the last place nobody of them is proposed for it: `cut` names the awards of
 * which that is so.
 * @param ranked Best first.
 * @param all Everything that takes part, reviewed or not.
 * @param mostPoints All points of the rubric.
 * @param byHand Whom the organiser has honoured: they are not proposed again, and take places.
 */
export function proposeAwards(
  awards: readonly AwardKind[],
  ranked: readonly Placed<HonouredEntry>[],
  all: readonly HonouredEntry[],
  mostPoints = 100,
  byHand: readonly Honoured[] = [],
): { proposals: Proposal[]; cut: string[] } {
  const proposals: Proposal[] = []
  const cut: string[] = []
  const taken = new Map<string, Set<string>>()
  for (const { ladder = '', name } of awards) {
    const given = byHand.flatMap(({ award, submission }) => (award === name ? (submission ?? []) : []))
    if (ladder !== '') taken.set(ladder, new Set([...(taken.get(ladder) ?? []), ...given]))
  }
  for (const kind of awards) {
    if (kind.by === 'chosen') continue
    const theirs = byHand.filter(({ award }) => award === kind.name)
    const held = new Set(theirs.flatMap((one) => one.submission ?? one.organisation ?? one.person ?? []))
    const higher = taken.get(kind.ladder ?? '') ?? new Set()
    const isFree = ({ submission }: HonouredEntry) =>
      !higher.has(submission) && !(kind.for === 'entry' && held.has(submission))
    const counted = countedFor(kind, { ranked, all, isFree }, mostPoints)
    counted.places = Math.max(0, counted.places - theirs.length)
    counted.held = held
    const list = kind.for === 'entry' ? ofEntries(kind, counted) : ofHolders(kind, counted)
    const fits = list.filter((one) => list.filter(({ place }) => place <= one.place).length <= counted.places)
    if (fits.length < Math.min(counted.places, list.length)) cut.push(kind.name)
    proposals.push(...fits)
    if (kind.ladder === undefined) continue
    taken.set(kind.ladder, new Set([...higher, ...fits.flatMap(({ submission }) => submission ?? [])]))
  }
  return { proposals, cut }
}

/** What counts for an award: enough points, enough people. Places are counted among those alone. */
function countedFor(
  kind: AwardKind,
  {
    ranked,
    all,
    isFree,
  }: {
    ranked: readonly Placed<HonouredEntry>[]
    all: readonly HonouredEntry[]
    isFree: (entry: HonouredEntry) => boolean
  },
  mostPoints: number,
): Counted {
  const { leastPoints = 0, leastPeople = 1, mostShare, places } = kind
  // Scores are thousandths of a point, the floor hundredths of all points.
  const floor = leastPoints * mostPoints * 10
  const counts = ({ score, people }: HonouredEntry) =>
    (leastPoints === 0 || (score ?? 0) >= floor) && (leastPeople === 1 || (people ?? 0) >= leastPeople)
  const fitting: Placed<HonouredEntry>[] = []
  for (const one of ranked) {
    if (!isFree(one.entry) || !counts(one.entry)) continue
    const last = fitting.at(-1)
    const isTied = last !== undefined && one.after?.by === 'shared' && last.entry.score === one.entry.score
    fitting.push({ ...one, place: isTied ? last.place : fitting.length + 1 })
  }
  const most = mostShare === undefined ? places : sharePlaces(kind, mostShare, all)
  const left = all.filter((entry) => isFree(entry) && counts(entry))
  return { ranked: fitting, all: left, places: Math.min(places, most), held: new Set() }
}

/** How many a share comes to: of entries, units or persons that take part. */
function sharePlaces({ for: whom }: AwardKind, share: number, all: readonly HonouredEntry[]): number {
  const holders = all.map((entry) =>
    whom === 'entry' ? entry.submission : whom === 'organisation' ? entry.unit : entry.author,
  )
  const number = new Set(holders.filter((one) => one !== null)).size
  return Math.max(1, Math.floor((number * share) / 100))
}

function ofEntries({ name, by }: AwardKind, { ranked, all, places }: Counted): Proposal[] {
  const of = ({ submission }: HonouredEntry, place: number, value: number): Proposal => ({
    ...{ award: name, place, submission, organisation: null, person: null, value },
  })
  if (by === 'benefit') {
    const paying = all.filter(({ benefit }) => (benefit ?? 0) > 0)
    return byValue(
      paying,
      ({ benefit }) => benefit ?? 0,
      ({ submission }) => submission,
      places,
    ).map(({ item, place, value }) => of(item, place, value))
  }
  return upToCut(
    ranked.map(({ entry, place }) => of(entry, place, entry.score ?? 0)),
    places,
  )
}

/** Units and persons, by the sum of what their entries are worth. */
function ofHolders({ name, for: whom, by }: AwardKind, { ranked, all, places, held }: Counted): Proposal[] {
  const isUnit = whom === 'organisation'
  const sums = new Map<string, number>()
  for (const entry of by === 'score' ? ranked.map((one) => one.entry) : all) {
    const holder = isUnit ? entry.unit : entry.author
    const value = by === 'score' ? (entry.score ?? 0) : by === 'benefit' ? (entry.benefit ?? 0) : 1
    if (holder !== null && value > 0 && !held.has(holder)) sums.set(holder, (sums.get(holder) ?? 0) + value)
  }
  return byValue(
    [...sums],
    ([, value]) => value,
    ([holder]) => holder,
    places,
  ).map(({ item: [holder], place, value }) => ({
    ...{ award: name, place, submission: null, value },
    ...(isUnit ? { organisation: holder, person: null } : { organisation: null, person: holder }),
  }))
}

function byValue<Item>(
  items: readonly Item[],
  worthOf: (item: Item) => number,
  idOf: (item: Item) => string,
  places: number,
): { item: Item; place: number; value: number }[] {
  const sorted = items.toSorted(
    (one, other) => worthOf(other) - worthOf(one) || (idOf(one) < idOf(other) ? -1 : 1),
  )
  const placed: { item: Item; place: number; value: number }[] = []
  for (const [at, item] of sorted.entries()) {
    const value = worthOf(item)
    const before = placed[at - 1]
    placed.push({ item, value, place: before?.value === value ? before.place : at + 1 })
  }
  return upToCut(placed, places)
}

/** The first places, with all who share the last of them. */
function upToCut<Item extends { place: number }>(placed: readonly Item[], places: number): Item[] {
  return placed.filter(({ place }) => place <= places)
}
