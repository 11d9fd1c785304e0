import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Trx } from '../../../store/store.ts'
import type { ResourcesContext } from '../context.ts'
import { type BookingRow, readBooking, readResource } from '../records.ts'
import { mayAnswer } from '../sight.ts'
import { askedOf, settleCards, tellBooker, tellKeeper } from './asked.ts'
import { startClocks } from './clocks.ts'
import { lockResource } from './facts.ts'
import { checkFree, checkTaken } from './free.ts'
import { keepHistory } from './history.ts'
import { type Move, moved } from './life.ts'
import { refused, type Wish } from './when.ts'

/** Who does it: a person; whoever holds the receipt code; the clock. */
export type Doer = { person: string } | 'receipt' | 'clock'

export interface Doing {
  booking: string
  move: Move
  doer: Doer
  /** A reason, or what is said with another time. Default: none. */
  words?: string
  /** For `propose`: the other time. */
  wish?: Wish
  now: Date
}

/** Characters (UTF-16 units) of a reason. */
export const longestReason = 300

/**
 * Does something to a booking, as it stands when the resource is locked; whoever it concerns is told. Throws PlainError
 * `resources:refused.*`: `settled` where it stands otherwise by now, `taken` where the time is gone.
 */
export async function settle(trx: Trx, context: ResourcesContext, doing: Doing): Promise<BookingRow> {
  const { move, doer, now, words = '' } = doing
  const { resource: id } = await readBooking(trx, doing.booking)
  await lockResource(trx, id)
  const resource = await readResource(trx, id)
  const before = await readBooking(trx, doing.booking)
  await mayDo(trx, before, resource.row, doing)
  const state = moved(before.state, move)
  if (state === null) throw refused('settled')
  const time = await timeFor(trx, before, resource, doing)
  const isOver = state !== 'confirmed' && state !== 'proposed'
  const reason = words.toWellFormed().trim().slice(0, longestReason)
  const changes = {
    ...{ state, ...time, reason, changed_at: now.toISOString() },
    // What a cadre agreed to or offered keeps its time, also to an outside unit.
    holds: isOver ? (0 as const) : (1 as const),
    settled_by: typeof doer === 'object' && doer.person !== before.person ? doer.person : before.settled_by,
  }
  await trx.updateTable('resource_booking').set(changes).where('id', '=', before.id).execute()
  const booking = { ...before, ...changes }
  const by = typeof doer === 'object' ? doer.person : null
  await keepHistory(trx, booking, state, { by, words: reason, now })
  await startClocks(trx, booking, resource.row, now)
  await settleCards(trx, context, booking, now)
  await tellOthers(trx, context, booking, doing)
  return booking
}

async function mayDo(
  trx: Trx,
  booking: BookingRow,
  row: Parameters<typeof mayAnswer>[1],
  { move, doer, now }: Doing,
): Promise<void> {
  if (doer === 'clock') return
  const isBookers = move === 'accept' || move === 'give-up'
  if (doer === 'receipt') {
    if (!isBookers || booking.person !== null) throw refused('not-yours')
    return
  }
  const isTheirs = isBookers
    ? booking.person === doer.person
    : await mayAnswer(trx, row, doer.person, dayInChina(now))
  if (!isTheirs) throw refused('not-yours')
}

/** The time it has from now on, as far as that changes. Throws PlainError where somebody else has it. */
async function timeFor(
  trx: Trx,
  before: BookingRow,
  resource: Awaited<ReturnType<typeof readResource>>,
  { move, wish, now }: Doing,
) {
  if (move === 'propose') {
    if (!wish) throw refused('no-time')
    // Whoever answers for the resource knows what can be done by then.
    return checkFree(trx, resource, wish, { now, atShortNotice: true, except: before.id })
  }
  if (move !== 'confirm' && move !== 'accept') return {}
  if (before.starts_at <= now.toISOString()) throw refused('past')
  if (before.holds === 0) await checkTaken(trx, resource, before, before.id)
  return {}
}

/** The words for the one side of what the other did; what the clock did is told by whoever runs it. */
async function tellOthers(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  { move, doer, now }: Doing,
): Promise<void> {
  const why = `${move}:${booking.changed_at}`
  if (doer !== 'clock' && (move === 'accept' || move === 'give-up')) {
    const settledBy = booking.settled_by === null ? [] : [booking.settled_by]
    const people = new Set([...(await askedOf(trx, booking.id)), ...settledBy])
    for (const person of people) {
      if (typeof doer === 'object' && doer.person === person) continue
      await tellKeeper(trx, context, booking, person, { lead: `resources:tell.${move}`, why, now })
    }
    return
  }
  if (move === 'end') return
  if (typeof doer === 'object' && doer.person === booking.person) return
  await tellBooker(trx, context, booking, { lead: `resources:tell.${move}`, why, now })
}
