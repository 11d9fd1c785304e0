import type { Trx } from '../../../store/store.ts'
import { setTimers } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { acknowledge } from './acknowledge.ts'
import { type ItemOf, isOfEach, readItems } from './views.ts'

/** Closes what each of a group is asked for, where nobody has closed it by hand. Its id is `reminders.close:ITEM`. */
export const closeTimer = 'reminders.close'

const minute = 60_000
/** While nobody of the group has acknowledged there is nothing to close: silence goes up the line. */
const lookAgain = 24 * 60 * minute

/** Sets the timers: as long after they were opened as the reminder says that it is of use. */
export async function closeLater(trx: Trx, items: readonly Pick<ItemOf, 'row' | 'reminder'>[], now: Date) {
  const shared = items.filter(isOfEach)
  await setTimers(
    trx,
    shared.map(({ row, reminder }) =>
      timerOf(row.id, new Date(now.getTime() + Math.max(reminder.useful_for, 60) * minute), now),
    ),
  )
}

const timerOf = (item: string, at: Date, now: Date) => ({
  ...{ id: `${closeTimer}:${item}`, kind: closeTimer, payload: { item }, at, now },
})

/** Closes the item once somebody has acknowledged. */
export const closeWhenCounted: TimerHandler = async (trx, { item = '' }, now) => {
  const [of] = await readItems(trx, [item])
  if (of?.row.state !== 'open' || !isOfEach(of)) return
  const until = of.row.snoozed_until === null ? now : new Date(of.row.snoozed_until)
  const counted = until > now ? undefined : await firstCounted(trx, of)
  if (counted) {
    await acknowledge(trx, {}, { item, by: null, note: '', whole: true, now })
    return
  }
  await setTimers(trx, [timerOf(item, new Date(Math.max(until.getTime(), now.getTime() + lookAgain)), now)])
}

function firstCounted(trx: Trx, { row }: ItemOf) {
  return trx
    .selectFrom('reminder_item')
    .select('id')
    .where('run', '=', row.run)
    .where('position', '=', row.position)
    .where('state', '=', 'acknowledged')
    .where('person', 'is not', null)
    .executeTakeFirst()
}
