import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { problem } from './problem.ts'
import { screenLanguage } from './screen-language.ts'

/** Lets only our own pages post, and only JSON, which a form of another site cannot send. */
export const sameOrigin = postedFromHere(/^application\/json\b/i)

/** The same for files, which have to come as a form: the browser's word of where they come from is all there is. */
export const sameOriginFile = postedFromHere(/^multipart\/form-data\b/i)

function postedFromHere(type: RegExp) {
  return createMiddleware(async (context, next) => {
    if (!isFromOwnPage(context) || !type.test(context.req.header('content-type') ?? '')) {
      return problem(context, 403, screenLanguage(context), 'web:not-from-here')
    }
    return next()
  })
}

/**
 * Whether a page of ours sent this. Browsers state the site in Sec-Fetch-Site (over HTTPS and on localhost) and the
 * origin in Origin; a request with neither comes from no browser, so no other site can have caused it.
 */
export function isFromOwnPage(context: Context): boolean {
  const site = context.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = context.req.header('origin')
  return origin === undefined || hostOf(origin) === context.req.header('host')
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
