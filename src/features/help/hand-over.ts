import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { addressOf } from '../../people/address.ts'
import { readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { requestFor } from './answer.ts'
import type { Library } from './cited-clause.ts'
import { startClock } from './deadlines.ts'
import { activeReceivers, putTo, takeFromAll } from './receivers.ts'
import { mayBeAsked } from './requests.ts'

/**
 * Gives a question to another person, who alone has it then. The time until those above are asked runs on: handing
 * over does not make the asker wait longer.
 */
export async function handOver(
  trx: Trx,
  library: Library,
  given: { request: string; by: string | null; to: string; remark: string },
  now: Date,
): Promise<{ number: string; name: string; reached: boolean }> {
  const asked = await requestFor(trx, given.request, given.by, now)
  const to = await readPerson(trx, given.to)
  if (!to || !(await mayBeAsked(trx, to.id, asked, dayInChina(now)))) {
    throw new PlainError('help:hand-over.not-possible')
  }
  const holders = await activeReceivers(trx, asked, now)
  if (holders.length === 1 && holders[0]!.person === to.id) throw new PlainError('help:hand-over.same')
  const request = await trx
    .updateTable('help_request')
    .set((set) => ({ round: set('round', '+', 1) }))
    .where('id', '=', asked.id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!request) throw new PlainError('help:reply.not-open')
  const from = (await readPerson(trx, given.by ?? ''))?.name ?? ''
  await takeFromAll(trx, request, { from, to: to.name, now })
  await putTo(trx, library, request, [to.id], { why: 'handed', from, remark: given.remark }, now)
  await startClock(trx, request, now, ['remind'])
  return { number: request.number, name: to.name, reached: (await addressOf(trx, to.id)) !== null }
}
