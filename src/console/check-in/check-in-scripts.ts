import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Hono } from 'hono'

/** Where the worker is that finds QR codes in pictures. */
export const decoderAddress = '/console/qr/decoder.js'

/**
 * Scripts that stand elsewhere than the other assets: the reader of QR codes beside the package it is made of, and the
 * service worker above the pages that it keeps.
 */
export function createCheckInScripts(): Hono {
  const asset = (name: string) => readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8')
  const ofPackage = (name: string) => readFileSync(new URL(import.meta.resolve(name)), 'utf8')
  const scripts: Record<string, string> = {
    // A browser finds a package by its address alone.
    [decoderAddress]: asset('check-in-decoder.js').replace("'qr/decode.js'", "'./decode.js'"),
    '/console/qr/decode.js': ofPackage('qr/decode.js'),
    '/console/qr/index.js': ofPackage('qr'),
    '/console/events/check-in-worker.js': asset('check-in-worker.js'),
  }
  const app = new Hono()
  for (const [path, body] of Object.entries(scripts)) {
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    app.get(path, (context) => {
      const headers = {
        ETag: etag,
        'Cache-Control': 'no-cache',
        'Content-Type': 'text/javascript; charset=utf-8',
      }
      if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers)
      return context.body(body, 200, headers)
    })
  }
  return app
}
