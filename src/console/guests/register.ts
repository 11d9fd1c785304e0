import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { FieldView } from '../../chat/form-view.ts'
import type { EventsContext } from '../../features/events/context.ts'
import { createPublicDesk, type ShownEvent } from '../../features/events/registering/public-desk.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { mostRates } from '../../platforms/web/limits.ts'
import { plainPage, refuse } from '../../platforms/web/plain-page.ts'
import { RateLimit } from '../../platforms/web/rate-limit.ts'
import { isFromOwnPage } from '../../platforms/web/same-origin.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import { largestForm, largestRegistration, pagesPerMinute, registrationsPerHour } from '../limits.ts'
import { addFollowRoutes } from './register-follow.ts'
import { eventFacts, registrationForm, trapField } from './register-parts.ts'
import { receiptDates } from './register-receipt.ts'
import { readSent } from './sent-page.ts'

export interface RegisterOptions {
  events: EventsContext
  clock: () => Date
  trustProxy: TrustsProxy
}

/**
 * `/e/NUMBER`: the page of a public event, behind the QR code of its poster, with the form for people without account;
 * `/e/NUMBER/registration`: what became of it, for whoever has the code. Works without scripts.
 */
export function createRegisterPages({ events, clock, trustProxy }: RegisterOptions): Hono {
  const app = new Hono()
  const desk = createPublicDesk(events)
  const pages = new RateLimit(pagesPerMinute, mostRates, clock)
  const registrations = new RateLimit(registrationsPerHour, mostRates, clock, 3600_000)

  app.use('/e/*', async (context, next) => {
    context.header('Vary', 'Accept-Language, Cookie')
    context.header('X-Robots-Tag', 'noindex')
    if (pages.take(clientAddress(context, trustProxy)) > 0)
      return refuse(context, 429, 'registration:web.too-many')
    return next()
  })

  const upTo = (maxSize: number) =>
    bodyLimit({ maxSize, onError: (context) => refuse(context, 413, 'console:too-large') })
  const small = upTo(largestForm)

  /** What is plainly refused is a page too. */
  async function plainly(context: Context, work: () => Promise<Response>): Promise<Response> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      const status = error.key === 'registration:refused.no-such-event' ? 404 : 400
      return refuse(context, status, error.key, error.values)
    }
  }

  app.get('/e/:number', (context) =>
    plainly(context, async () => {
      const shown = await desk.show(context.req.param('number'), screenLanguage(context))
      return showEvent(context, shown, { fields: shown.fields, once: randomUUID() })
    }),
  )

  app.post('/e/:number', upTo(largestRegistration), (context) =>
    plainly(context, async () => {
      if (!isFromOwnPage(context)) return refuse(context, 403, 'console:stale-form')
      const language = screenLanguage(context)
      const number = context.req.param('number')
      const { values } = await readSent(context)
      const once = typeof values.once === 'string' && values.once !== '' ? values.once : randomUUID()
      // Nobody sees this field; what fills it in fills in everything.
      if ((values[trapField] ?? '') !== '') return refuse(context, 400, 'console:not-understood')
      if (registrations.take(clientAddress(context, trustProxy)) > 0)
        return refuse(context, 429, 'registration:web.too-many')
      const result = await desk.register(number, values, { once, language })
      if ('fields' in result)
        return showEvent(context, result.shown, { fields: result.fields, once, wrong: true })
      const { shown, isRefused, said } = result
      if (isRefused) {
        return plainPage(context, 409, {
          title: shown.event.row.title,
          text: said,
          language,
          more: html`${eventFacts(shown, language)}${followLink(shown, language)}`,
        })
      }
      const word = (key: string) => translate(language, `registration:web.${key}`)
      return plainPage(context, 200, {
        title: shown.event.row.title,
        text: said === '' ? word('queued') : said,
        language,
        more: html`<section class="plain-code"><h2>${word('code')}</h2><p class="plain-said"><strong>${result.code}</strong></p><p class="plain-note">${word('code-note')}</p></section>
${result.followed ? receiptDates(result.followed, language, shown.now) : ''}
${eventFacts(shown, language, { isDated: result.followed === null })}${followLink(shown, language)}`,
      })
    }),
  )

  addFollowRoutes(app, { desk, small, trustProxy, plainly })
  return app
}

function followLink({ event }: ShownEvent, language: 'zh-CN' | 'en') {
  return html`<p class="plain-note"><a class="plain-link" href="/e/${event.row.number}/registration">${translate(language, 'registration:web.follow')}</a></p>`
}

function showEvent(
  context: Context,
  shown: ShownEvent,
  { fields, once, wrong = false }: { fields: FieldView[]; once: string; wrong?: boolean },
) {
  const language = screenLanguage(context)
  const { event, closed } = shown
  const text = wrong ? translate(language, 'submissions:page.check') : event.row.organisers
  return plainPage(context, wrong ? 422 : 200, {
    title: event.row.title,
    text,
    language,
    more: html`${eventFacts(shown, language)}
${closed === '' ? registrationForm(shown, fields, once, language) : html`<p class="plain-said"><strong>${closed}</strong></p>`}
${followLink(shown, language)}`,
  })
}
