import type { Context, Hono, MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import { eventHeadline, registrationTitle, whenOf, whereOf } from '../features/events/lists/event-texts.ts'
import type { FollowedRegistration, PublicDesk } from '../features/events/registering/public-desk.ts'
import { translate } from '../messages/translate.ts'
import { clientAddress, type TrustsProxy } from '../platforms/web/client-address.ts'
import { plainPage, refuse } from '../platforms/web/plain-page.ts'
import { isFromOwnPage } from '../platforms/web/same-origin.ts'
import { screenLanguage } from '../platforms/web/screen-language.ts'
import { fieldsOf } from './form-fields.ts'

export interface FollowOptions {
  desk: PublicDesk
  small: MiddlewareHandler
  trustProxy: TrustsProxy
  plainly(context: Context, work: () => Promise<Response>): Promise<Response>
}

const deeds = ['cancel', 'accept-offer', 'decline-offer', 'confirm-again', 'erase'] as const
/** What takes something away is asked twice. */
const needsBox: ReadonlySet<string> = new Set(['cancel', 'decline-offer', 'erase'])

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
      const wanted = deeds.find((deed) => deed === text('do'))
      const deed = wanted && needsBox.has(wanted) && text('sure') !== 'yes' ? undefined : wanted
      const number = context.req.param('number').normalize('NFKC').slice(0, 30)
      const who = `address ${clientAddress(context, trustProxy)}`
      const followed = await desk.follow({ number, code, who }, language, deed)
      if (typeof followed === 'string') {
        const status = followed === 'wrong' ? 404 : 429
        return ask(context, status, translate(language, `help:receipt.${followed}`))
      }
      return showFollowed(context, followed, code)
    }),
  )
}

function showFollowed(context: Context, followed: FollowedRegistration, code: string) {
  const language = screenLanguage(context)
  const { event, told, name, may, done, codeUrl, now } = followed
  const { registration, position } = told
  const word = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `registration:web.${key}`, values)
  const state = registrationTitle(registration.state, language)
  const buttons = may.map((deed) => {
    const box = needsBox.has(deed)
      ? html`<label class="plain-choice"><input type="checkbox" name="sure" value="yes" required> ${word(`sure-${deed}`)}</label>`
      : ''
    return html`<form method="post" action="/e/${event.row.number}/registration" class="plain-form"><input type="hidden" name="code" value="${code}"><input type="hidden" name="do" value="${deed}">${box}<button class="${box === '' ? 'plain-button' : 'plain-quiet'}">${word(`do-${deed}`)}</button></form>`
  })
  return plainPage(context, 200, {
    title: eventHeadline(event.row),
    text: position === null ? state : word('at', { state, position }),
    language,
    more: html`${done === '' ? '' : html`<p class="plain-said" role="status"><strong>${done}</strong></p>`}
<dl class="plain-facts">${name === '' ? '' : html`<dt>${word('name')}</dt><dd>${name}</dd>`}<dt>${word('fact-when')}</dt><dd>${whenOf(event.row, language, now)}</dd><dt>${word('fact-where')}</dt><dd>${whereOf(event.row, language)}</dd>${registration.guests > 0 ? html`<dt>${translate(language, 'registration:form.guests')}</dt><dd>${registration.guests}</dd>` : ''}</dl>
${registration.state === 'confirmed' && event.row.link !== '' ? html`<p><a class="plain-link" href="${event.row.link}" rel="noreferrer">${translate(language, 'registration:told.join')}</a></p>` : ''}
${codeUrl === '' ? '' : html`<p><a class="plain-link" href="${new URL(codeUrl).pathname}">${word('check-in')}</a></p>`}
${buttons}`,
  })
}
