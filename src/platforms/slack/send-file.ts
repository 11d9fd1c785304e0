import { createHash } from 'node:crypto'
import type { webApi } from '@slack/bolt'
import type { FileBlock } from '../../chat/card.ts'
import { type Delivered, DeliveryError, type Operation } from '../../chat/outgoing.ts'
import { errorCodeOf, toDeliveryError } from './errors.ts'
import { isOfSlack } from './keep-file.ts'
import { largestSentFile, longestFileName, uploadTimeout } from './limits.ts'

export interface FilePlace {
  channel: string
  /** Empty: outside of threads. */
  thread: string
}

/** Why no file goes out here, whoever it is for: without the right, or where the workspace allows none. */
const notAllowed = new Set([
  'missing_scope',
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
  'file_type_not_allowed',
  'access_denied',
  'not_allowed_token_type',
])

/**
 * Sends a file into a chat. Null: no files may be sent here, or this one is too large or empty. Nothing is to be seen of
 * it before the last of the three calls, so only that one leaves in doubt whether it was made.
 * https://docs.slack.dev/messaging/working-with-files (files.getUploadURLExternal, files.completeUploadExternal)
 */
export async function sendFile(
  client: webApi.WebClient,
  { id }: Pick<Operation, 'id'>,
  file: FileBlock,
  { channel, thread }: FilePlace,
  apiUrl: string | undefined,
): Promise<Delivered | null> {
  const bytes = Buffer.from(file.text)
  if (bytes.length === 0 || bytes.length > largestSentFile) return null
  let uploaded: string
  try {
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
      filename: fileNameOf(id, file.name),
      length: bytes.length,
    })
    if (!isOfSlack(upload_url, apiUrl)) return null
    const response = await fetch(upload_url, {
      method: 'POST',
      body: bytes,
      redirect: 'error',
      signal: AbortSignal.timeout(uploadTimeout),
    })
    if (!response.ok) throw new DeliveryError('later')
    uploaded = file_id
  } catch (error) {
    if (notAllowed.has(errorCodeOf(error))) return null
    const failure = toDeliveryError(error)
    // A file that lies there unshared is seen by nobody.
    throw failure.kind === 'unknown' ? new DeliveryError('later', { cause: error }) : failure
  }
  const shared = {
    files: [{ id: uploaded, title: file.name }] as [{ id: string; title: string }],
    channel_id: channel,
  }
  await client.files.completeUploadExternal(thread === '' ? shared : { ...shared, thread_ts: thread })
  return { message: messageOfFile(channel, uploaded) }
}

/** How a message that was made by sending a file is named: its time is not told, and it is never edited. */
export function messageOfFile(channel: string, file: string): string {
  return `${channel}:file:${file}`
}

/**
 * What the file is called where it is saved. Slack has no key for sending a file once, so the name carries one, by which
 * it is found in the chat; what is read there is the title.
 */
export function fileNameOf(operation: string, name: string): string {
  const key = createHash('sha256').update(operation).digest('hex').slice(0, 12)
  const [, stem = name, extension = ''] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? []
  return `${stem.slice(0, longestFileName - extension.length - key.length - 1)}-${key}${extension}`
}
