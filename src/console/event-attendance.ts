import { html } from 'hono/html'
import type { Reads } from '../people/people.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import { minuteInChina } from '../timers/calendar/day.ts'
import { barChart } from './bar-chart.ts'
import { eventAddress, type OpenedEvent } from './event-frame.ts'
import { nameOf } from './event-people.ts'
import { listRegistrationsOf } from './event-registrations.ts'
import { eventSay } from './event-say.ts'
import { table } from './frame.ts'
import type { Visit } from './visit.ts'

/** Fewer ratings than this would tell whose they are. */
const fewestRatings = 5
const mostListed = 500

interface Attendance {
  confirmed: number
  came: number
  byHour: { hour: string; people: number }[]
  /** How often 1 to 5 was given. */
  ratings: number[]
  hours: { people: number; hours: number }
}

async function attendanceOf(db: Reads, event: string, registers: string): Promise<Attendance> {
  const count = (of: number | string | undefined) => Number(of ?? 0)
  const confirmed = await db
    .selectFrom('event_registration')
    .select(({ fn }) => fn.countAll<number | string>().as('people'))
    .where('event', '=', registers)
    .where('state', '=', 'confirmed')
    .executeTakeFirst()
  const arrivals = await db
    .selectFrom('event_check_in')
    .select('at')
    .where('event', '=', event)
    .orderBy('at')
    .execute()
  const rated = await db
    .selectFrom('event_feedback')
    .select(({ fn }) => ['rating', fn.countAll<number | string>().as('people')])
    .where('event', '=', event)
    .groupBy('rating')
    .execute()
  const hours = await db
    .selectFrom('event_hours')
    .select(({ fn, lit }) => [
      fn.countAll<number | string>().as('people'),
      fn.coalesce(fn.sum<number | string>('hours'), lit(0)).as('hours'),
    ])
    .where('event', '=', event)
    .executeTakeFirst()
  const byHour = Map.groupBy(arrivals, ({ at }) => `${minuteInChina(new Date(at)).slice(0, 13)}:00`)
  return {
    confirmed: count(confirmed?.people),
    came: arrivals.length,
    byHour: [...byHour].map(([hour, { length: people }]) => ({ hour, people })),
    ratings: [1, 2, 3, 4, 5].map((rating) => count(rated.find((one) => one.rating === rating)?.people)),
    hours: { people: count(hours?.people), hours: count(hours?.hours) },
  }
}

/** Who came and who did not, when they came, what they thought of it, and the hours that were credited. */
export async function attendanceBody(visit: Visit, db: Reads, opened: OpenedEvent): Promise<Html> {
  const say = eventSay(visit)
  const { event, registers } = opened
  const { row } = event
  const figures = await attendanceOf(db, row.id, registers)
  const { confirmed, came, ratings, hours, byHour } = figures
  const rated = ratings.reduce((sum, count) => sum + count, 0)
  const average = ratings.reduce((sum, count, i) => sum + count * (i + 1), 0) / Math.max(1, rated)
  const wantsAbsent = visit.context.req.query('who') === 'absent'
  const of = { event: row.id, registers, arrangement: row.arrangement }
  const filters = wantsAbsent ? { came: false, states: ['confirmed'] as const } : { came: true }
  const { registrations, next } = await listRegistrationsOf(db, of, filters, { size: mostListed })
  const address = eventAddress(row, 'attendance')
  const figure = (key: 'registered' | 'came' | 'absent' | 'rate', value: string) =>
    html`<div><dt>${say(`attendance.${key}`)}</dt><dd>${value}</dd></div>`
  const list = registrations.map((one) => [
    nameOf(say, one),
    one.organisation ?? say('public'),
    one.cameAt === null ? '' : minuteInChina(new Date(one.cameAt)),
    one.how === null ? '' : say(`attendance.${one.how}`),
  ])
  const header = [
    say('registration.name'),
    say('registration.organisation'),
    say('attendance.at'),
    say('attendance.how'),
  ]
  return html`<dl class="figures">${figure('registered', String(confirmed))}${figure('came', String(came))}${figure('absent', String(Math.max(0, confirmed - came)))}${figure('rate', confirmed === 0 ? '—' : `${Math.round((came / confirmed) * 100)}%`)}</dl>
${
  byHour.length > 1
    ? html`<section class="panel"><h2>${say('attendance.by-hour')}</h2>${barChart(
        say('attendance.by-hour'),
        byHour.map(({ hour, people }) => ({ label: hour.slice(11), value: people, text: String(people) })),
      )}</section>`
    : ''
}
<section class="panel"><h2>${say('feedback.title')}</h2>
${
  rated === 0
    ? html`<p class="empty">${say('feedback.none')}</p>`
    : rated < fewestRatings
      ? html`<p class="empty">${say('feedback.few', { count: rated, least: fewestRatings })}</p>`
      : html`<p>${say('feedback.average', { average: average.toFixed(1), count: rated })}</p>
${barChart(
  say('feedback.title'),
  ratings.map((count, i) => ({
    label: say('feedback.stars', { count: i + 1 }),
    value: count,
    text: String(count),
  })),
)}`
}</section>
${hours.people === 0 ? '' : html`<section class="panel"><h2>${say('hours.title')}</h2><p>${say('hours.credited', { people: hours.people, hours: hours.hours })}</p></section>`}
<section class="panel lines"><div class="panel-head"><h2>${say(wantsAbsent ? 'attendance.absent-list' : 'attendance.came-list')}</h2><a href="${address}${wantsAbsent ? '' : '?who=absent'}">${say(wantsAbsent ? 'attendance.show-came' : 'attendance.show-absent')}</a></div>
${list.length === 0 ? html`<p class="empty">${say('attendance.nobody')}</p>` : table(say('tab.attendance'), header, list)}
${next === null ? '' : html`<p class="small">${say('attendance.cut', { count: mostListed })}</p>`}</section>`
}
