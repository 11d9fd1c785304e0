import type { Client } from '@larksuiteoapi/node-sdk'
import type { IncomingFile } from '../../chat/incoming.ts'
import type { Blobs } from '../../store/blobs.ts'
import { downloadTimeout, largestFile } from './limits.ts'
import type { FileReference } from './to-incoming.ts'

/**
 * Fetches a file of a message and keeps it. Null where it is larger than 20 MB: it is let go as soon as that shows.
 * Rejects where it cannot be fetched.
 */
export async function keepFile(
  client: Pick<Client, 'im'>,
  blobs: Pick<Blobs, 'put'>,
  message: string,
  { key, type, name }: FileReference,
): Promise<IncomingFile | null> {
  const resource = await client.im.v1.messageResource.get({
    path: { message_id: message, file_key: key },
    params: { type },
  })
  const stream = resource.getReadableStream()
  const timer = setTimeout(() => stream.destroy(new Error('the download took too long')), downloadTimeout)
  try {
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of stream) {
      size += piece.length
      if (size > largestFile) return null
      pieces.push(piece)
    }
    const mediaType = String(resource.headers?.['content-type'] ?? '')
      .split(';')[0]!
      .trim()
    return { name, type: mediaType, size, blob: await blobs.put(Buffer.concat(pieces)) }
  } finally {
    clearTimeout(timer)
    stream.destroy()
  }
}
