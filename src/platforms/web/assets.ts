import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { Hono } from 'hono'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * The scripts, styles and pictures in a folder, read once. Browsers ask again each time and mostly get a 304, so a
 * new release never runs half of an old page.
 */
export function createAssets(folder: URL): Hono {
  const files = new Map(
    readdirSync(folder).map((name) => {
      const body = readFileSync(new URL(name, folder))
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
      return [name, { body, etag, type: types[extname(name)] ?? 'application/octet-stream' }]
    }),
  )
  const app = new Hono()
  app.get('/:name', (context) => {
    const file = files.get(context.req.param('name'))
    if (!file) return context.notFound()
    const headers = { ETag: file.etag, 'Cache-Control': 'no-cache', 'Content-Type': file.type }
    if (context.req.header('if-none-match') === file.etag) return context.body(null, 304, headers)
    return context.body(file.body, 200, headers)
  })
  return app
}
