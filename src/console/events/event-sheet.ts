import { exportRegistrations, sheetFormats } from '../../features/events/lists/registration-sheet.ts'
import { sendFile } from '../download.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { openEvent } from './event-frame.ts'

/** The list of an event as a file, XLSX or CSV, for whoever may export it. */
export function addEventSheetRoutes({ options, get }: ConsoleRoutes): void {
  const { events, logger } = options

  get('/events/:id/sheet', async (visit) => {
    const { event } = await openEvent(visit, options, 'event.export')
    const format = sheetFormats.find((one) => one === visit.context.req.query('format')) ?? 'xlsx'
    const asker = { person: visit.who.id }
    const file = await exportRegistrations(events, { event, asker, format, language: visit.language })
    logger.info({ by: visit.who.id, event: event.row.number, format }, 'a list of an event was exported')
    return sendFile(visit, file)
  })
}
