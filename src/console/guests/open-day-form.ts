import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Language } from '../../chat/language.ts'
import { longestDetail } from '../../features/resources/booking/book.ts'
import { keptDays } from '../../features/resources/booking/clocks.ts'
import { kindOf, limitsOf } from '../../features/resources/finding/resource-cards.ts'
import type { ResourceKinds } from '../../features/resources/kinds.ts'
import { showOpenHours } from '../../features/resources/open-hours.ts'
import type { Resource } from '../../features/resources/records.ts'
import type { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { type Html, plainPage } from '../../platforms/web/plain-page.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'

/** What an outside unit fills in, as typed. */
export interface OpenDayRequest {
  unit: string
  name: string
  phone: string
  people: string
  day: string
  from: string
  to: string
  wishes: string
  purpose: string
}

export const emptyRequest: OpenDayRequest = {
  ...{ unit: '', name: '', phone: '', people: '', day: '', from: '', to: '', wishes: '', purpose: '' },
}

/** What there is to know before asking. */
export function resourceFacts(
  { row, hours, closed }: Resource,
  kinds: ResourceKinds,
  language: Language,
): Html {
  const fact = (key: string) => translate(language, `resources:fact.${key}`)
  const facts: [string, string][] = [
    [fact('kind'), kindOf(row, kinds, language)],
    [fact('subjects'), row.subjects],
    [fact('place'), [row.region, row.place].filter(Boolean).join(' ')],
    [fact('hours'), showOpenHours(hours, language)],
    [fact('closed'), [...closed].slice(0, 12).join('、')],
    [fact('limits'), limitsOf(row, language)],
    [fact('rules'), row.rules],
    [fact('call'), row.contact],
  ]
  return html`${row.photo === null ? '' : html`<p><img src="/r/${row.id}/photo" alt="${row.title}" width="320"></p>`}
<dl class="plain-facts">${facts.filter(([, value]) => value !== '').map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
}

/** The form with what was typed, and above it what was not taken. */
export function requestForm(
  { row }: Resource,
  request: OpenDayRequest,
  problem: PlainError | null,
  language: Language,
): Html {
  const word = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `resources:page.${key}`, values)
  const field = (name: keyof OpenDayRequest, type: string, more: Html | '' = '') =>
    html`<div class="plain-field"><label for="field-${name}">${word(name)}</label><input id="field-${name}" name="${name}" type="${type}" value="${request[name]}" autocomplete="off"${more}></div>`
  const text = (name: 'unit' | 'name' | 'phone' | 'wishes', required: boolean) =>
    field(name, 'text', html` maxlength="${longestDetail[name]}"${required ? html` required` : ''}`)
  const isDay = request.day === '' || /^\d{4}-\d\d-\d\d$/.test(request.day)
  const isTime = (time: string) => time === '' || /^\d\d:\d\d$/.test(time)
  const required = html` required`
  return html`<h2>${word('ask')}</h2>
${problem ? html`<p class="plain-problem" role="alert">${translate(language, problem.key, problem.values)}</p>` : ''}
<form method="post" action="/r/${row.id}" class="plain-form">
${text('unit', true)}${text('name', true)}${text('phone', true)}
${field('people', 'text', html` inputmode="numeric" maxlength="6" required`)}
${field('day', isDay ? 'date' : 'text', required)}
${field('from', isTime(request.from) ? 'time' : 'text', required)}
${field('to', isTime(request.to) ? 'time' : 'text', required)}
${text('wishes', false)}
<div class="plain-field"><label for="field-purpose">${word('purpose')}</label><textarea id="field-purpose" name="purpose" rows="3" maxlength="${longestDetail.purpose}" required>${request.purpose}</textarea></div>
<div hidden><label>${word('trap')}<input name="website" tabindex="-1" autocomplete="off"></label></div>
<label class="plain-choice"><input type="checkbox" name="consent" value="yes" required> ${word('consent', { days: keptDays })}</label>
<div class="plain-steps"><button class="plain-button">${word('send')}</button></div></form>`
}

/** The number and, once, the code. */
export function sentPage(context: Context, { number, code }: { number: string; code: string }) {
  const language = screenLanguage(context)
  const word = (key: string, values: Record<string, string> = {}) =>
    translate(language, `resources:page.${key}`, values)
  return plainPage(context, 200, {
    title: word('sent'),
    text: word('sent-text'),
    language,
    more: html`<dl class="plain-facts"><dt>${word('number')}</dt><dd>${number}</dd><dt>${word('code')}</dt><dd><strong>${code}</strong></dd></dl>
<p class="plain-note">${word('code-note')}</p>
<p class="plain-note"><a class="plain-link" href="/open-day/receipt">${word('follow')}</a></p>`,
  })
}
