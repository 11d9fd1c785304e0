import { checkReceipt } from '../../../people/receipt-code.ts'
import type { Trx } from '../../../store/store.ts'
import { type BookingFacts, factsOf } from '../booking/facts.ts'
import { historyOf } from '../booking/history.ts'
import { type Move, movesOf } from '../booking/life.ts'
import { rate } from '../booking/rate.ts'
import { settle } from '../booking/settle.ts'
import type { ResourcesContext } from '../context.ts'

export interface Receipt {
  number: string
  code: string
  /** The account or network address that asks; wrong codes are counted by it. */
  who: string
}

/** A request as an outside unit sees it by its receipt. */
export interface Followed {
  facts: BookingFacts
  history: { what: string; words: string; at: string }[]
  moves: Move[]
  mayRate: boolean
}

export type Fetched = { outcome: 'found'; followed: Followed } | { outcome: 'wrong' | 'too-many' }

/** What whoever holds the receipt wants done. */
export type Wanted =
  | { do: 'accept' | 'give-up' }
  | { do: 'rate'; rating: number; comment: string }
  | { do: 'look' }

/**
 * The request of a receipt code, after what is wanted was done. Numbers that exist and those that do not are told alike.
 * Throws PlainError where it cannot be done; nothing is thrown for a wrong code, so that it was counted.
 */
export async function followReceipt(
  trx: Trx,
  context: ResourcesContext,
  { number: typed, code, who }: Receipt,
  wanted: Wanted,
  now: Date,
): Promise<Fetched> {
  const number = typed
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replaceAll(/[-–—\s]+/g, '-')
  const found = await trx
    .selectFrom('resource_booking')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst()
  const hash = found?.receipt_hash ?? null
  const outcome = await checkReceipt(trx, { number, code, hash, who, now })
  if (outcome !== 'right' || !found) return { outcome: outcome === 'too-many' ? outcome : 'wrong' }
  const doing = { booking: found.id, now }
  const booking =
    wanted.do === 'look'
      ? found
      : wanted.do === 'rate'
        ? await rate(trx, { ...doing, by: 'receipt', rating: wanted.rating, comment: wanted.comment })
        : await settle(trx, context, { ...doing, move: wanted.do, doer: 'receipt' })
  const history = await historyOf(trx, booking.id)
  return {
    outcome: 'found',
    followed: {
      facts: await factsOf(trx, context, booking, now),
      history: history.map(({ what, words, at }) => ({ what, words, at })),
      moves: movesOf(booking.state, 'booker'),
      mayRate: booking.state === 'over' && booking.rating === null,
    },
  }
}
