import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { accountKey } from '../../chat/keys.ts'
import type { Language } from '../../chat/language.ts'
import { publish } from '../../events/publish.ts'
import { hasRegistered } from '../../features/events/registering/adopt.ts'
import type { SubmissionsDesk } from '../../features/submissions/port.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError } from '../../messages/translate.ts'
import { organisationKinds } from '../../people/roles.ts'
import { foundHouse, readLink, signIn } from '../../people/sign-in.ts'
import type { Logger } from '../../platforms/logger.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { forgetGuest, knownGuest } from '../../platforms/web/guest.ts'
import { type Html, plainPage, refuse } from '../../platforms/web/plain-page.ts'
import { RateLimit } from '../../platforms/web/rate-limit.ts'
import { isFromOwnPage } from '../../platforms/web/same-origin.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import type { Store } from '../../store/store.ts'
import { type Fields, fieldsOf } from '../form-fields.ts'
import { failuresPerMinute, largestForm, mostAddresses } from '../limits.ts'
import { kindName, sayIn } from '../say.ts'
import { type BrowserSessions, isSame, type SessionKind } from './browser-sessions.ts'

export interface SignInOptions {
  store: Store
  sessions: BrowserSessions
  clock: () => Date
  logger: Logger
  trustProxy: TrustsProxy
  entries: Pick<SubmissionsDesk, 'hasSent' | 'wakeWorkers'>
}

/**
 * `GET /sign-in/:token` shows a page with a button, `POST` uses the link up: previews of a chat fetch what a link
 * leads to, and must not use it up. `POST /sign-out`, and `/console/sign-out` of the console's pages, sign the
 * browser out of both.
 */
