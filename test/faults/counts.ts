import type { Traffic } from './traffic.ts'
import type { Shown } from './vendor.ts'

/** A row that the feature wrote. */
export interface Effect {
  kind: string
  name: string
}

/** What was counted at the end; all but the first and the last two have to be 0. */
export interface Counts {
  /** Messages and presses that were acknowledged. */
  acknowledged: number
  /** Acknowledged, and a row that it causes is missing. */
  lost: number
  /** A row, and what caused it is not known to have been said. */
  unfounded: number
  /** Rows that are there a second time. */
  twice: number
  /** Said, but not shown to anybody, and not listed as uncertain either. */
  unseen: number
  /** Shown a second time. */
  seenTwice: number
  /** Messages of a chat worked, or answers shown, in another order than they were said. */
  disordered: number
  /** Given up. */
  failed: number
  /** Listed as uncertain: only where the vendor makes nothing once, by docs/delivery.md. */
  uncertain: number
  /** Tries of the platform that were not acknowledged and had to be made again. */
  unacknowledged: number
}

interface Seen {
  effects: readonly Effect[]
  /** Texts of what is listed as uncertain. */
  uncertain: readonly string[]
  failed: number
  traffic: Pick<Traffic, 'said' | 'messages' | 'presses' | 'refusals'>
  shown: readonly Shown[]
}

export function countEffects({ effects, uncertain, failed, traffic, shown }: Seen): Counts {
  const { messages, presses, said, refusals } = traffic
  const expected = new Set([
    ...[...messages].flatMap((name) => ['message', 'timer', 'event'].map((kind) => `${kind} ${name}`)),
    ...[...presses].map((name) => `press ${name}`),
  ])
  const rows = effects.map(({ kind, name }) => `${kind} ${name}`)
  const texts = shown.map(({ text }) => text)
  return {
    acknowledged: messages.size + presses.size,
    lost: missing(expected, new Set(rows)),
    unfounded: missing(new Set([...rows, ...texts]), expected),
    twice: rows.length - new Set(rows).size,
    unseen: missing(expected, new Set([...texts, ...uncertain])),
    seenTwice: texts.length - new Set(texts).size,
    disordered: [...said.values()].reduce(
      (sum, order) => sum + disorderOf(order, rows) + disorderOf(order, texts),
      0,
    ),
    failed,
    uncertain: uncertain.length,
    unacknowledged: refusals.unacknowledged,
  }
}

/** What all runs have to come to, whatever happened meanwhile. */
export const nothingWrong = {
  ...{ lost: 0, unfounded: 0, twice: 0, unseen: 0, seenTwice: 0, disordered: 0, failed: 0 },
}

function missing(wanted: ReadonlySet<string>, there: ReadonlySet<string>): number {
  return [...wanted].filter((one) => !there.has(one)).length
}

/** How often a message's first coming is before that of one that was said earlier. */
function disorderOf(order: readonly string[], came: readonly string[]): number {
  const first = new Map<string, number>()
  for (const [place, one] of came.entries()) if (!first.has(one)) first.set(one, place)
  const places = order.flatMap((name) => first.get(`message ${name}`) ?? [])
  return places.filter((place, index) => index > 0 && place < places[index - 1]!).length
}
