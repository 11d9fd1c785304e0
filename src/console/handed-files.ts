import { Hono } from 'hono'
import { findHanded } from '../delivery/handed-files.ts'
import { clientAddress, type TrustsProxy } from '../platforms/web/client-address.ts'
import { mostRates } from '../platforms/web/limits.ts'
import { refuse } from '../platforms/web/plain-page.ts'
import { RateLimit } from '../platforms/web/rate-limit.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Store } from '../store/store.ts'
import { pagesPerMinute } from './limits.ts'

export interface HandedFilesOptions {
  store: Store
  blobs: Pick<Blobs, 'get'>
  clock: () => Date
  trustProxy: TrustsProxy
}

/** What a page shows; all else is saved, for nothing is run that somebody may have written. */
const shown = new Set(['image/png'])
/** A header takes no other; a messenger may name a type as it likes. */
const plainType = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/

/** `/handed/TOKEN/NAME`: pictures and documents that cards name. The address is the key, as for a file in a chat. */
export function createHandedFiles({ store, blobs, clock, trustProxy }: HandedFilesOptions): Hono {
  const app = new Hono()
  const reads = new RateLimit(pagesPerMinute, mostRates, clock)

  app.get('/handed/:token/:name', async (context) => {
    context.header('X-Robots-Tag', 'noindex')
    if (reads.take(clientAddress(context, trustProxy)) > 0)
      return refuse(context, 429, 'submissions:page.too-many')
    const file = await findHanded(store.db, context.req.param('token'), clock())
    const bytes = file && (await blobs.get(file.blob))
    if (!file || !bytes) return refuse(context, 404, 'documents:handed.gone')
    const { name, lasts } = file
    const mediaType = plainType.test(file.mediaType) ? file.mediaType : 'application/octet-stream'
    const how = shown.has(mediaType) ? 'inline' : 'attachment'
    return context.body(new Uint8Array(bytes), 200, {
      'Content-Type': mediaType,
      // The same address always gives the same bytes, or none any more.
      'Cache-Control': lasts ? 'private, max-age=86400, immutable' : 'private, no-store',
      'Content-Disposition': `${how}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Content-Security-Policy': 'sandbox',
    })
  })

  return app
}
