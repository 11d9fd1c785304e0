import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { accountKey } from '../../chat/keys.ts'
import type { Language } from '../../chat/language.ts'
import { openMaterial } from '../../features/events/after/materials.ts'
import { checkIn, checkInOf } from '../../features/events/check-in/attend.ts'
import { answerText } from '../../features/events/check-in/check-in-cards.ts'
import { checkInTime, isWithin } from '../../features/events/check-in/check-in-time.ts'
import { holdsLinkCode, holdsTicket, signTicket } from '../../features/events/check-in/event-code.ts'
import { eventOfCode, judgeCode, judgedKeys } from '../../features/events/check-in/judge-code.ts'
import { ownCodeOf } from '../../features/events/check-in/own-code.ts'
import { registrationOfAccount } from '../../features/events/check-in/registrations.ts'
import type { EventsContext } from '../../features/events/context.ts'
import { momentText, whenOf } from '../../features/events/lists/event-texts.ts'
import { type Event, findEvent, type RegistrationRow } from '../../features/events/records.ts'
import { findByCode } from '../../features/events/registering/public-registration.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { knownGuest } from '../../platforms/web/guest.ts'
import { mostRates } from '../../platforms/web/limits.ts'
import { type Html, plainPage, refuse } from '../../platforms/web/plain-page.ts'
import { RateLimit } from '../../platforms/web/rate-limit.ts'
import { isFromOwnPage } from '../../platforms/web/same-origin.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import type { Blobs } from '../../store/blobs.ts'
import { fieldsOf } from '../form-fields.ts'
import { largestForm, pagesPerMinute } from '../limits.ts'
import { qrCode } from '../qr-code.ts'
import type { BrowserSessions } from '../sign-in/browser-sessions.ts'

export interface CheckInLinksOptions {
  events: EventsContext
  sessions: Pick<BrowserSessions, 'read'>
  blobs: Blobs
  clock: () => Date
  trustProxy: TrustsProxy
}

/** Whose ticket it is where nobody is signed in: they show who they are by the receipt code. */
const nobody = 'public'

/**
 * Links of check-in, for whoever comes: `/c/CODE` shows somebody's own code, `/c/e/NUMBER/CODE` stands behind the code on
 * the screen, `/c/m/…` hands out a file. A look changes nothing: chats fetch links to preview them.
 */