export function createSignIn({ store, sessions, clock, logger, trustProxy, entries }: SignInOptions): Hono {
  const failures = new RateLimit(failuresPerMinute, mostAddresses, clock)
  const app = new Hono()

  app.use('/sign-in/:token', async (context, next) => {
    context.header('Cache-Control', 'no-store')
    return next()
  })

  /**
   * A link that does not hold is told plainly, and counted for its address; too many there are not told. A good
   * link always works: an office shares one address, and 128 random bits need no limit against guessing.
   */
  const refuseLink = async (context: Context, error: unknown) => {
    if (!(error instanceof PlainError)) throw error
    const language = screenLanguage(context)
    const isLinkError = error.key.startsWith('people:link.')
    const wait = isLinkError ? failures.take(clientAddress(context, trustProxy)) : 0
    if (wait > 0) {
      context.header('Retry-After', String(wait))
      return refuse(context, 429, 'console:sign-in.too-many', { seconds: wait })
    }
    const title = sayIn(language)(isLinkError ? 'sign-in.not-valid' : 'sign-in.check')
    return plainPage(context, isLinkError ? 410 : 400, {
      title,
      text: explainError(error, language),
      language,
      ...(isLinkError ? {} : { more: backTo(context.req.path, sayIn(language)('back')) }),
    })
  }

  /** Whether there is something of the browser's guest that a person could take over. */
  const guestHasAny = async (context: Context): Promise<boolean> => {
    const guest = knownGuest(context)
    if (!guest) return false
    const draft = await store.db
      .selectFrom('form_draft')
      .select('id')
      .where('owner', '=', accountKey(guest))
      .where('state', '=', 'open')
      .limit(1)
      .executeTakeFirst()
    if (draft !== undefined || (await entries.hasSent(guest))) return true
    return hasRegistered(store.db, guest)
  }

  app.get('/sign-in/:token', async (context) => {
    const language = screenLanguage(context)
    const say = sayIn(language)
    try {
      const { purpose, person } = await readLink(store.db, context.req.param('token'), clock())
      const csrf = sessions.formToken(context)
      if (purpose === 'first-admin') {
        const more = firstForm(csrf, language)
        return plainPage(context, 200, { title: say('first.title'), text: say('first.text'), language, more })
      }
      const text = say(purpose === 'console' ? 'sign-in.to-console' : 'sign-in.to-chat')
      const title = say('sign-in.hello', { name: person?.name ?? '' })
      const more = html`<form method="post"><input type="hidden" name="csrf" value="${csrf}">
${(await guestHasAny(context)) ? html`<label class="plain-choice"><input type="checkbox" name="take" value="yes" checked> ${say('sign-in.take')}</label>` : ''}
<button class="plain-button" id="sign-in">${say(purpose === 'console' ? 'sign-in.open-console' : 'sign-in.button')}</button></form>
<p class="plain-note">${say('sign-in.not-you')}</p>`
      return plainPage(context, 200, { title, text, language, more })
    } catch (error) {
      return refuseLink(context, error)
    }
  })

  const small = bodyLimit({
    maxSize: largestForm,
    onError: (context) => refuse(context, 413, 'console:too-large'),
  })

  app.post('/sign-in/:token', small, async (context) => {
    const fields = await fieldsOf(context)
    if (!isFromOwnPage(context) || !sessions.isOwnForm(context, fields.text('csrf'))) {
      return refuse(context, 403, 'console:stale-form')
    }
    const now = clock()
    const token = context.req.param('token')
    try {
      const made = await store.transaction(async (trx) => {
        // Read within, so that what the link is for and its use are one.
        const { purpose } = await readLink(trx, token, now)
        const isFirst = purpose === 'first-admin'
        const person = isFirst
          ? await foundHouse(trx, token, readFirst(fields), now)
          : (await signIn(trx, token, now)).person
        const guest = knownGuest(context)
        if (!isFirst && guest && fields.text('take') === 'yes') {
          await publish(trx, 'guest.known', { account: guest, person }, await store.now(trx))
        }
        const kinds: SessionKind[] = isFirst
          ? ['chat', 'console']
          : [purpose === 'console' ? 'console' : 'chat']
        const opened = []
        for (const kind of kinds) opened.push(await sessions.create(trx, kind, person))
        return { purpose, person, opened }
      })
      entries.wakeWorkers()
      const isConsole = made.opened.some(({ kind }) => kind === 'console')
      // Another person's sign-in in this browser ends with this one; into the console one's own chat comes along.
      const keepsChat =
        made.purpose === 'console' && (await sessions.read(context, 'chat'))?.person === made.person
      await sessions.end(context, ...(keepsChat ? [] : (['chat'] as const)), 'console')
      for (const opened of made.opened) sessions.keep(context, opened)
      logger.info({ person: made.person, purpose: made.purpose }, 'a person signed in')
      return context.redirect(isConsole ? '/console' : '/', 303)
    } catch (error) {
      return refuseLink(context, error)
    }
  })

  /**
   * A page carries the token of its own session, so that one is asked for while it lasts. A page that outlasted its
   * session has nothing left to show: that it is ours must do, else its reader would stay signed in.
   */
  const signOutOf = (kind: SessionKind) => async (context: Context) => {
    const { text } = await fieldsOf(context)
    const open = await sessions.read(context, kind)
    if (!isFromOwnPage(context) || (open && !isSame(open.csrf, text('csrf')))) {
      return refuse(context, 403, 'console:stale-form')
    }
    await sessions.end(context, 'chat', 'console')
    forgetGuest(context)
    if (open) logger.info({ person: open.person }, 'a person signed out')
    return context.redirect('/', 303)
  }
  app.post('/sign-out', small, signOutOf('chat'))
  app.post('/console/sign-out', small, signOutOf('console'))
  return app
}

function readFirst(fields: Fields) {
  return {
    name: fields.text('name'),
    organisation: fields.text('organisation'),
    kind: fields.choice('kind', organisationKinds),
  }
}

function firstForm(csrf: string, language: Language): Html {
  const say = sayIn(language)
  return html`<form method="post" class="plain-form">
<input type="hidden" name="csrf" value="${csrf}">
<label>${say('first.name')}<input name="name" required maxlength="60" autocomplete="name"></label>
<label>${say('first.organisation')}<input name="organisation" required maxlength="60" autocomplete="organization"></label>
<label>${say('people.kind')}<select name="kind">${organisationKinds.map((kind) => html`<option value="${kind}">${kindName(language, kind)}</option>`)}</select></label>
<button class="plain-button" id="sign-in">${say('first.button')}</button>
</form>`
}

function backTo(path: string, label: string): Html {
  return html`<p><a class="plain-link" href="${path}">${label}</a></p>`
}
