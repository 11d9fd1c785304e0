import type { IncomingFile } from '../../chat/incoming.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Blobs } from '../../store/blobs.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { downloadTimeout, largestFile } from './limits.ts'
import type { SlackFile } from './to-incoming.ts'

/**
 * Fetches a file that was sent, and keeps it. Throws PlainError where it is too large or cannot be had.
 * @param apiUrl The token goes to the vendor's hosts, and to the one that this names.
 */
export async function keepFile(
  file: SlackFile,
  { botToken, apiUrl, blobs }: { botToken: string; apiUrl?: string | undefined; blobs: Pick<Blobs, 'put'> },
): Promise<IncomingFile> {
  const tooLarge = () => new PlainError('slack:file-too-large', { megabytes: largestFile / 1024 / 1024 })
  if ((file.size ?? 0) > largestFile) throw tooLarge()
  const address = file.url_private_download ?? file.url_private ?? ''
  if (!isOfSlack(address, apiUrl)) throw new PlainError('slack:file-not-read')
  let bytes: Uint8Array | null
  try {
    bytes = await download(address, botToken)
  } catch (error) {
    throw new PlainError('slack:file-not-read', {}, { cause: error })
  }
  if (!bytes) throw tooLarge()
  const name =
    harmlessText(file.name ?? '')
      .replaceAll(/[\n\t/\\]+/g, ' ')
      .trim() || file.id
  return { name, type: file.mimetype ?? '', size: bytes.byteLength, blob: await blobs.put(bytes) }
}

/** Null where it is larger than may be. */
async function download(address: string, token: string): Promise<Uint8Array | null> {
  const response = await fetch(address, {
    headers: { Authorization: `Bearer ${token}` },
    // Without the right to read files Slack leads on to a page for signing in.
    redirect: 'error',
    signal: AbortSignal.timeout(downloadTimeout),
  })
  if (!response.ok) throw new Error(`the file was answered with ${response.status}`)
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.byteLength
    if (size > largestFile) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** Whether it is one of the vendor's hosts, or the one that `apiUrl` names. */
export function isOfSlack(address: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, origin } = new URL(address)
  if (apiUrl !== undefined && origin === new URL(apiUrl).origin) return true
  return protocol === 'https:' && /(?:^|\.)(?:slack\.com|slack-files\.com|slack-edge\.com)$/.test(hostname)
}
