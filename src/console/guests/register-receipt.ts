import { html } from 'hono/html'
import type { Language } from '../../chat/language.ts'
import { whenOf, whereOf } from '../../features/events/lists/event-texts.ts'
import type { FollowedDate } from '../../features/events/registering/followed-dates.ts'
import type {
  FollowedAct,
  FollowedRegistration,
} from '../../features/events/registering/followed-registration.ts'
import { translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'

/** When and where, with the check-in code, the link and the calendar file; of a series each date. */
export function receiptDates(
  { dates, registration, calendarUrl, isOver }: FollowedRegistration,
  language: Language,
  now: Date,
): Html {
  const word = (key: string) => translate(language, `registration:web.${key}`)
  const code = ({ codeUrl }: FollowedDate) =>
    codeUrl === ''
      ? ''
      : html`<a class="plain-link" href="${new URL(codeUrl).pathname}">${word('check-in')}</a>`
  const join = ({ event, isOver }: FollowedDate) =>
    registration.state === 'confirmed' && !isOver && event.row.link !== ''
      ? html`<a class="plain-link" href="${event.row.link}" rel="noreferrer">${translate(language, 'registration:told.join')}</a>`
      : ''
  const calendar =
    calendarUrl === '' || isOver
      ? ''
      : html`<p><a class="plain-link" href="${new URL(calendarUrl).pathname}">${word('calendar')}</a></p>`
  const [only] = dates
  if (only && dates.length === 1) {
    const links = [standing(only, word), code(only), join(only)].filter((link) => link !== '')
    return html`<dl class="plain-facts"><dt>${word('fact-when')}</dt><dd>${whenOf(only.event.row, language, now)}</dd><dt>${word('fact-where')}</dt><dd>${whereOf(only.event.row, language)}</dd></dl>
${links.map((link) => html`<p>${link}</p>`)}${calendar}`
  }
  return html`<h2>${word('dates')}</h2><ul class="plain-list">${dates.map((date) => html`<li>${whenOf(date.event.row, language, now)} ${whereOf(date.event.row, language)} ${standing(date, word)} ${code(date)} ${join(date)}</li>`)}</ul>${calendar}`
}

function standing({ event, isOver, wasThere }: FollowedDate, word: (key: string) => string): Html | '' {
  if (event.row.state === 'cancelled') return html`<strong>${word('is-off')}</strong>`
  if (wasThere) return html`<strong>${word('is-there')}</strong>`
  return isOver ? html`<strong>${word('is-over')}</strong>` : ''
}

/** What follows from each date at which they were: thanks, what is handed out, and the question how it was. */
export function receiptAfter(
  { dates }: FollowedRegistration,
  {
    code,
    typed,
    language,
  }: { code: string; typed: Extract<FollowedAct, { type: 'rate' }> | null; language: Language },
): Html {
  const said = (key: string, values = {}) => translate(language, `check-in:${key}`, values)
  const rating = ({ event: { row }, rating }: FollowedDate) => {
    if (rating === 'none') return ''
    if (rating === 'given') return html`<p class="plain-note">${said('feedback.given')}</p>`
    const mine = typed?.number === row.number ? typed : null
    const options = [5, 4, 3, 2, 1].map(
      (one) =>
        html`<option value="${one}"${mine?.rating === one ? html` selected` : ''}>${said(`feedback.rating-${one}`)}</option>`,
    )
    return html`<form method="post" action="/e/${row.number}/registration" class="plain-form"><input type="hidden" name="code" value="${code}"><input type="hidden" name="do" value="rate">
<label>${said('feedback.rating')}<select name="rating" required><option value=""></option>${options}</select></label>
<label>${said('feedback.comment')} <textarea name="comment" rows="3" maxlength="1000">${mine?.comment ?? ''}</textarea></label>
<p class="plain-note">${said('feedback.seen-unsigned')}</p><button class="plain-button">${said('feedback.open')}</button></form>`
  }
  const thanked = dates.filter(({ wasThere, event }) => wasThere && event.row.state === 'over')
  return html`${thanked.map(
    (
      date,
    ) => html`<section class="plain-after"><h2>${said('receipt.thanks', { title: date.event.row.title })}</h2>
${date.materials.length === 0 ? '' : html`<ul class="plain-list">${date.materials.map(({ name, url }) => html`<li><a class="plain-link" href="${new URL(url).pathname}">${name}</a></li>`)}</ul><p class="plain-note">${said('materials.note')}</p>`}
${rating(date)}</section>`,
  )}`
}
