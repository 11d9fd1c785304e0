import { html } from 'hono/html'
import { translate } from '../messages/translate.ts'
import { refusalTitle } from '../platforms/web/plain-page.ts'
import { consolePage } from './frame.ts'
import type { Visit } from './visit.ts'

/** Why something was not done, within the console, with the way back to where the visitor was. */
export function refusalPage(visit: Visit, status: 400 | 403 | 404, text: string) {
  const { say, context, language } = visit
  const title = translate(language, refusalTitle(status))
  const body = html`<section class="panel narrow" role="alert"><h1>${title}</h1><p class="prose">${text}</p>
<p><a class="button" href="${cameFrom(context.req.header('referer'), context.req.header('host'))}">${say('back')}</a></p></section>`
  return consolePage(visit, { title, body, status })
}

/** The page of ours that a form was sent from; the console's first page where nothing tells. */
function cameFrom(referer: string | undefined, host: string | undefined): string {
  if (!referer || !URL.canParse(referer)) return '/console'
  const url = new URL(referer)
  return url.host === host && url.pathname.startsWith('/console/') ? url.pathname + url.search : '/console'
}
