import type { Trx } from '../../store/store.ts'
import { setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import type { CirculationContext } from './context.ts'
import { readCirculation } from './records.ts'
import { tellPeople } from './send.ts'

const batch = 500

export const remindTimer = 'circulation.remind'
const remindSomeTimer = 'circulation.remind-some'

/** Whoever has not answered is reminded, once at each of the moments. Replaces those that were set before. */
export async function setReminders(trx: Trx, id: string, moments: readonly Date[], now: Date): Promise<void> {
  for (const at of moments) {
    if (at <= now) continue
    const moment = at.toISOString()
    const payload = { circulation: id, moment }
    await setTimer(trx, { id: `${remindTimer}:${id} ${moment}`, kind: remindTimer, payload, at, now })
  }
}

/** Begins to remind the rest now. Without effect where nothing was sent yet, or no answer is wanted any more. */
export async function remindRest(trx: Trx, id: string, now: Date): Promise<void> {
  const begun = await trx
    .updateTable('circulation')
    .set((set) => ({ reminders: set('reminders', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'sent')
    .executeTakeFirst()
  if (begun.numUpdatedRows === 0n) return
  await setSome(trx, id, '', now)
}

async function setSome(trx: Trx, id: string, after: string, now: Date): Promise<void> {
  const payload = { circulation: id, after }
  await setTimer(trx, { id: `${remindSomeTimer}:${id}`, kind: remindSomeTimer, payload, at: now, now })
}

/** A moment at which the rest is reminded. */
export function reminding(): TimerHandler {
  return async (trx, { circulation: id = '' }, now) => remindRest(trx, id, now)
}

/** The next of those who have not answered. */
export function remindingSome(context: CirculationContext): TimerHandler {
  return async (trx, { circulation: id = '', after = '' }, now) => {
    const circulation = await readCirculation(trx, id)
    if (circulation?.row.state !== 'sent') return
    const people = await trx
      .selectFrom('circulation_person')
      .select('person')
      .where('circulation', '=', id)
      .where('state', '=', 'sent')
      .where('person', '>', after)
      .orderBy('person')
      .limit(batch)
      .execute()
    const ids = people.map(({ person }) => person)
    const isThere = await tellPeople(trx, context, { circulation, people: ids, why: 'reminder' }, now)
    const last = ids.at(-1)
    if (isThere && people.length === batch && last !== undefined) await setSome(trx, id, last, now)
  }
}
