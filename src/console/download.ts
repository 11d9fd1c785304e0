import type { IncomingFile } from '../chat/incoming.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Visit } from './visit.ts'

/** A file to be saved, sent while it is made; what fails on the way breaks the download off. */
export function sendFile(
  { context }: Visit,
  { pieces, name, type }: { pieces: AsyncGenerator<Uint8Array>; name: string; type: string },
): Response {
  return context.body(ReadableStream.from(pieces) as ReadableStream<Uint8Array>, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'X-Content-Type-Options': 'nosniff',
  })
}

/** A file to be saved that was made in one piece. */
export function sendWhole(
  visit: Visit,
  { bytes, name, type }: { bytes: Uint8Array; name: string; type: string },
): Response {
  const pieces = (async function* () {
    yield bytes
  })()
  return sendFile(visit, { pieces, name, type })
}

/**
 * A file that somebody has sent in, to be saved: never shown by the browser itself, for it may hold scripts, whatever
 * type it says it is. Throws PlainError, a 404 page, where it is not kept.
 */
export async function sendKept(blobs: Blobs, file: IncomingFile | undefined | null): Promise<Response> {
  const bytes = file && (await blobs.get(file.blob))
  if (!file || !bytes) throw new PlainError('console:no-such-record')
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Content-Security-Policy': 'sandbox',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
