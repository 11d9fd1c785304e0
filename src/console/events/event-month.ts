import { html } from 'hono/html'
import type { Html } from '../../platforms/web/plain-page.ts'
import { addDays, type Day, dayIn, eachDay, lastDayOfMonth, weekdayOf } from '../../timers/calendar/day.ts'
import { defaultZone } from '../../timers/calendar/working-hours.ts'
import type { Visit } from '../visit.ts'
import type { ListedEvent } from './event-list.ts'
import { eventSay } from './event-say.ts'

/** Of the events of a day so many are named; the others are counted. */
const mostOfDay = 4

/** A month as a page shows it: whole weeks from Monday to Sunday. */
export interface MonthSpan {
  /** `2026-03`. */
  month: string
  first: Day
  last: Day
}

/** The month asked for in an address, else that of `today`. */
export function monthSpan(asked: string | undefined, today: Day): MonthSpan {
  const month = asked && /^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7)
  const [begins, ends] = [`${month}-01`, lastDayOfMonth(`${month}-01`)]
  return { month, first: addDays(begins, 1 - weekdayOf(begins)), last: addDays(ends, 7 - weekdayOf(ends)) }
}

/** The month so many later: `2026-12`, 1 → `2027-01`. */
export function monthsFrom(month: string, more: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + more
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** On which days of China each event takes place, within the span. */
function byDay(events: readonly ListedEvent[], { first, last }: MonthSpan): Map<Day, ListedEvent[]> {
  const days = new Map<Day, ListedEvent[]>()
  for (const event of events) {
    const from = dayIn(defaultZone, new Date(event.row.starts_at))
    // What ends at midnight does not take place on the day that begins then.
    const until = dayIn(defaultZone, new Date(Date.parse(event.row.ends_at) - 1))
    for (const day of eachDay(from < first ? first : from, until > last ? last : until)) {
      days.set(day, [...(days.get(day) ?? []), event])
    }
  }
  return days
}

/** A month of events as a table; on a phone it reads as a list of the days on which there is something. */
export function monthTable(visit: Visit, span: MonthSpan, events: readonly ListedEvent[]): Html {
  const say = eventSay(visit)
  const days = byDay(events, span)
  const weekdays = new Intl.DateTimeFormat(visit.language, { weekday: 'short', timeZone: 'UTC' })
  const weekday = (day: Day) => weekdays.format(new Date(`${day}T00:00:00Z`))
  const all = [...eachDay(span.first, span.last)]
  const weeks = Array.from({ length: all.length / 7 }, (_, i) => all.slice(i * 7, i * 7 + 7))
  const cell = (day: Day): Html => {
    const here = days.get(day) ?? []
    const classes = [
      ...(here.length === 0 ? ['month-empty'] : []),
      ...(day.startsWith(span.month) ? [] : ['month-other']),
      ...(day === visit.today ? ['month-today'] : []),
    ].join(' ')
    return html`<td class="${classes}"><time datetime="${day}"><span>${Number(day.slice(8))}</span><span class="month-weekday">${say('month.day', { month: Number(day.slice(5, 7)), day: Number(day.slice(8)), weekday: weekday(day) })}</span></time>
${
  here.length === 0 ? '' : html`<ul>${here.slice(0, mostOfDay).map((one) => monthEvent(one, day))}</ul>`
}${here.length > mostOfDay ? html`<p class="small">${say('month.more', { count: here.length - mostOfDay })}</p>` : ''}</td>`
  }
  return html`<div class="month" role="region" aria-label="${say('month.label')}" tabindex="0"><table>
<thead><tr>${weeks[0]?.map((day) => html`<th scope="col">${weekday(day)}</th>`)}</tr></thead>
<tbody>${weeks.map((week) => html`<tr>${week.map(cell)}</tr>`)}</tbody>
</table></div>`
}

function monthEvent({ row }: ListedEvent, day: Day): Html {
  const begins = new Date(row.starts_at)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: defaultZone, hour: '2-digit', minute: '2-digit' })
  const isFirst = dayIn(defaultZone, begins) === day
  return html`<li class="month-${row.state}"><a href="/console/events/${row.id}">${isFirst ? html`<span class="month-time">${time.format(begins)}</span> ` : ''}${row.title}</a></li>`
}
