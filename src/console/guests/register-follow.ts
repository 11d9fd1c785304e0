import type { Context, Hono, MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import { eventHeadline, registrationTitle } from '../../features/events/lists/event-texts.ts'
import { isActive } from '../../features/events/records.ts'
import type { FollowedAct } from '../../features/events/registering/followed-registration.ts'
import type { FollowedAfter, PublicDesk } from '../../features/events/registering/public-desk.ts'
import { translate } from '../../messages/translate.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { plainPage, refuse } from '../../platforms/web/plain-page.ts'
import { isFromOwnPage } from '../../platforms/web/same-origin.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import { fieldsOf } from '../form-fields.ts'
import { receiptAfter, receiptDates } from './register-receipt.ts'

export interface FollowOptions {
  desk: PublicDesk
  small: MiddlewareHandler
  trustProxy: TrustsProxy
  plainly(context: Context, work: () => Promise<Response>): Promise<Response>
}

const deeds = ['cancel', 'accept-offer', 'decline-offer', 'confirm-again', 'erase'] as const
/** What takes something away is asked twice. */
const needsBox: ReadonlySet<string> = new Set(['cancel', 'decline-offer', 'erase'])

/** What a form of this page asks for; undefined: it only looks, or the box was not ticked. */
function actOf(text: (name: string) => string, number: string): FollowedAct | undefined {
  const wanted = text('do')
  if (wanted === 'ask-to-leave') return { type: wanted, reason: text('reason') }
  if (wanted === 'rate')
    return { type: wanted, number, rating: Number(text('rating')), comment: text('comment') }
  const deed = deeds.find((one) => one === wanted)
  if (!deed || (needsBox.has(deed) && text('sure') !== 'yes')) return undefined
  return { type: deed }
}

/** What became of a registration of the public, for whoever has its code, and what can be done about it. */
export function addFollowRoutes(app: Hono, { desk, small, trustProxy, plainly }: FollowOptions): void {
  const ask = (context: Context, status: 200 | 404 | 429, text: string) => {
    const language = screenLanguage(context)
    const number = (context.req.param('number') ?? '').slice(0, 30)
    return plainPage(context, status, {
      title: translate(language, 'registration:web.follow'),
      text,
      language,
      more: html`<form method="post" action="/e/${encodeURIComponent(number)}/registration" class="plain-form">
<label>${translate(language, 'help:receipt.code')}<input name="code" maxlength="12" autocomplete="off" autocapitalize="characters" spellcheck="false" required></label>
<button class="plain-button">${translate(language, 'help:receipt.find')}</button></form>`,
    })
  }

  // Numbers that exist and those that do not look alike.
  app.get('/e/:number/registration', (context) =>
    ask(context, 200, translate(screenLanguage(context), 'registration:web.follow-text')),
  )

  app.post('/e/:number/registration', small, (context) =>
    plainly(context, async () => {
      if (!isFromOwnPage(context)) return refuse(context, 403, 'console:stale-form')
      const language = screenLanguage(context)
      const { text } = await fieldsOf(context)
      const code = text('code').replaceAll(/\s/g, '').slice(0, 12)
      const number = context.req.param('number').normalize('NFKC').slice(0, 30)
      const who = `address ${clientAddress(context, trustProxy)}`
      const act = actOf(text, number)
      const followed = await desk.follow({ number, code, who }, language, act)
      if (typeof followed === 'string') {
        const status = followed === 'wrong' ? 404 : 429
        return ask(context, status, translate(language, `help:receipt.${followed}`))
      }
      return showFollowed(context, followed, { code, act })
    }),
  )
}

function showFollowed(
  context: Context,
  followed: FollowedAfter,
  { code, act }: { code: string; act: FollowedAct | undefined },
) {
  const language = screenLanguage(context)
  const { event, registration, name, position, may, said, isRefused, isOver, now } = followed
  const word = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `registration:web.${key}`, values)
  const state = registrationTitle(registration.state, language)
  const buttons = may.map((deed) => {
    const box = needsBox.has(deed)
      ? html`<label class="plain-choice"><input type="checkbox" name="sure" value="yes" required> ${word(deed === 'erase' && (isOver || !isActive(registration)) ? 'sure-erase-over' : `sure-${deed}`)}</label>`
      : ''
    const reason =
      deed === 'ask-to-leave'
        ? html`<label>${word('ask-to-leave')} <textarea name="reason" rows="3" maxlength="500" required>${isRefused && act?.type === deed ? act.reason : ''}</textarea></label>`
        : ''
    const label =
      deed === 'ask-to-leave' ? translate(language, `registration:button.${deed}`) : word(`do-${deed}`)
    return html`<form method="post" action="/e/${event.row.number}/registration" class="plain-form"><input type="hidden" name="code" value="${code}"><input type="hidden" name="do" value="${deed}">${box}${reason}<button class="${box === '' && reason === '' ? 'plain-button' : 'plain-quiet'}">${label}</button></form>`
  })
  const isAsked = registration.state === 'confirmed' && registration.asked_to_leave_at !== null && !isOver
  const facts = [
    [word('name'), name],
    [translate(language, 'registration:form.guests'), registration.guests > 0 ? registration.guests : ''],
    [word('fact-contacts'), event.row.contacts],
  ].filter(([, value]) => value !== '')
  return plainPage(context, isRefused ? 422 : 200, {
    title: eventHeadline(event.row),
    text: position === null ? state : word('at', { state, position }),
    language,
    more: html`${said === '' ? '' : html`<p class="plain-said" role="${isRefused ? 'alert' : 'status'}"><strong>${said}</strong></p>`}
${isAsked && act?.type !== 'ask-to-leave' ? html`<p class="plain-note">${word('asked')}</p>` : ''}
${receiptAfter(followed, { code, typed: isRefused && act?.type === 'rate' ? act : null, language })}
${receiptDates(followed, language, now)}
<dl class="plain-facts">${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
${buttons}`,
  })
}
