import type { Trx } from '../../../store/store.ts'
import { addWorkingTime } from '../../../timers/calendar/add-working-time.ts'
import { setTimer, setTimers, type TimerAt } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { Step } from '../records.ts'
import { tellAbove } from './above.ts'
import { groupTimer, groupTimerOf } from './group-posts.ts'
import { noteItem } from './history.ts'
import type { Holder } from './holders.ts'
import { stepTimer, stepTimerOf } from './step-timer.ts'
import { groupOf, superiorsOf } from './superiors.ts'
import { tellBy } from './tell.ts'
import { type ItemOf, readItems, stepsOf } from './views.ts'

/** Whoever is handed an item of which the next step is near has so long to answer it. */
const leastWait = { workingHours: 1 }

/**
 * Sets the timers of the next steps, by the working time of whoever has the items: neither nights nor leave count. What is
 * put off is counted from the end of that.
 * @param since From when somebody has been waited for already: whoever has it newly gets an hour of work at least. Default: now.
 */
export async function setSteps(
  trx: Trx,
  items: readonly Pick<ItemOf, 'row' | 'reminder'>[],
  holders: ReadonlyMap<string, Holder>,
  now: Date,
  since = now,
): Promise<void> {
  const timers: TimerAt[] = []
  for (const { row, reminder } of items) {
    const step = stepsOf(reminder)[row.step]
    if (!step) continue
    const until = row.snoozed_until === null ? now : new Date(row.snoozed_until)
    const from = until > now ? until : since
    const timer = { id: stepTimerOf(row.id), kind: stepTimer, payload: { item: row.id }, now }
    const holder = holders.get(row.person ?? '')
    if (!holder) {
      const counted = { after: step.after, organisation: reminder.organisation, person: row.person }
      await setTimer(trx, { ...timer, ...counted, now: from })
      continue
    }
    const { organisation, id: person } = holder
    const counted = addWorkingTime(holder.calendar, from, step.after)
    const soonest = addWorkingTime(holder.calendar, now, leastWait)
    // Once and not at each hand-over: an hour after its time it is told above in any case.
    const latest = addWorkingTime(holder.calendar, counted.at, leastWait)
    const granted = soonest.at < latest.at ? soonest : latest
    const { at, provisional } = from < now && counted.at < granted.at ? granted : counted
    timers.push({ ...timer, at, countedFrom: { from, after: step.after, organisation, person, provisional } })
  }
  await setTimers(trx, timers)
}

/** Takes the next step of an item that nobody has acknowledged. */
export const takeStep: TimerHandler = async (trx, { item = '' }, now) => {
  // Written before it is looked at: an acknowledgement that comes now comes before this or after it.
  await trx
    .updateTable('reminder_item')
    .set((set) => ({ step: set.ref('step') }))
    .where('id', '=', item)
    .where('state', '=', 'open')
    .execute()
  const [of] = await readItems(trx, [item])
  if (of?.row.state !== 'open') return
  const { row, reminder } = of
  const step = stepsOf(reminder)[row.step]
  if (!step) return
  if (row.snoozed_until !== null && row.snoozed_until > now.toISOString()) {
    return setSteps(trx, [of], new Map(), now)
  }
  if (reminder.state === 'paused') {
    const { id, kind, payload } = { id: stepTimerOf(item), kind: stepTimer, payload: { item } }
    const scope = { organisation: reminder.organisation, person: row.person }
    await setTimer(trx, { id, kind, payload, ...scope, after: { workingDays: 1 }, now })
    return
  }
  await trx
    .updateTable('reminder_item')
    .set({ step: row.step + 1 })
    .where('id', '=', item)
    .execute()
  await noteItem(trx, row, { what: 'step', data: { to: step.to }, by: null, now })
  await act(trx, of, step.to, now)
  await setSteps(trx, [{ row: { ...row, step: row.step + 1 }, reminder }], new Map(), now)
}

async function act(trx: Trx, of: ItemOf, to: Step['to'], now: Date): Promise<void> {
  const { row, reminder } = of
  if (to === 'superior') {
    for (const person of await superiorsOf(trx, of, now)) await tellAbove(trx, { person }, row.id, now)
    return
  }
  if (to === 'group') {
    const chat = await groupOf(trx, of, now)
    if (chat) await tellAbove(trx, { chat }, row.id, now)
    return
  }
  if (to === 'owner' && reminder.owner !== null && reminder.owner !== row.person) {
    return tellAbove(trx, { person: reminder.owner }, row.id, now)
  }
  if (to !== 'owner') await nudge(trx, of, now)
}

/** Has whoever has an item told of it once more, with all else that waits for them. */
export async function nudge(trx: Trx, { row }: Pick<ItemOf, 'row'>, now: Date): Promise<void> {
  if (row.person === null) {
    const payload = { run: row.run, position: String(row.position) }
    await setTimer(trx, { id: groupTimerOf(row.run, row.position), kind: groupTimer, payload, at: now, now })
    return
  }
  await trx.updateTable('reminder_item').set({ told_at: null }).where('id', '=', row.id).execute()
  await tellBy(trx, new Map([[row.person, now]]), now)
}
