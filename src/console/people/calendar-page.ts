import { html } from 'hono/html'
import { translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import type { Leave } from '../../timers/calendar/leave.ts'
import type { OwnDay } from '../../timers/calendar/own-days.ts'
import type { YearOverview } from '../../timers/calendar/year-overview.ts'
import { csrfField, table } from '../frame.ts'
import type { VisibleOrganisation } from '../members.ts'
import type { Visit } from '../visit.ts'

/** What the calendar's page shows. */
export interface CalendarPage {
  organisations: readonly VisibleOrganisation[]
  chosen: VisibleOrganisation
  overview: YearOverview
  /** Those that hold in the chosen organisation, its own or inherited. */
  hours: string
  zone: string
  hasOwnHours: boolean
  ownDays: readonly OwnDay[]
  leave: readonly (Leave & { name: string; mayEnd: boolean })[]
  mayEdit: boolean
  /** Something was just saved. */
  done: boolean
}

const section = '/console/calendar'

export function calendarBody(visit: Visit, page: CalendarPage): Html {
  const say = sayIn(visit)
  const { organisations, chosen, overview } = page
  return html`<h1>${say('calendar:console.title')}</h1>
<p class="lead">${say('calendar:console.lead')}</p>
${page.done ? html`<p class="done" role="status">${say('calendar:console.done')}</p>` : ''}
<form class="panel fields" method="get" action="${section}">
<label>${visit.say('people.organisation')}<select name="organisation">${organisations.map(({ id, path }) => html`<option value="${id}"${id === chosen.id ? html` selected` : ''}>${path.split('/').join(' › ')}</option>`)}</select></label>
<label>${say('calendar:console.year')}<input type="number" name="year" min="1950" max="2199" value="${overview.year}"></label>
<button>${say('calendar:console.show')}</button></form>
${yearPanel(visit, overview)}
${hoursPanel(visit, page)}
${daysPanel(visit, page)}
${leavePanel(visit, page)}`
}

function sayIn({ language }: Visit) {
  return (key: string, values?: Record<string, string | number>) => translate(language, key, values)
}

/** What every form of the page sends back, to return to where it stood. */
function hidden(visit: Visit, { chosen, overview }: CalendarPage): Html {
  return html`${csrfField(visit)}<input type="hidden" name="organisation" value="${chosen.id}"><input type="hidden" name="year" value="${overview.year}">`
}

function yearPanel(visit: Visit, { year, source, holidays }: YearOverview): Html {
  const say = sayIn(visit)
  const title = say('calendar:year.title', { year })
  const span = ({ first, last }: { first: string; last: string }) =>
    first === last ? first : say('calendar:year.span', { first, last })
  const rows = holidays.map(({ name, off, work }) => [name, off.map(span).join('、'), work.join('、')])
  const header = [say('calendar:year.holiday'), say('calendar:year.off'), say('calendar:year.work')]
  return html`<section class="panel"><div class="panel-head"><h2>${title}</h2>${source === null ? html`<span class="tag waiting">${say('calendar:console.provisional-tag')}</span>` : ''}</div>
<p class="small">${
    source === null
      ? say('calendar:year.provisional', { year })
      : say('calendar:year.published', {
          source: source === 'chinese-days' ? say('calendar:year.built-in') : source,
        })
  }</p>
${table(title, header, rows)}</section>`
}

function hoursPanel(visit: Visit, page: CalendarPage): Html {
  const say = sayIn(visit)
  const { hours, zone, hasOwnHours, mayEdit } = page
  return html`<section class="panel"><h2>${say('calendar:console.hours')}</h2>
<p class="prose">${say('calendar:console.hours-now', { hours, zone })} <span class="tag">${say(hasOwnHours ? 'calendar:console.hours-own' : 'calendar:console.hours-from-above')}</span></p>
${
  mayEdit
    ? html`<form method="post" action="${section}/hours" class="fields">${hidden(visit, page)}
<label>${say('calendar:console.hours-label')}<input name="hours" value="${hours}" maxlength="80"></label>
<span class="actions"><button class="primary">${say('calendar:console.hours-set')}</button>${hasOwnHours ? html`<button name="inherit" value="yes">${say('calendar:console.hours-inherit')}</button>` : ''}</span></form>`
    : ''
}</section>`
}

function daysPanel(visit: Visit, page: CalendarPage): Html {
  const say = sayIn(visit)
  const { ownDays, mayEdit, overview } = page
  const kind = (working: boolean) => say(working ? 'calendar:day.working' : 'calendar:day.off')
  const clear = (day: string) =>
    html`<form method="post" action="${section}/days">${hidden(visit, page)}<input type="hidden" name="day" value="${day}"><button name="kind" value="clear">${say('calendar:console.day-clear')}</button></form>`
  const rows = ownDays.map(({ day, working, name }) => [day, kind(working), name, mayEdit ? clear(day) : ''])
  const header = [
    say('calendar:console.day'),
    say('calendar:console.kind'),
    say('calendar:console.name'),
    say('calendar:console.change'),
  ]
  return html`<section class="panel"><h2>${say('calendar:console.days')}</h2>
<p class="small">${say('calendar:console.days-hint')}</p>
${rows.length === 0 ? html`<p class="empty">${say('calendar:console.no-days', { year: overview.year })}</p>` : table(say('calendar:console.days'), header, rows)}
${
  mayEdit
    ? html`<form method="post" action="${section}/days" class="fields">${hidden(visit, page)}
<label>${say('calendar:console.day')}<input type="date" name="day" required></label>
<label>${say('calendar:console.kind')}<select name="kind"><option value="off">${kind(false)}</option><option value="work">${kind(true)}</option></select></label>
<label>${say('calendar:console.name')}<input name="name" maxlength="60" autocomplete="off"></label>
<button class="primary">${say('calendar:console.day-add')}</button></form>`
    : ''
}</section>`
}

function leavePanel(visit: Visit, page: CalendarPage): Html {
  const say = sayIn(visit)
  const { leave } = page
  const end = (id: string) =>
    html`<form method="post" action="${section}/leave/end">${hidden(visit, page)}<button name="leave" value="${id}">${say('calendar:console.leave-end')}</button></form>`
  const rows = leave.map((one) => [one.name, one.first, one.last, one.note, one.mayEnd ? end(one.id) : ''])
  const columns = [
    say('calendar:console.person'),
    say('calendar:console.first'),
    say('calendar:console.last'),
    say('calendar:console.note'),
    say('calendar:console.change'),
  ]

  return html`<section class="panel"><h2>${say('calendar:console.leave')}</h2>
${rows.length === 0 ? html`<p class="empty">${say('calendar:console.no-leave')}</p>` : table(say('calendar:console.leave'), columns, rows)}</section>
${
  page.mayEdit
    ? html`<details class="panel form-panel" id="add-leave"><summary>${say('calendar:console.leave-add')}</summary>
<form method="post" action="${section}/leave" class="fields">${hidden(visit, page)}
<label>${say('calendar:console.person')}<input name="name" required maxlength="60" autocomplete="off"></label>
<label>${say('calendar:console.first')}<input type="date" name="first" required></label>
<label>${say('calendar:console.last')}<input type="date" name="last"></label>
<label>${say('calendar:console.note')}<input name="note" maxlength="200"></label>
<button class="primary">${say('calendar:console.leave-add-button')}</button></form></details>`
    : ''
}`
}
