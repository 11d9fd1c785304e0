import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { postBy } from './group-posts.ts'
import { noteItem } from './history.ts'
import { readHolders } from './holders.ts'
import { renewCards } from './renew-cards.ts'
import { setSteps } from './steps.ts'
import { tellBy } from './tell.ts'
import { type ItemOf, isOfEach } from './views.ts'

/** Who puts something off for longer has it ended instead. Days. */
export const longestSnooze = 366

/**
 * Says nothing of an item until then, and nothing of the same reminder's next times either; its steps wait as long.
 * What anybody of a group may acknowledge is put off for the group. Throws PlainError where the time is past or too far away,
 * or each of a group is asked.
 */
export async function putOff(
  trx: Trx,
  of: ItemOf,
  { until, by, now }: { until: Date; by: string; now: Date },
): Promise<'put-off' | 'already'> {
  const { row, reminder } = of
  if (row.state !== 'open') return 'already'
  if (isOfEach(of)) throw new PlainError('reminding:delay.group')
  if (until <= now) throw new PlainError('reminding:delay.past')
  if (until.getTime() > now.getTime() + longestSnooze * 86_400_000)
    throw new PlainError('reminding:delay.far', { days: longestSnooze })
  const put = await trx
    .updateTable('reminder_item')
    .set({ snoozed_until: until.toISOString(), told_at: null })
    .where('id', '=', row.id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!put) return 'already'
  const holders = await readHolders(trx, row.person === null ? [] : [row.person], now)
  if (row.person === null) await postBy(trx, [{ ...put, until }], now)
  else await tellBy(trx, new Map([[row.person, until]]), now)
  await setSteps(trx, [{ row: put, reminder }], holders, now)
  await noteItem(trx, row, { what: 'put-off', data: { until: until.toISOString() }, by, now })
  await renewCards(trx, [row.id], now)
  return 'put-off'
}