export function createCheckInLinks({
  events,
  sessions,
  blobs,
  clock,
  trustProxy,
}: CheckInLinksOptions): Hono {
  const { store } = events
  const app = new Hono()
  const pages = new RateLimit(pagesPerMinute, mostRates, clock)

  app.use('/c/*', async (context, next) => {
    context.header('Cache-Control', 'no-store')
    context.header('Vary', 'Accept-Language, Cookie')
    context.header('X-Robots-Tag', 'noindex')
    if (pages.take(clientAddress(context, trustProxy)) > 0)
      return refuse(context, 429, 'check-in:public.too-many')
    return next()
  })

  app.get('/c/:code', async (context) => {
    const language = screenLanguage(context)
    const code = context.req.param('code')
    const now = await store.now()
    const event = await eventOfCode(store.db, code)
    const judged = event && (await judgeCode(store.db, event, code, now))
    if (!event || judged?.type !== 'registration') {
      const key = judged && judged.type !== 'registration' ? judgedKeys[judged.type] : 'check-in:code.altered'
      return plainPage(context, 404, {
        title: translate(language, 'check-in:public.not-valid'),
        text: translate(language, key),
        language,
      })
    }
    return showCode(context, event, judged.registration, now)
  })

  async function showCode(context: Context, event: Event, registration: RegistrationRow, now: Date) {
    const language = screenLanguage(context)
    const say = (key: string, values = {}) => translate(language, key, values)
    const { row } = event
    const isOff = row.state === 'cancelled' || registration.state !== 'confirmed'
    if (isOff) {
      const key =
        row.state === 'cancelled' ? 'check-in:refused.cancelled-event' : 'check-in:refused.cancelled'
      const text = say(key, { title: row.title })
      return plainPage(context, 410, { title: say('check-in:public.not-valid'), text, language })
    }
    const { name, letters } = await ownCodeOf(store.db, events, event, registration)
    const there = await checkInOf(store.db, row.id, registration.id)
    const whom = there
      ? say('check-in:public.there', { name, time: momentText(there.at, row, language, now) })
      : say('check-in:public.name', { name })
    const code = context.req.param('code')?.toUpperCase() ?? ''
    return plainPage(context, 200, {
      title: say('check-in:public.title'),
      text: say('check-in:public.text', { title: row.title, when: whenOf(row, language, now) }),
      language,
      more: html`<link rel="stylesheet" href="/console/assets/check-in.css">
<p class="plain-said"><strong>${whom}</strong></p>
${qrCode(code, say('check-in:screen.picture'))}
<p class="check-in-letters">${letters}</p>
<p class="plain-note">${say('check-in:own-code.how')}</p>`,
    })
  }

  /** Who looks: a person who is signed in, a guest who spoke here, or nobody. */
  const visitorOf = async (context: Context) => {
    const session = await sessions.read(context, 'chat')
    const key = session?.account ?? null
    if (key !== null) {
      const [platform, installation, user] = JSON.parse(key) as [string, string, string]
      return { account: { platform, installation, user }, name: session?.who.name ?? '' }
    }
    return { account: knownGuest(context), name: '' }
  }

  const openEvent = async (context: Context): Promise<Event> => {
    const event = await findEvent(store.db, context.req.param('event') ?? '')
    if (!event || event.row.state === 'draft') throw new PlainError('check-in:refused.no-event')
    return event
  }

  app.get('/c/e/:event/:code', (context) =>
    refusable(context, async () => {
      const language = screenLanguage(context)
      const say = (key: string, values = {}) => translate(language, key, values)
      const event = await openEvent(context)
      const { row } = event
      const now = await store.now()
      const isOpen = row.state === 'published' && isWithin(checkInTime(row, 'event-code'), now)
      if (!isOpen || !holdsLinkCode(row, context.req.param('code'), now)) {
        throw new PlainError('check-in:public.stale')
      }
      const { account, name } = await visitorOf(context)
      const ticket = signTicket(row, account ? accountKey(account) : nobody, now)
      const registration = account && (await registrationOfAccount(store.db, event, account))
      const ticketField = html`<input type="hidden" name="ticket" value="${ticket}">`
      const button = html`<button class="plain-button">${say('check-in:public.check-in')}</button>`
      const own = html`<form method="post" action="/c/e/${row.number}">${ticketField}${name === '' ? '' : html`<p class="plain-note">${say('check-in:public.as', { name })}</p>`}${button}</form>`
      const byReceipt = html`<form method="post" action="/c/e/${row.number}" class="plain-form">${ticketField}<p class="plain-note">${say('check-in:public.receipt')}</p>
<label>${say('check-in:public.receipt-code')}<input name="code" maxlength="12" autocomplete="off" autocapitalize="characters" spellcheck="false" required></label>${button}</form>
${registerHint(event, language)}`
      return plainPage(context, 200, {
        title: say('check-in:public.scan-title'),
        text: say('check-in:public.text', { title: row.title, when: whenOf(row, language, now) }),
        language,
        more: registration || name !== '' ? own : byReceipt,
      })
    }),
  )

  const small = bodyLimit({
    maxSize: largestForm,
    onError: (context) => refuse(context, 413, 'console:too-large'),
  })

  app.post('/c/e/:event', small, (context) =>
    refusable(context, async () => {
      if (!isFromOwnPage(context)) return refuse(context, 403, 'console:stale-form')
      const language = screenLanguage(context)
      const event = await openEvent(context)
      const { account } = await visitorOf(context)
      const { text } = await fieldsOf(context)
      const code = text('code').replaceAll(/\s/g, '').slice(0, 12)
      const who = `address ${clientAddress(context, trustProxy)}`
      const { answer, now } = await store.transaction(async (trx) => {
        const now = await store.now(trx)
        const owner = account ? accountKey(account) : nobody
        if (!holdsTicket(event.row, owner, text('ticket'), now)) return { answer: 'stale' as const, now }
        const found =
          code === ''
            ? account && (await registrationOfAccount(trx, event, account))
            : await findByCode(trx, { number: event.row.number, code, who, now })
        if (typeof found === 'string') return { answer: found, now }
        const registration = found && 'registration' in found ? found.registration : found
        const how = { how: 'event-code' as const, by: null, at: now, now }
        return { answer: await checkIn(trx, events, event, registration, how), now }
      })
      events.wakeWorkers()
      if (answer === 'stale') throw new PlainError('check-in:public.stale')
      if (typeof answer === 'string') throw new PlainError(receiptKeys[answer])
      const isNew = answer.type === 'refused' && answer.reason === 'not-registered'
      const hint = registerHint(event, language)
      return plainPage(context, answer.type === 'refused' ? 422 : 200, {
        title: translate(language, 'check-in:public.done'),
        text: answerText(event, answer, language, now),
        language,
        ...(isNew ? { more: hint } : {}),
      })
    }),
  )

  app.get('/c/m/:id/:registration/:token', (context) =>
    refusable(context, async () => {
      const { id, registration, token } = context.req.param()
      const material = await openMaterial(store.db, { id, registration, token }, await store.now())
      const bytes = await blobs.get(material.blob)
      if (!bytes) throw new PlainError('check-in:materials.no-link')
      // Never shown by the browser itself: a file may hold scripts, whatever type it says it is.
      return new Response(new Uint8Array(bytes), {
        headers: {
          'Content-Type': 'application/octet-stream',
          'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(material.name)}`,
          'Content-Security-Policy': 'sandbox',
          'X-Content-Type-Options': 'nosniff',
          'Cache-Control': 'no-store',
        },
      })
    }),
  )

  return app
}

/** Where somebody registers who has not: the public on the event's page, people of the house in the chat. */
function registerHint({ row, audience }: Event, language: Language): Html {
  const { number } = row
  if (!audience.public) {
    return html`<p class="plain-note">${translate(language, 'check-in:public.register-chat', { number })}</p>`
  }
  return html`<p class="plain-note"><a class="plain-link" href="/e/${number}">${translate(language, 'check-in:public.register')}</a></p>`
}

const receiptKeys = { wrong: 'help:receipt.wrong', 'too-many': 'help:receipt.too-many' } as const

/** What is refused is told on a page. */
async function refusable(context: Context, work: () => Promise<Response> | Response): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return refuse(context, 422, error.key, error.values)
  }
}
