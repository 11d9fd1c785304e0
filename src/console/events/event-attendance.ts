import { html } from 'hono/html'
import { attendanceOf } from '../../features/events/after/attendance.ts'
import { type FeedbackFigures, feedbackOf } from '../../features/events/after/feedback-figures.ts'
import { listRegistrations } from '../../features/events/lists/list-registrations.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { barChart } from '../bar-chart.ts'
import { table } from '../frame.ts'
import type { Visit } from '../visit.ts'
import { eventAddress, type OpenedEvent } from './event-frame.ts'
import { nameOf } from './event-people.ts'
import { eventSay } from './event-say.ts'

const mostListed = 500

/** How many checked in within each hour, and the hours that were credited. */
async function arrivalsOf(db: Reads, event: string) {
  const arrivals = await db
    .selectFrom('event_check_in')
    .select('at')
    .where('event', '=', event)
    .orderBy('at')
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
    byHour: [...byHour].map(([hour, { length: people }]) => ({ hour, people })),
    hours: { people: Number(hours?.people ?? 0), hours: Number(hours?.hours ?? 0) },
  }
}

/** Who came and who did not, when they came, what they thought of it, and the hours that were credited. */
export async function attendanceBody(visit: Visit, db: Reads, opened: OpenedEvent): Promise<Html> {
  const say = eventSay(visit)
  const { event, may } = opened
  const { row } = event
  const { registered, came, absent, guests, walkIns, organisations } = await attendanceOf(db, event)
  const { byHour, hours } = await arrivalsOf(db, row.id)
  const feedback = await feedbackOf(db, event)
  const wantsAbsent = visit.context.req.query('who') === 'absent'
  const filters = wantsAbsent ? { checkedIn: false, states: ['confirmed'] as const } : { checkedIn: true }
  const { registrations, next } = await listRegistrations(db, event, filters, { size: mostListed })
  const address = eventAddress(row, 'attendance')
  const figure = (key: 'registered' | 'came' | 'absent' | 'rate' | 'guests' | 'walk-ins', value: string) =>
    html`<div><dt>${say(`attendance.${key}`)}</dt><dd>${value}</dd></div>`
  const list = registrations.map((one) => [
    nameOf(say, one),
    one.organisation || say('public'),
    one.checkIn === null ? '' : minuteInChina(new Date(one.checkIn.at)),
    one.checkIn === null ? '' : say(`attendance.${one.checkIn.how}`),
  ])
  const header = [
    say('registration.name'),
    say('registration.organisation'),
    say('attendance.at'),
    say('attendance.how'),
  ]
  const units = organisations.map((one) => [
    one.organisation === null ? say('public') : one.name,
    ...[one.registered, one.came, one.absent].map(String),
  ])
  const unitHeader = [
    say('registration.organisation'),
    ...(['registered', 'came', 'absent'] as const).map((key) => say(`attendance.${key}`)),
  ]
  const after = html`<p class="actions"><a class="button" href="${eventAddress(row, 'check-in')}/after">${say('attendance.after')}</a></p>`
  return html`<dl class="figures">${figure('registered', String(registered))}${figure('came', String(came))}${figure('absent', String(absent))}${figure('rate', registered === 0 ? '—' : `${Math.round((came / registered) * 100)}%`)}${guests > 0 ? figure('guests', String(guests)) : ''}${walkIns > 0 ? figure('walk-ins', String(walkIns)) : ''}</dl>
${
  byHour.length > 1
    ? html`<section class="panel"><h2>${say('attendance.by-hour')}</h2>${barChart(
        say('attendance.by-hour'),
        byHour.map(({ hour, people }) => ({ label: hour.slice(11), value: people, text: String(people) })),
      )}</section>`
    : ''
}
${units.length > 1 ? html`<section class="panel"><h2>${say('attendance.by-unit')}</h2>${table(say('attendance.by-unit'), unitHeader, units)}</section>` : ''}
${feedbackPanel(visit, feedback)}
${hours.people === 0 ? '' : html`<section class="panel"><h2>${say('hours.title')}</h2><p>${say('hours.credited', { people: hours.people, hours: hours.hours })}</p></section>`}
${may('event.check-in') ? after : ''}
<section class="panel lines"><div class="panel-head"><h2>${say(wantsAbsent ? 'attendance.absent-list' : 'attendance.came-list')}</h2><a href="${address}${wantsAbsent ? '' : '?who=absent'}">${say(wantsAbsent ? 'attendance.show-came' : 'attendance.show-absent')}</a></div>
${list.length === 0 ? html`<p class="empty">${say('attendance.nobody')}</p>` : table(say('tab.attendance'), header, list)}
${next === null ? '' : html`<p class="small">${say('attendance.cut', { count: mostListed })}</p>`}</section>`
}

/** What people thought of it, without names but where they signed. */
function feedbackPanel(visit: Visit, { count, shown, signed }: FeedbackFigures): Html {
  const say = eventSay(visit)
  const title = say('feedback.title')
  const bars = shown?.byRating.map((people, i) => ({
    ...{ label: say('feedback.stars', { count: i + 1 }), value: people, text: String(people) },
  }))
  return html`<section class="panel"><h2>${title}</h2>
${count === 0 ? html`<p class="empty">${say('feedback.none')}</p>` : ''}${count > 0 && !shown ? html`<p class="empty">${say('feedback.few', { count })}</p>` : ''}
${shown ? html`<p>${say('feedback.average', { average: shown.average.toFixed(1), count })}</p>${barChart(title, bars ?? [])}` : ''}
${shown && shown.comments.length > 0 ? html`<ul>${shown.comments.map((comment) => html`<li class="kept-lines">${comment}</li>`)}</ul>` : ''}
${signed.length === 0 ? '' : html`<ul>${signed.map(({ comment, name }) => html`<li class="kept-lines">${say('feedback.signed', { comment, name })}</li>`)}</ul>`}</section>`
}
