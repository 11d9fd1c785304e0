import { html } from 'hono/html'
import type { RecordPage } from '../../features/submissions/port.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, type Visit } from '../visit.ts'

/** What came with a record, for whoever works on it. */
export function addRecordFileRoutes({ options: { records, files }, get }: ConsoleRoutes): void {
  get('/submissions/:id/files/:at', async (visit) => {
    const at = visit.context.req.param('at') ?? ''
    if (!/^\d{1,3}$/.test(at)) throw new PlainError('console:no-such-record')
    const visitor = { person: visit.who.id, language: visit.language }
    const file = await records.file(visitor, idIn(visit, 'id'), Number(at))
    const bytes = await files.read(file)
    if (!bytes) throw new PlainError('submissions:gone')
    // Never shown by the browser itself: what people send may hold scripts, whatever type it says it is.
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'Content-Security-Policy': 'sandbox',
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      },
    })
  })
}

/** The files by their names, to be saved; nothing where there are none. */
export function filesPanel({ say }: Visit, id: string, files: RecordPage['files']): Html | '' {
  if (files.length === 0) return ''
  const items = files.map(
    ({ name, size }, at) =>
      html`<li><a href="/console/submissions/${id}/files/${at}" download>${name}</a> ${sizeOf(size)}</li>`,
  )
  return html`<section class="panel"><h2>${say('submissions.files')}</h2><ul>${items}</ul></section>`
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
