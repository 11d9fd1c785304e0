import { dutyOrigin } from '../../features/planning/duties/keep-duties.ts'
import type { Reads } from '../../people/people.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { Visit } from '../visit.ts'
import { dutySay } from './duty-say.ts'

export interface DutyState {
  /** Null: nobody has switched it and no reminder was made yet. */
  on: boolean | null
  nextAt: string | null
  /** Whether its reminder is there: it is made in the morning after an organisation came to have cadres. */
  isMade: boolean
  doneAt: string | null
}

/** How duties stand, by the origin of their reminder. */
export async function dutyStates(db: Reads): Promise<Map<string, DutyState>> {
  const switched = await db.selectFrom('organisation_duty').selectAll().execute()
  const reminders = await db
    .selectFrom('reminder')
    .select(['id', 'origin', 'state', 'next_at'])
    .where('origin', 'like', 'planning.duty:%')
    .execute()
  const done = await db
    .selectFrom('reminder_item')
    .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
    .select(['reminder_item.reminder', ({ fn }) => fn.max('reminder_item.closed_at').as('at')])
    .where('reminder.origin', 'like', 'planning.duty:%')
    .where('reminder_item.state', '=', 'acknowledged')
    .groupBy('reminder_item.reminder')
    .execute()
  const doneAt = new Map(done.map(({ reminder, at }) => [reminder, at]))
  const states = new Map<string, DutyState>()
  for (const { duty, organisation, on } of switched) {
    states.set(dutyOrigin(duty, organisation), {
      ...{ on: on === 1, nextAt: null, isMade: false, doneAt: null },
    })
  }
  for (const { id, origin, state, next_at: nextAt } of reminders) {
    const on = states.get(origin ?? '')?.on ?? null
    states.set(origin ?? '', {
      ...{ on, nextAt, isMade: state !== 'ended', doneAt: doneAt.get(id) ?? null },
    })
  }
  return states
}

/** When a duty that holds comes next, in words. */
export function nextText(visit: Pick<Visit, 'language'>, state: DutyState | undefined): string {
  return state?.isMade ? instantText(state.nextAt) : dutySay(visit)('to-be-set')
}

/** An instant by China's clock; empty: never. */
export function instantText(at: string | null): string {
  return at === null ? '' : minuteInChina(new Date(at))
}
