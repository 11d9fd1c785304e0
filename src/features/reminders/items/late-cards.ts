import { heldMessages } from '../../../delivery/held-messages.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { readWaiting } from '../../../timers/waiting-timers.ts'
import { lateFrom } from '../running/due-times.ts'
import { renewThese } from './renew-cards.ts'

/** Looks whether reminders lie in the outbox for so long that their cards have to say so. */
export const lateTimer = 'reminders.late'

const mostAtOnce = 200

/** Sets the timer, unless it waits. */
export async function keepLooking(trx: Trx, now: Date): Promise<void> {
  if ((await readWaiting(trx, [lateTimer])).has(lateTimer)) return
  await setTimer(trx, { ...timerAfter('0'), at: later(now), now })
}

const timerAfter = (seq: string) => ({ id: lateTimer, kind: lateTimer, payload: { seq } })
const later = (now: Date) => new Date(now.getTime() + lateFrom)

/** Writes on what still lies there that it comes late, each once; goes on as long as anything lies there. */
export const markLate: TimerHandler = async (trx, { seq = '0' }, now) => {
  const until = new Date(now.getTime() - lateFrom)
  const { held, isAny } = await heldMessages(trx, {
    ...{ lane: 'reminder', until, after: Number(seq), most: mostAtOnce },
  })
  if (held.length > 0) {
    const cards = await trx
      .selectFrom('reminder_card')
      .selectAll()
      .where(
        'message',
        'in',
        held.map(({ id }) => id),
      )
      .where('state', '=', 'live')
      .where('kind', '!=', 'above')
      .execute()
    await renewThese(trx, cards, now)
  }
  if (!isAny) return
  const isMore = held.length === mostAtOnce
  const last = String(held.at(-1)?.seq ?? seq)
  await setTimer(trx, { ...timerAfter(last), at: isMore ? now : later(now), now })
}
