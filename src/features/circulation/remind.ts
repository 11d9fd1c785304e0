import { withdraw } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { isInForce, toMembership } from '../../people/memberships.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { cancelTimers, setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import type { CirculationContext } from './context.ts'
import { type CirculationRow, readCirculation } from './records.ts'
import { reminderId, tellPeople } from './send.ts'

const batch = 500
/** Moments at which one matter reminds. */
const mostReminders = 20

const remindTimer = 'circulation.remind'
const remindSomeTimer = 'circulation.remind-some'

const timerOf = (id: string, n: number) => `${remindTimer}:${id} ${n}`

/** Whoever has not answered is reminded, once at each of the moments to come. Replaces those that were set before. */
export async function setReminders(trx: Trx, id: string, moments: readonly Date[], now: Date): Promise<void> {
  const times = [...new Set(moments.map((at) => at.getTime()))].filter((at) => at > now.getTime())
  const wanted = times.toSorted((a, b) => a - b).slice(0, mostReminders)
  for (const [n, at] of wanted.entries()) {
    const payload = { circulation: id }
    await setTimer(trx, { id: timerOf(id, n), kind: remindTimer, payload, at: new Date(at), now })
  }
  const left = Array.from({ length: mostReminders - wanted.length }, (_, n) => timerOf(id, wanted.length + n))
  await cancelTimers(trx, left)
}

/** Between two presses of a reminder: who is written to by the dozen reads nothing of it. */
const calm = 4 * 3600_000

/** Throws PlainError where the rest was reminded just before, by a press or by itself. */
export function mustBeCalm({ reminded_at: last }: Pick<CirculationRow, 'reminded_at'>, now: Date): void {
  if (last === null || new Date(last).getTime() + calm <= now.getTime()) return
  const again = minuteInChina(new Date(new Date(last).getTime() + calm))
  throw new PlainError('circulation:refused.reminded', { at: minuteInChina(new Date(last)), again })
}

/** Begins to remind the rest now. Without effect where nothing was sent yet, or no answer is wanted any more. */
export async function remindRest(trx: Trx, id: string, now: Date): Promise<void> {
  const begun = await trx
    .updateTable('circulation')
    .set((set) => ({ reminders: set('reminders', '+', 1), reminded_at: now.toISOString() }))
    .where('id', '=', id)
    .where('state', '=', 'sent')
    .where((where) => where.or([where('closes_at', 'is', null), where('closes_at', '>', now.toISOString())]))
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
      .select(['person', 'organisation'])
      .where('circulation', '=', id)
      .where('state', '=', 'sent')
      .where('person', '>', after)
      .orderBy('person')
      .limit(batch)
      .execute()
    const left = await leftSince(trx, people, now)
    for (const piece of inPieces([...left])) {
      await trx
        .updateTable('circulation_person')
        .set({ state: 'stopped' })
        .where('circulation', '=', id)
        .where('person', 'in', piece)
        .execute()
    }
    const ids = people.flatMap(({ person }) => (left.has(person) ? [] : person))
    const told = await tellPeople(trx, context, { circulation, people: ids, why: 'reminder' }, now)
    const last = people.at(-1)
    if (told && people.length === batch && last) await setSome(trx, id, last.person, now)
  }
}

/** Those who do not belong any more to the organisation by which they were asked. */
async function leftSince(
  trx: Trx,
  people: readonly { person: string; organisation: string | null }[],
  now: Date,
): Promise<Set<string>> {
  const asked = people.filter(({ organisation }) => organisation !== null)
  const left = new Set(asked.map(({ person }) => person))
  const by = new Map(asked.map(({ person, organisation }) => [person, organisation]))
  const today = dayInChina(now)
  for (const piece of inPieces([...left])) {
    const rows = await trx.selectFrom('membership').selectAll().where('person', 'in', piece).execute()
    for (const one of rows.map(toMembership)) {
      if (one.organisation === by.get(one.person) && isInForce(one, today)) left.delete(one.person)
    }
  }
  return left
}

/** Takes back what reminders of some people have not gone out yet. */
export async function withdrawReminders(
  trx: Trx,
  row: Pick<CirculationRow, 'id' | 'reminders'>,
  people: readonly string[],
): Promise<void> {
  const ids = Array.from({ length: row.reminders }, (_, n) => n + 1).flatMap((n) =>
    people.map((person) => reminderId(row.id, person, n)),
  )
  await withdraw(trx, ids)
}
