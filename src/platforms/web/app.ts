import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { type ApiOptions, createApi } from './api.ts'
import { createAssets } from './assets.ts'
import { guestOf } from './guest.ts'
import { renderPage } from './page.ts'
import { problem } from './problem.ts'
import { chooseLanguage, screenLanguage } from './screen-language.ts'

export interface AppOptions extends ApiOptions {
  welcome: (language: Language) => Card
  health: () => Promise<Record<string, unknown>>
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
      referrerPolicy: 'no-referrer',
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
  app.use(async (context, next) => {
    if (options.isStopping()) return problem(context, 503, screenLanguage(context), 'web:busy')
    return next()
  })
  app.get('/', (context) => {
    const chosen = context.req.query('language')
    if (chosen !== undefined && chooseLanguage(context, chosen)) return context.redirect('/', 303)
    guestOf(context)
    const language = screenLanguage(context)
    context.header('Cache-Control', 'no-store')
    context.header('Content-Language', language)
    context.header('Vary', 'Accept-Language, Cookie')
    return context.html(renderPage(language, options.welcome(language)))
  })
  app.route('/assets', createAssets())
  app.route('/api', createApi(options))
  app.notFound((context) => problem(context, 404, screenLanguage(context), 'web:no-such-page'))
  app.onError((error, context) => {
    options.logger.error({ err: error, path: context.req.path }, 'a request failed')
    return problem(context, 500, screenLanguage(context), 'chat:failure')
  })
  return app
}
