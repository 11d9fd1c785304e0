import { html } from 'hono/html'
import type { FieldView } from '../../chat/form-view.ts'
import type { Language } from '../../chat/language.ts'
import {
  momentText,
  placeText,
  seatsText,
  standingText,
  statusOf,
  whenOf,
} from '../../features/events/lists/event-texts.ts'
import type { ShownEvent } from '../../features/events/registering/public-desk.ts'
import { translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { fieldRow } from './submit-fields.ts'

/** A field that people do not see, named as programs that fill in forms expect one. */
export const trapField = 'website'

/**
 * What the public is told of an event. The link of an online one is for those who come.
 * @param isDated false: when and where stands on the page already. Default true.
 */
export function eventFacts(
  {
    event,
    registering,
    dates,
    seats,
    closed,
    now,
  }: Pick<ShownEvent, 'event' | 'registering' | 'dates' | 'seats' | 'closed' | 'now'>,
  language: Language,
  { isDated = true }: { isDated?: boolean } = {},
): Html {
  const { row } = event
  const fact = (key: string, value: string) =>
    value === '' ? '' : html`<dt>${translate(language, `registration:web.fact-${key}`)}</dt><dd>${value}</dd>`
  const shared = dates < 2 ? '' : translate(language, 'registration:web.shared', { count: dates })
  // While they can come, people read here too whether only the waiting list is left.
  const taken =
    closed === ''
      ? standingText(statusOf(row, registering.row, seats, now), registering.row, seats, language)
      : seatsText(registering.row, seats, language)
  const place = placeText({ ...row, link: row.link === '' ? '' : 'https://' }, language)
  const when = html`${fact('when', whenOf(row, language, now))}${fact('series', shared)}${fact('where', place)}`
  return html`<dl class="plain-facts">${fact('number', row.number)}${isDated ? when : ''}${fact('seats', taken)}${closed === '' ? fact('closes', momentText(registering.row.closes_at, registering.row, language, now)) : ''}${fact('cost', row.cost)}${fact('contacts', row.contacts)}</dl>
${row.description === '' ? '' : html`<p class="plain-said">${row.description}</p>`}`
}

export function registrationForm(
  { event }: Pick<ShownEvent, 'event'>,
  fields: readonly FieldView[],
  once: string,
  language: Language,
): Html {
  const word = (key: string) => translate(language, `submissions:page.${key}`)
  return html`<h2>${translate(language, 'registration:form.title')}</h2>
<form method="post" action="/e/${event.row.number}" class="plain-form" novalidate>
<input type="hidden" name="once" value="${once}">
<p hidden aria-hidden="true"><input name="${trapField}" tabindex="-1" autocomplete="off"></p>
${fields.map((field) => fieldRow(field, word))}
<p class="plain-note">${translate(language, 'registration:web.privacy')}</p>
<div class="plain-steps"><button class="plain-button">${translate(language, 'registration:web.send')}</button></div></form>`
}
