import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { createApi } from './api.ts'
import { type ApiOptions, readerOf } from './api-context.ts'
import { createAssets } from './assets.ts'
import { guestOf } from './guest.ts'
import { renderPage } from './page.ts'
import { refuse } from './plain-page.ts'
import { problem } from './problem.ts'
import { chooseLanguage, screenLanguage } from './screen-language.ts'

export interface AppOptions extends ApiOptions {
  welcome: (language: Language) => Card
  health: () => Promise<Record<string, unknown>>
  /** Pages for whoever watches over the bot; open while it stops. Default: none. */
  probes?: Hono | undefined
  /** Where other platforms are called by their vendors. Default: none. */
  routes?: readonly Hono[] | undefined
  isStopping: () => boolean
}

/** All routes of the web chat, without a server. */
export function createApp(options: AppOptions): Hono {
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      // Other sites learn nothing; without it browsers would send our own forms with the origin “null”.
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
      // Whether the site is reached by HTTPS is decided in front of us.
      strictTransportSecurity: false,
    }),
  )
  app.get('/healthz', async (context) => {
    context.header('Cache-Control', 'no-store')
    try {
      return context.json({ status: 'ok', ...(await options.health()) })
    } catch (error) {
      options.logger.error({ err: error }, 'the health check failed')
      return context.json({ status: 'failing' }, 503)
    }
  })
  if (options.probes) app.route('/', options.probes)
  app.use(async (context, next) => {
    if (options.isStopping()) return problem(context, 503, screenLanguage(context), 'web:busy')
    return next()
  })
  // No address of ours holds a null character, and a database that is asked for one breaks off.
  app.use(async (context, next) => {
    if (new URL(context.req.url).pathname.includes('%00')) return refuse(context, 404, 'web:no-such-page')
    return next()
  })
  for (const routes of options.routes ?? []) app.route('/', routes)
  if (options.pages) app.route('/', options.pages.routes)
  app.get('/', async (context) => {
    const chosen = context.req.query('language')
    if (chosen !== undefined && chooseLanguage(context, chosen)) return context.redirect('/', 303)
    const person = (await options.pages?.signedIn(context)) ?? null
    const { user } = person?.account ?? guestOf(context)
    const language = screenLanguage(context)
    context.header('Cache-Control', 'no-store')
    context.header('Content-Language', language)
    context.header('Vary', 'Accept-Language, Cookie')
    return context.html(renderPage(language, options.welcome(language), person, readerOf(user)))
  })
  app.route('/assets', createAssets(new URL('./assets/', import.meta.url)))
  app.route('/api', createApi(options))
  app.notFound((context) => refuse(context, 404, 'web:no-such-page'))
  app.onError((error, context) => {
    options.logger.error({ err: error, path: context.req.routePath }, 'a request failed')
    return refuse(context, 500, 'chat:failure')
  })
  return app
}
