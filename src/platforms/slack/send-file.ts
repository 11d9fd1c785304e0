import { createHash } from 'node:crypto'
import type { webApi } from '@slack/bolt'
import { type Delivered, DeliveryError, type Operation } from '../../chat/outgoing.ts'
import { errorCodeOf, toDeliveryError } from './errors.ts'
import { isOfSlack } from './keep-file.ts'
import { largestUpload, longestFileName, uploadTimeout } from './limits.ts'

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
  file: { name: string; bytes: Uint8Array },
  { channel, thread }: FilePlace,
  apiUrl: string | undefined,
): Promise<Delivered | null> {
  const uploaded = await handOver(client, { ...file, name: fileNameOf(id, file.name) }, apiUrl)
  if (uploaded === null) return null
  const shared = {
    files: [{ id: uploaded, title: file.name }] as [{ id: string; title: string }],
    channel_id: channel,
  }
  await client.files.completeUploadExternal(thread === '' ? shared : { ...shared, thread_ts: thread })
  return { message: messageOfFile(channel, uploaded) }
}

/**
 * Uploads a picture that stands in messages by its id; it is shared into no chat. Null: it may not be. It can be named
 * only when Slack has looked at it, some seconds later.
 * https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
 */
export async function uploadPicture(
  client: webApi.WebClient,
  name: string,
  bytes: Uint8Array,
  apiUrl: string | undefined,
): Promise<string | null> {
  const uploaded = await handOver(client, { name, bytes }, apiUrl)
  if (uploaded === null) return null
  try {
    await client.files.completeUploadExternal({ files: [{ id: uploaded, title: name }] })
    return uploaded
  } catch (error) {
    if (notAllowed.has(errorCodeOf(error))) return null
    throw unseen(error)
  }
}

/** The bytes, at Slack; null: no files may be sent here, or this one is too large or empty. */
async function handOver(
  client: webApi.WebClient,
  { name, bytes }: { name: string; bytes: Uint8Array },
  apiUrl: string | undefined,
): Promise<string | null> {
  if (bytes.length === 0 || bytes.length > largestUpload) return null
  try {
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
      filename: name,
      length: bytes.length,
    })
    if (!isOfSlack(upload_url, apiUrl)) return null
    const response = await fetch(upload_url, {
      method: 'POST',
      body: new Uint8Array(bytes),
      redirect: 'error',
      signal: AbortSignal.timeout(uploadTimeout),
    })
    if (!response.ok) throw new DeliveryError('later')
    return file_id
  } catch (error) {
    if (notAllowed.has(errorCodeOf(error))) return null
    throw unseen(error)
  }
}

/** A file that lies there unshared is seen by nobody: it may be uploaded again. */
function unseen(error: unknown): DeliveryError {
  const failure = toDeliveryError(error)
  return failure.kind === 'unknown' ? new DeliveryError('later', { cause: error }) : failure
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
