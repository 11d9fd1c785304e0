import { randomUUID } from 'node:crypto'
import { nextNumbers } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { membershipsInForce } from '../../../people/memberships.ts'
import { houseOfPerson } from '../../../people/reach.ts'
import type { Trx } from '../../../store/store.ts'
import { cancelTimer } from '../../../timers/set-timer.ts'
import { countedSince } from '../../../timers/waiting-timers.ts'
import type { RemindersContext } from '../context.ts'
import type { ItemRow } from '../records.ts'
import { joinCards } from './cards-kept.ts'
import { noteItem } from './history.ts'
import { readHolders } from './holders.ts'
import { renewCards } from './renew-cards.ts'
import { stepTimerOf } from './step-timer.ts'
import { setSteps } from './steps.ts'
import { tellHolders } from './tell.ts'
import { type ItemOf, isOfEach } from './views.ts'

/**
 * Gives an item to a colleague of the house, who is told at once; the steps that were taken stay taken and the wait for the
 * next goes on, so that handing over does not begin the waiting anew. What anybody of a group may acknowledge is theirs alone from then on. A colleague who has the same reminder open already keeps that one item.
 * Throws PlainError where they are no colleague or cannot be written to.
 */
export async function handOver(
  trx: Trx,
  of: ItemOf,
  { to, by, now, formOf }: { to: string; by: string; now: Date; formOf: RemindersContext['formOf'] },
): Promise<{ outcome: 'handed-over' | 'already'; name: string }> {
  const { row, reminder } = of
  const holders = await readHolders(trx, [to], now)
  const colleague = holders.get(to)
  if (!colleague || !(await isColleague(trx, by, to, now))) throw new PlainError('reminding:hand-over.nobody')
  const { name } = colleague
  if (row.state !== 'open') return { outcome: 'already', name }
  if (isOfEach(of)) throw new PlainError('reminding:hand-over.group')
  if (row.person === to) throw new PlainError('reminding:hand-over.same', { name })
  if (!colleague.to) throw new PlainError('reminding:hand-over.no-account', { name })
  if (!(await mayTake(trx, reminder, formOf, { to, now }))) {
    throw new PlainError('reminding:hand-over.may-not', { name })
  }
  const there = await trx
    .selectFrom('reminder_item')
    .select('id')
    .where('reminder', '=', row.reminder)
    .where('person', '=', to)
    .where('state', '=', 'open')
    .executeTakeFirst()
  const next = there ? null : await nextItem(trx, row, to, now)
  await trx
    .updateTable('reminder_item')
    .set({
      ...{ state: 'handed-over', closed_at: now.toISOString(), closed_by: by, snoozed_until: null },
      handed_to: there?.id ?? next!.id,
    })
    .where('id', '=', row.id)
    .execute()
  const waiting = await countedSince(trx, stepTimerOf(row.id))
  await cancelTimer(trx, stepTimerOf(row.id))
  await noteItem(trx, row, { what: 'handed-over', data: { to }, by, now })
  if (next) {
    // Groups and superiors who see the old item see the new one too.
    await joinCards(trx, row.id, next.id, ['group', 'above'])
    await tellHolders(trx, [{ ...of, row: next }], holders, { now })
    // What was put off is waited for from now on.
    await setSteps(trx, [{ row: next, reminder }], holders, now, waiting && waiting < now ? waiting : now)
  }
  await renewCards(trx, [row.id], now)
  return { outcome: 'handed-over', name }
}

async function nextItem(trx: Trx, row: ItemRow, person: string, now: Date): Promise<ItemRow> {
  const year = Number(dayInChina(now).slice(0, 4))
  const [number] = await nextNumbers(trx, 'DB', year, { count: 1, digits: 6 })
  const next: ItemRow = {
    ...{ id: randomUUID(), number: number!, run: row.run, reminder: row.reminder },
    // Told privately: in a group only those whom its target means are shown.
    ...{ position: row.position, person, chat: null, state: 'open', opened_at: now.toISOString() },
    ...{ closed_at: null, closed_by: null, note: '', handed_to: null, snoozed_until: null },
    ...{ step: row.step, told_at: null },
  }
  await trx.insertInto('reminder_item').values(next).execute()
  return next
}

/** Whether the form that a reminder asks for takes what somebody else than its target sends in. */
async function mayTake(
  trx: Trx,
  { means, form, context }: ItemOf['reminder'],
  formOf: RemindersContext['formOf'],
  { to, now }: { to: string; now: Date },
): Promise<boolean> {
  const takes = means === 'form' && form !== null ? formOf?.(form)?.takes : undefined
  return !takes || takes({ db: trx, now, person: to, context: JSON.parse(context) as Record<string, string> })
}

/** Whether both belong to one house. */
async function isColleague(trx: Trx, by: string, to: string, now: Date): Promise<boolean> {
  const today = dayInChina(now)
  const house = new Set(await houseOfPerson(trx, by, today))
  const held = await membershipsInForce(trx, to, today)
  return held.some(({ organisation }) => house.has(organisation))
}
