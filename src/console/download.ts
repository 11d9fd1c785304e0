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
