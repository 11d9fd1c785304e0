import { html } from 'hono/html'
import { openDetails } from '../../features/resources/booking/details.ts'
import { calendarOf } from '../../features/resources/booking/free.ts'
import { spansOn } from '../../features/resources/booking/when.ts'
import { openStates, type Resource } from '../../features/resources/records.ts'
import { translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { addDays, type Day, dayIn, eachDay, isDay, weekdayOf } from '../../timers/calendar/day.ts'
import { formatWorkingHours } from '../../timers/calendar/working-hours.ts'
import { monthSpan, monthsFrom } from '../events/event-month.ts'
import { pressButton } from '../press-panel.ts'
import type { ConsoleOptions } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { resourceSay, resourceSection } from './resource-panels.ts'

/** The days of the address: a month, else the week of a day. */
interface Shown {
  days: Day[]
  view: 'month' | 'week'
  before: string
  after: string
}

/** Who comes when, by month (`?month=2026-03`) or week (`?week=2026-03-02`); closed days stand as such. */
export async function resourceCalendar(
  visit: Visit,
  { store, resources }: Pick<ConsoleOptions, 'store' | 'resources'>,
  resource: Resource,
): Promise<Html> {
  const { row, closed } = resource
  const say = resourceSay(visit)
  const today = dayIn(row.time_zone, visit.now)
  const { days, view, before, after } = daysOf(visit, today)
  const bookings = await store.db
    .selectFrom('resource_booking')
    .selectAll()
    .where('resource', '=', row.id)
    .where('day', '>=', days[0]!)
    .where('day', '<=', days.at(-1)!)
    .where('state', 'in', [...openStates, 'over'])
    .orderBy('starts_at')
    .execute()
  const units = new Map<string, string>()
  for (const one of bookings) {
    const details = await openDetails(store.db, resources.sealer, one)
    units.set(one.id, details === null ? say('erased') : details.unit || details.name)
  }
  const calendar = await calendarOf(store.db, resource, visit.now)
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: row.time_zone })
  const address = `${resourceSection}/${row.id}`
  const cell = (day: Day): Html => {
    const here = bookings.filter((one) => one.day === day)
    const spans = closed.has(day) ? [] : spansOn(resource, day, calendar)
    const isClosed = spans.length === 0
    const classes = [
      ...(here.length === 0 ? ['month-empty'] : []),
      ...(isClosed ? ['month-other'] : []),
      ...(day === today ? ['month-today'] : []),
    ].join(' ')
    return html`<td class="${classes}"><time datetime="${day}"><span>${day.slice(5)}</span><span class="month-weekday">${day}</span></time>
<p class="small">${isClosed ? say('closed') : formatWorkingHours(spans)}</p>
${here.map((one) => html`<p class="small"><span class="month-time">${clock.format(new Date(one.starts_at))}–${clock.format(new Date(one.ends_at))}</span> ${units.get(one.id) ?? ''} · ${one.people} · ${translate(visit.language, `resources:state.${one.state}`)}</p>${pressButton(visit, address, { label: one.number, action: 'resources.booking', value: { booking: one.id } })}`)}</td>`
  }
  const weekdays = new Intl.DateTimeFormat(visit.language, { weekday: 'short', timeZone: 'UTC' })
  const weeks = Array.from({ length: days.length / 7 }, (_, at) => days.slice(at * 7, at * 7 + 7))
  const link = (query: string, label: string) =>
    html`<a class="button" href="${address}?${query}">${label}</a>`
  return html`<section class="panel"><div class="panel-head"><h2>${say('calendar')} ${view === 'month' ? days[7]!.slice(0, 7) : `${days[0]} – ${days[6]}`}</h2></div>
<p class="actions">${link(before, say(`earlier-${view}`))}${link(after, say(`later-${view}`))}${view === 'month' ? link(`week=${today}`, say('week')) : link(`month=${days[0]!.slice(0, 7)}`, say('month'))}</p>
${bookings.length === 0 ? html`<p class="empty">${say('no-bookings')}</p>` : ''}
<div class="month" role="region" aria-label="${say('calendar')}" tabindex="0"><table>
<thead><tr>${days.slice(0, 7).map((day) => html`<th scope="col">${weekdays.format(new Date(`${day}T00:00:00Z`))}</th>`)}</tr></thead>
<tbody>${weeks.map((week) => html`<tr>${week.map(cell)}</tr>`)}</tbody></table></div></section>`
}

function daysOf({ context }: Visit, today: Day): Shown {
  const week = context.req.query('week')
  if (week && isDay(week)) {
    const monday = addDays(week, 1 - weekdayOf(week))
    const days = [...eachDay(monday, addDays(monday, 6))]
    const [before, after] = [`week=${addDays(monday, -7)}`, `week=${addDays(monday, 7)}`]
    return { days, view: 'week', before, after }
  }
  const { month, first, last } = monthSpan(context.req.query('month'), today)
  const [before, after] = [`month=${monthsFrom(month, -1)}`, `month=${monthsFrom(month, 1)}`]
  return { days: [...eachDay(first, last)], view: 'month', before, after }
}
