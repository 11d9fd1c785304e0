import { createMiddleware } from 'hono/factory'
import { problem } from './problem.ts'
import { screenLanguage } from './screen-language.ts'

/**
 * Lets only our own pages post. Browsers state the site in Sec-Fetch-Site (over HTTPS and on localhost) and the
 * origin in Origin; a request with neither comes from no browser, so no other site can have caused it.
 * Only JSON is taken, which a form of another site cannot send.
 */
export const sameOrigin = createMiddleware(async (context, next) => {
  const site = context.req.header('sec-fetch-site')
  const origin = context.req.header('origin')
  const isOurs =
    site !== undefined
      ? site === 'same-origin'
      : origin === undefined || hostOf(origin) === context.req.header('host')
  const isJson = /^application\/json\b/i.test(context.req.header('content-type') ?? '')
  if (!isOurs || !isJson) return problem(context, 403, screenLanguage(context), 'web:not-from-here')
  return next()
})

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
