import { enqueue } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { addressOf } from '../../people/address.ts'
import { readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { addDays, type Day } from '../../timers/calendar/day.ts'
import { cancelTimer, setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import { mayEdit } from './access.ts'
import { gradingCard, reminderCard } from './carrier-cards.ts'
import { keepersOf, recipientsOf } from './recipients.ts'
import { type Carrier, listCarriers, readCarrier } from './records.ts'
import type { CarrierRules } from './rules.ts'
import { currentStage, type Matter, matters, nextGradingDay, nextStage } from './schedule.ts'

const watchTimer = 'carriers.watch'
const tellTimer = 'carriers.tell'
const gradingTimer = 'carriers.grading'
const tellGradingTimer = 'carriers.tell-grading'

/** A day's matters are looked at when it begins in China; people are told within their working hours. */
const beginningOf = (day: Day) => new Date(`${day}T00:00:00+08:00`)

/** Sets the timers of what is to be told of a carrier from today on; takes back those that no longer hold. */
export async function keepWatch(trx: Trx, rules: CarrierRules, carrier: Carrier, now: Date): Promise<void> {
  const today = dayInChina(now)
  for (const matter of matters) await watch(trx, rules, carrier, matter, today, now)
  if (carrier.row.state === 'active') await keepGrading(trx, rules, carrier.row.organisation, today, now)
}

async function watch(
  trx: Trx,
  rules: CarrierRules,
  carrier: Carrier,
  matter: Matter,
  from: Day,
  now: Date,
): Promise<void> {
  const { id } = carrier.row
  const timer = `${watchTimer}:${matter}:${id}`
  const next = nextStage(carrier, rules, matter, from)
  if (!next) return cancelTimer(trx, timer)
  const payload = { carrier: id, matter }
  await setTimer(trx, { id: timer, kind: watchTimer, payload, at: beginningOf(next.day), now })
}

async function keepGrading(
  trx: Trx,
  rules: CarrierRules,
  organisation: string,
  from: Day,
  now: Date,
): Promise<void> {
  const day = nextGradingDay(rules, from)
  const id = `${gradingTimer}:${organisation}`
  const payload = { organisation, year: day.slice(0, 4) }
  await setTimer(trx, { id, kind: gradingTimer, payload, at: beginningOf(day), now })
}

/** What happens when timers of carriers are due. */
export function carrierTimers(rules: CarrierRules): Record<string, TimerHandler> {
  return {
    [watchTimer]: async (trx, { carrier: id = '', matter: given }, now) => {
      const matter = matters.find((one) => one === given)
      const carrier = await readIfThere(trx, id)
      if (!matter || !carrier) return
      const today = dayInChina(now)
      const stage = currentStage(carrier, rules, matter, today)
      if (stage) {
        for (const person of await recipientsOf(trx, carrier.row, today)) {
          await setTimer(trx, {
            id: `${tellTimer}:${id}:${matter}:${stage.since}:${stage.day}:${person}`,
            kind: tellTimer,
            payload: { carrier: id, matter, since: stage.since, day: stage.day, person },
            // At the next moment at which they work: neither at night nor on leave.
            ...{ after: { workingHours: 0 }, organisation: carrier.row.organisation, person },
            now,
          })
        }
      }
      await watch(trx, rules, carrier, matter, addDays(today, 1), now)
    },

    [tellTimer]: async (trx, { carrier: id = '', matter: given, since, day, person = '' }, now) => {
      const matter = matters.find((one) => one === given)
      const carrier = await readIfThere(trx, id)
      if (!matter || !carrier) return
      const today = dayInChina(now)
      const stage = currentStage(carrier, rules, matter, today)
      // It was renewed or taken care of meanwhile, or a later time has come, which is told by itself.
      if (!stage || stage.since !== since || stage.day !== day) return
      const to = await addressOf(trx, person)
      const reader = await readPerson(trx, person)
      if (!to || !reader) return
      const edits = await mayEdit(trx, person, carrier.row, today)
      const card = reminderCard(carrier, stage, { today, edits, language: reader.language })
      const said = `carrier:${id}:${matter}:${since}:${day}:${person}`
      await enqueue(trx, { id: said, to, card, lane: 'reminder', now })
    },

    [gradingTimer]: async (trx, { organisation = '', year = '' }, now) => {
      const today = dayInChina(now)
      const active = (await listCarriers(trx, [organisation])).filter(({ row }) => row.state === 'active')
      if (active.length === 0) return
      await keepGrading(trx, rules, organisation, addDays(today, 1), now)
      if (ungraded(active, year).length === 0) return
      for (const person of await keepersOf(trx, organisation, today)) {
        await setTimer(trx, {
          id: `${tellGradingTimer}:${organisation}:${year}:${person}`,
          kind: tellGradingTimer,
          payload: { organisation, year, person },
          ...{ after: { workingHours: 0 }, organisation, person, now },
        })
      }
    },

    [tellGradingTimer]: async (trx, { organisation = '', year = '', person = '' }, now) => {
      const left = ungraded(await listCarriers(trx, [organisation]), year)
      const to = await addressOf(trx, person)
      const reader = await readPerson(trx, person)
      if (left.length === 0 || !to || !reader) return
      const card = gradingCard(left, Number(year), reader.language)
      const id = `carriers:${organisation}:grading:${year}:${person}`
      await enqueue(trx, { id, to, card, lane: 'reminder', now })
    },
  }
}

/** Those that ran in a year and have no grade for it. */
function ungraded(carriers: readonly Carrier[], year: string): Carrier[] {
  return carriers.filter(
    ({ row, grades }) =>
      row.state === 'active' &&
      row.starts_on.slice(0, 4) <= year &&
      !grades.some((grade) => String(grade.year) === year),
  )
}

async function readIfThere(trx: Trx, id: string): Promise<Carrier | null> {
  const row = await trx.selectFrom('carrier_entry').select('id').where('id', '=', id).executeTakeFirst()
  return row ? readCarrier(trx, id) : null
}
