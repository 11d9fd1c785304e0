import { Hono } from 'hono'
import { readCalendar } from '../../features/events/calendar-entries/read-calendar.ts'
import type { EventsContext } from '../../features/events/context.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { mostRates } from '../../platforms/web/limits.ts'
import { refuse } from '../../platforms/web/plain-page.ts'
import { RateLimit } from '../../platforms/web/rate-limit.ts'
import { pagesPerMinute } from '../limits.ts'

export interface CalendarFilesOptions {
  events: Pick<EventsContext, 'store'>
  clock: () => Date
  trustProxy: TrustsProxy
}

/**
 * `/calendar/TOKEN.ics`: the file of a registration, or all that somebody is registered for, to be opened once or read
 * by a calendar that subscribed to it. The link is the key, for calendars cannot sign in.
 */
export function createCalendarFiles({ events, clock, trustProxy }: CalendarFilesOptions): Hono {
  const app = new Hono()
  const reads = new RateLimit(pagesPerMinute, mostRates, clock)

  app.get('/calendar/:file{.+\\.ics}', async (context) => {
    context.header('Cache-Control', 'no-store')
    context.header('X-Robots-Tag', 'noindex')
    if (reads.take(clientAddress(context, trustProxy)) > 0)
      return refuse(context, 429, 'submissions:page.too-many')
    const token = context.req.param('file').replace(/\.ics$/, '')
    const { store } = events
    const file = await store.snapshot(async (trx) => readCalendar(trx, token, await store.now(trx)))
    if (!file) return refuse(context, 404, 'events:feed.not-found')
    return context.body(file.text, 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file.name}"`,
    })
  })

  return app
}
