import { html } from 'hono/html'
import { checkInTime, isWithin } from '../../features/events/check-in/check-in-time.ts'
import { eventCode, eventCodeUntil, eventLinkCode } from '../../features/events/check-in/event-code.ts'
import { eventFor } from '../../features/events/check-in/organiser.ts'
import type { Event } from '../../features/events/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import { consolePage } from '../frame.ts'
import { qrCode } from '../qr-code.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, type Visit } from '../visit.ts'

/** The code on the screen of the hall: digits to type and a QR code of them, others every half a minute. */
export function addScreenRoutes({ options, get }: ConsoleRoutes): void {
  const { store, publicUrl } = options

  const shown = async (visit: Visit) => {
    const now = await store.now()
    const event = await eventFor(store.db, idIn(visit, 'id'), visit.who.id, 'event.check-in', now)
    const { row } = event
    if (row.state === 'cancelled') throw new PlainError('check-in:page.cancelled-event')
    if (!isWithin(checkInTime(row, 'event-code'), now)) throw new PlainError('check-in:screen.not-now')
    const digits = eventCode(row, now)
    const label = translate(screenLanguage(visit.context), 'check-in:screen.picture')
    const picture = qrCode(`${publicUrl()}/c/e/${row.number}/${eventLinkCode(row, now)}`, label)
    return { event, digits, picture, lasts: eventCodeUntil(now).getTime() - now.getTime() }
  }

  get('/events/:id/check-in/screen', async (visit) => {
    const { event, digits, picture } = await shown(visit)
    return screenPage(visit, event, digits, picture)
  })

  get('/events/:id/check-in/screen/code', async (visit) => {
    const { digits, picture, lasts } = await shown(visit)
    return visit.context.json({ digits, picture: String(await picture), lasts })
  })
}

function screenPage(visit: Visit, { row }: Event, digits: string, picture: ReturnType<typeof qrCode>) {
  const say = (key: string) => translate(visit.language, key)
  const address = `/console/events/${row.id}/check-in`
  const body = html`<link rel="stylesheet" href="/console/assets/check-in.css">
<noscript><meta http-equiv="refresh" content="20"></noscript>
<section class="panel check-in-screen" id="screen" data-address="${address}/screen">
<h1>${row.title}</h1>
<div data-part="picture">${picture}</div>
<p class="check-in-digits" data-part="digits">${digits}</p>
<p>${say('check-in:screen.how')}</p>
<p class="small"><a href="${address}">${say('check-in:screen.back')}</a></p>
</section>
<script type="module" src="/console/assets/check-in-screen.js"></script>`
  return consolePage(visit, { title: say('check-in:ways.title'), body, section: '/console/events' })
}
