import { html } from 'hono/html'
import type { EventsContext } from '../../features/events/context.ts'
import { answerText } from '../../features/events/lists/answer-text.ts'
import { momentText, registrationTitle } from '../../features/events/lists/event-texts.ts'
import {
  type ListedRegistration,
  listRegistrations,
  type RegistrationFilters,
  registrationFigures,
} from '../../features/events/lists/list-registrations.ts'
import { activeStates, type Event } from '../../features/events/records.ts'
import { openContact } from '../../features/events/registering/contact.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { csrfField, table } from '../frame.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { Visit } from '../visit.ts'
import { eventAddress, type OpenedEvent } from './event-frame.ts'
import { type EventSay, eventSay } from './event-say.ts'

const pageSize = 50
/** Of those who wait so many are listed. */
const mostWaiting = 500
const special = ['leaving', 'unconfirmed'] as const
const registrationStates = [...activeStates, 'cancelled', 'expired', 'declined'] as const

/** Who registered: in figures, as a list that is narrowed, and what may be decided about those that are ticked. */
export async function registrationsBody(
  visit: Visit,
  context: EventsContext,
  opened: OpenedEvent,
): Promise<Html> {
  const { db } = context.store
  const say = eventSay(visit)
  const { language } = visit
  const { event, may } = opened
  const { row } = event
  const query = (name: string) =>
    (visit.context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim()
  const filters = filtersIn(query)
  const after = query('after') === '' ? {} : { after: query('after') }
  const { registrations, next } = await listRegistrations(db, event, filters, { size: pageSize, ...after })
  const { byState } = await registrationFigures(db, event)
  // Names of the public lie sealed: they are for whoever may take them out of the house.
  const contacts = new Map<string, string>()
  if (may('event.export')) {
    for (const { row: one } of registrations) {
      const contact = one.name === '' ? await openContact(db, context, one) : null
      if (contact)
        contacts.set(
          one.id,
          [contact.name, contact.unit, contact.telephone].filter(Boolean).join(say('listed')),
        )
    }
  }
  const address = eventAddress(row, 'registrations')
  const asked = new URLSearchParams()
  for (const name of ['state', 'q']) if (query(name) !== '') asked.set(name, query(name))
  const option = (value: string, label: string) =>
    html`<option value="${value}"${value === query('state') ? html` selected` : ''}>${label}</option>`
  const decides = may('event.manage') && row.state !== 'cancelled'
  const header = [
    ...(decides ? [say('registration.choose')] : []),
    ...registrationColumns.map((key) => say(`registration.${key}`)),
  ]
  const rows = registrations.map((one) => [
    ...(decides
      ? [html`<input type="checkbox" name="chosen[]" value="${one.row.id}" aria-label="${nameOf(say, one)}">`]
      : []),
    nameCell(visit, event, { ...one, row: { ...one.row, name: contacts.get(one.row.id) ?? one.row.name } }),
    one.organisation || say('public'),
    html`<span class="tag${one.row.state === 'confirmed' ? ' state-open' : ''}">${registrationTitle(one.row.state, language)}</span>${one.row.asked_to_leave_at === null ? '' : html`<br><span class="tag waiting">${say('registration.leaving')}</span>`}`,
    one.row.guests === 0 ? '' : String(one.row.guests),
    minuteInChina(new Date(one.row.created_at)),
    one.registeredBy,
  ])
  const list = html`${table(say('tab.registrations'), header, rows)}`
  const done = Number(query('done'))
  return html`${query('done') !== '' && Number.isSafeInteger(done) ? html`<p class="done" role="status">${say('registration.decided', { done })}</p>` : ''}<dl class="figures">${registrationStates.filter((state) => byState[state]).map((state) => html`<div><dt>${registrationTitle(state, language)}</dt><dd>${byState[state]?.registrations ?? 0}</dd></div>`)}</dl>
<form class="panel filters" role="search" action="${address}"><div class="filters-main">
<label>${say('registration.find-name')}<input name="q" type="search" value="${query('q')}" maxlength="60"></label>
<label>${say('filter.state')}<select name="state">${option('', say('filter.all'))}${registrationStates.map((state) => option(state, registrationTitle(state, language)))}${special.map((one) => option(one, say(`registration.${one}`)))}</select></label>
<button class="primary">${say('filter.find')}</button></div></form>
<section class="panel lines">
${
  rows.length === 0
    ? html`<p class="empty">${say('registration.none')}</p>`
    : decides
      ? html`<form method="post" action="${address}?${asked}">${csrfField(visit)}${list}${decisions(say)}</form>`
      : list
}
<p class="actions">${query('after') === '' ? '' : html`<a class="button" href="${address}?${asked}">${say('list.first-page')}</a>`}${next === null ? '' : html`<a class="button" rel="next" href="${address}?${nextPage(asked, next)}">${say('list.next-page')}</a>`}</p>
${may('event.export') ? html`<p class="small">${say('export')} <a href="${eventAddress(row)}/sheet?format=xlsx" download>XLSX</a> · <a href="${eventAddress(row)}/sheet?format=csv" download>CSV</a></p>${pushButton(visit, row.number)}` : ''}
</section>`
}

const registrationColumns = ['name', 'organisation', 'state', 'guests', 'at', 'by'] as const

/** What may be done with those that are ticked. */
function decisions(say: EventSay): Html {
  return html`<div class="decisions"><label>${say('registration.reason')}<input name="reason" maxlength="200" autocomplete="off"></label>
<span class="actions"><button class="primary" name="decision" value="approve">${say('registration.approve')}</button><button name="decision" value="decline">${say('registration.decline')}</button><button class="danger" name="decision" value="cancel">${say('registration.cancel')}</button></span>
<p class="small">${say('registration.decide-hint')}</p></div>`
}

function filtersIn(query: (name: string) => string): RegistrationFilters {
  const filters: RegistrationFilters = {}
  const state = registrationStates.find((one) => one === query('state'))
  if (state) filters.states = [state]
  if (query('state') === 'leaving') Object.assign(filters, { wantsToLeave: true, states: ['confirmed'] })
  if (query('state') === 'unconfirmed')
    Object.assign(filters, { toConfirmAgain: true, states: ['confirmed'] })
  if (query('q') !== '') filters.name = query('q').slice(0, 60)
  return filters
}

function nextPage(asked: URLSearchParams, next: string): URLSearchParams {
  const query = new URLSearchParams(asked)
  query.set('after', next)
  return query
}

/** A name; of the public, whose names lie sealed, that it is one of them. */
export function nameOf(say: EventSay, { row }: ListedRegistration): string {
  return row.name === '' ? say('public-number', { number: row.seq }) : row.name
}

/** With the answers to the event's own questions below it. */
function nameCell(visit: Visit, { questions }: Event, one: ListedRegistration): Html {
  const say = eventSay(visit)
  const answers = JSON.parse(one.row.answers) as Record<string, unknown> | null
  const given = questions.flatMap((question) => {
    const text = answerText(question, answers?.[question.name], visit.language)
    return text === '' ? [] : [html`<dt>${question.label}</dt><dd class="kept-lines">${text}</dd>`]
  })
  return html`${nameOf(say, one)}${given.length === 0 ? '' : html`<details><summary>${say('registration.answers')}</summary><dl class="record-content">${given}</dl></details>`}`
}

/** Who waits for a seat, in the order in which seats are offered. */
export async function waitingBody(visit: Visit, db: Reads, opened: OpenedEvent): Promise<Html> {
  const say = eventSay(visit)
  const { language, now } = visit
  const { event, listed } = opened
  // Those with an offer first, then in the order in which seats are offered.
  const offered = await listRegistrations(db, event, { states: ['offered'] }, { size: mostWaiting })
  const waiting = await listRegistrations(
    db,
    event,
    { states: ['waiting'], byPriority: true },
    { size: mostWaiting },
  )
  const list = [...offered.registrations, ...waiting.registrations]
  const isCut = waiting.registrations.length < listed.seats.waiting
  const keys = ['place', 'name', 'organisation', 'state', 'priority', 'people', 'at', 'until'] as const
  let place = 0
  const rows = list.map((one) => [
    one.row.state === 'offered' ? '—' : String(++place),
    nameCell(visit, event, one),
    one.organisation || say('public'),
    html`<span class="tag${one.row.state === 'offered' ? ' state-open' : ''}">${registrationTitle(one.row.state, language)}</span>`,
    String(one.row.priority),
    String(one.row.guests + 1),
    minuteInChina(new Date(one.row.created_at)),
    one.row.offer_until === null ? '' : momentText(one.row.offer_until, event.row, language, now),
  ])
  return html`<section class="panel lines"><h2>${say('waiting.title', { count: offered.registrations.length + listed.seats.waiting })}</h2>
<p class="small">${say(event.row.has_waiting_list ? 'waiting.hint' : 'waiting.off', { hours: event.row.offer_hours })}</p>
${
  rows.length === 0
    ? html`<p class="empty">${say('waiting.none')}</p>`
    : table(
        say('tab.waiting'),
        keys.map((key) => say(`waiting.${key}`)),
        rows,
      )
}${isCut ? html`<p class="small">${say('attendance.cut', { count: mostWaiting })}</p>` : ''}</section>`
}
