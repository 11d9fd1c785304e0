import { sql } from 'kysely'
import { lanes } from '../../../delivery/outbox.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { readWaiting } from '../../../timers/waiting-timers.ts'
import { lateFrom } from '../running/due-times.ts'
import type { CardRow } from './cards-kept.ts'
import { renewThese } from './renew-cards.ts'

/** Looks whether reminders lie in the outbox for so long that their cards have to say so. */
export const lateTimer = 'reminders.late'

const mostAtOnce = 200

/** Sets the timer, unless it waits. */
export async function keepLooking(trx: Trx, now: Date): Promise<void> {
  if ((await readWaiting(trx, [lateTimer])).has(lateTimer)) return
  await setTimer(trx, { ...timerAfter('0'), at: after(now), now })
}

const timerAfter = (seq: string) => ({ id: lateTimer, kind: lateTimer, payload: { seq } })
const after = (now: Date) => new Date(now.getTime() + lateFrom)

/** Writes on what still lies there that it comes late, each once; goes on as long as anything lies there. */
export const markLate: TimerHandler = async (trx, { seq = '0' }, now) => {
  const before = new Date(now.getTime() - lateFrom).toISOString()
  const lying = await unsent(trx)
    .selectAll('reminder_card')
    .select('outbox.seq')
    .where('outbox.created_at', '<=', before)
    .where('outbox.seq', '>', Number(seq))
    .orderBy('outbox.seq')
    .limit(mostAtOnce)
    .execute()
  await renewThese(
    trx,
    lying.map(({ seq: _seq, ...card }): CardRow => card),
    now,
  )
  const isMore = lying.length === mostAtOnce
  if (!isMore && !(await unsent(trx).select('outbox.seq').limit(1).executeTakeFirst())) return
  const last = String(lying.at(-1)?.seq ?? seq)
  await setTimer(trx, { ...timerAfter(last), at: isMore ? now : after(now), now })
}

/** Written out, not bound: SQLite uses the index of what waits only where it reads that it is asked for just that. */
const waiting = sql.lit('waiting' as const)

function unsent(trx: Trx) {
  return trx
    .selectFrom('outbox')
    .innerJoin('reminder_card', 'reminder_card.message', 'outbox.id')
    .where('outbox.state', '=', waiting)
    .where('outbox.lane', '=', lanes.indexOf('reminder'))
    .where('outbox.operation', '=', 'send')
    .where('reminder_card.state', '=', 'live')
    .where('reminder_card.kind', '!=', 'above')
}
