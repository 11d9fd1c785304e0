import { enqueue } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { addressesOf, addressOf } from '../../people/address.ts'
import { isInForce, toMembership } from '../../people/memberships.ts'
import { listOrganisations } from '../../people/organisations.ts'
import { type Reads, readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { addDays, type Day, weekdayOf } from '../../timers/calendar/day.ts'
import { setTimer, setUnlessWaiting } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import { gapsCard } from './cards.ts'
import type { Liaison } from './context.ts'
import { type GapPoint, gapPoints, readPoints } from './coverage.ts'
import { syncDuties } from './duties.ts'
import { holdersFrom } from './records.ts'

const gapsTimer = 'liaison.gaps'
const tellTimer = 'liaison.tell-gaps'
const keepTimer = 'liaison.keep'

/** More than these are not told of one association's gaps. */
const mostTold = 5

const at = (day: Day, time: string) => new Date(`${day}T${time}:00+08:00`)

/** The next such moment: a day, or one of the week (from 1, Monday). */
function nextAt(now: Date, time: string, weekday?: number): Date {
  let day = dayInChina(now)
  while (at(day, time) <= now || (weekday !== undefined && weekdayOf(day) !== weekday)) day = addDays(day, 1)
  return at(day, time)
}

/** From the first assignment on, gaps are told on Mondays and duties are looked through once a day. */
export async function beginWatch(trx: Trx, now: Date): Promise<void> {
  const payload = {}
  const monday = nextAt(now, '09:00', 1)
  await setUnlessWaiting(trx, { id: gapsTimer, kind: gapsTimer, payload, at: monday, now })
  const morning = nextAt(now, '06:00')
  await setUnlessWaiting(trx, { id: keepTimer, kind: keepTimer, payload, at: morning, now })
}

/**
 * Who hears of the gaps of which points: the cadres of the nearest organisation above that has some who can be reached; of a
 * root, and where nobody is above, its own.
 */
async function responsibleFor(
  db: Reads,
  points: readonly GapPoint[],
  today: Day,
): Promise<Map<string, GapPoint[]>> {
  const parents = new Map((await listOrganisations(db)).map(({ id, parent }) => [id, parent]))
  const rows = await db
    .selectFrom('membership')
    .selectAll()
    .where('role', '=', 'cadre')
    .orderBy('person')
    .execute()
  const cadres = rows.map(toMembership).filter((one) => isInForce(one, today))
  const reached = await addressesOf(
    db,
    cadres.map(({ person }) => person),
  )
  const byPlace = Map.groupBy(
    cadres.filter(({ person }) => reached.has(person)),
    ({ organisation }) => organisation,
  )
  const told = new Map<string, GapPoint[]>()
  for (const gap of points) {
    const { organisation } = gap.point
    let place = parents.get(organisation) ?? null
    while (place !== null && !byPlace.has(place)) place = parents.get(place) ?? null
    const people = new Set((byPlace.get(place ?? organisation) ?? []).map(({ person }) => person))
    for (const person of [...people].slice(0, mostTold)) {
      told.set(person, [...(told.get(person) ?? []), gap])
    }
  }
  return told
}

/** What happens when timers of liaison are due. */
export function liaisonTimers(context: Liaison): Record<string, TimerHandler> {
  const { rules } = context
  const gapsToTell = async (trx: Trx, today: Day) =>
    responsibleFor(trx, gapPoints(await readPoints(trx, rules, null, today), today, rules), today)
  return {
    [gapsTimer]: async (trx, _payload, now) => {
      const today = dayInChina(now)
      for (const person of (await gapsToTell(trx, today)).keys()) {
        await setTimer(trx, {
          id: `${tellTimer}:${person}`,
          kind: tellTimer,
          payload: { person, day: today },
          // A Monday on which they do not work is made up for on the next day on which they do.
          ...{ after: { workingHours: 0 }, organisation: await homeOf(trx, person, today), person, now },
        })
      }
      await setTimer(trx, { id: gapsTimer, kind: gapsTimer, payload: {}, at: nextAt(now, '09:00', 1), now })
    },

    [tellTimer]: async (trx, { person = '', day = '' }, now) => {
      const today = dayInChina(now)
      // As it is by now: what was seen to over a holiday is not told.
      const gaps = (await gapsToTell(trx, today)).get(person) ?? []
      const to = await addressOf(trx, person)
      const reader = await readPerson(trx, person)
      if (gaps.length === 0 || !to || !reader) return
      const card = gapsCard({ gaps, from: 0, isDigest: true }, reader.language)
      await enqueue(trx, { id: `liaison:gaps:${day}:${person}`, to, card, lane: 'reminder', now })
    },

    [keepTimer]: async (trx, _payload, now) => {
      const today = dayInChina(now)
      const held = await holdersFrom(trx, today)
      const duties = await trx
        .selectFrom('liaison_duty')
        .select('organisation')
        .where('ended_on', 'is', null)
        .execute()
      for (const organisation of new Set([...held, ...duties].map((row) => row.organisation))) {
        await syncDuties(trx, context, organisation, { by: null, now })
      }
      await setTimer(trx, { id: keepTimer, kind: keepTimer, payload: {}, at: nextAt(now, '06:00'), now })
    },
  }
}

/** By whose calendar somebody works; null: the default one. */
async function homeOf(db: Reads, person: string, today: Day): Promise<string | null> {
  const rows = await db
    .selectFrom('membership')
    .selectAll()
    .where('person', '=', person)
    .where('role', '=', 'cadre')
    .orderBy('id')
    .execute()
  return rows.map(toMembership).find((one) => isInForce(one, today))?.organisation ?? null
}
