import type { AwardKind } from '../award-kind.ts'
import type { Placed, RankedEntry } from './ranking.ts'

/** An entry with what awards go by. */
export interface HonouredEntry extends RankedEntry {
  author: string | null
  /** The unit whose points it counts for; null: none. */
  unit: string | null
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

/**
 * Proposes who is honoured, by rank and number of places; what is chosen by hand is left to the organiser. Where equals
 * stand at the last place nobody of them is proposed for it: `cut` names the awards of which that is so.
 * @param ranked Best first.
 * @param all Everything that takes part, reviewed or not.
 */
export function proposeAwards(
  awards: readonly AwardKind[],
  ranked: readonly Placed<HonouredEntry>[],
  all: readonly HonouredEntry[],
): { proposals: Proposal[]; cut: string[] } {
  const proposals: Proposal[] = []
  const cut: string[] = []
  for (const kind of awards) {
    if (kind.by === 'chosen') continue
    const list = kind.for === 'entry' ? ofEntries(kind, ranked, all) : ofHolders(kind, ranked, all)
    const fits = list.filter((one) => list.filter(({ place }) => place <= one.place).length <= kind.places)
    if (fits.length < Math.min(kind.places, list.length)) cut.push(kind.name)
    proposals.push(...fits)
  }
  return { proposals, cut }
}

function ofEntries(
  { name, by, places }: AwardKind,
  ranked: readonly Placed<HonouredEntry>[],
  all: readonly HonouredEntry[],
): Proposal[] {
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
function ofHolders(
  { name, for: whom, by, places }: AwardKind,
  ranked: readonly Placed<HonouredEntry>[],
  all: readonly HonouredEntry[],
): Proposal[] {
  const isUnit = whom === 'organisation'
  const sums = new Map<string, number>()
  for (const entry of by === 'score' ? ranked.map((one) => one.entry) : all) {
    const holder = isUnit ? entry.unit : entry.author
    const value = by === 'score' ? (entry.score ?? 0) : by === 'benefit' ? (entry.benefit ?? 0) : 1
    if (holder !== null && value > 0) sums.set(holder, (sums.get(holder) ?? 0) + value)
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
