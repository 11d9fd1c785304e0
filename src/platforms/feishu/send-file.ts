import type { Client } from '@larksuiteoapi/node-sdk'
import type { DocumentBlock, FileBlock, PictureBlock } from '../../chat/card.ts'
import { DeliveryError } from '../../chat/outgoing.ts'
import { codeOf, RefusedCall, toDeliveryError } from './errors.ts'
import { largestPicture, largestSentFile, largestUpload } from './limits.ts'

/** Without the right `im:resource:upload`; a file that the vendor does not take. */
const notAllowed = new Set([99991672, 99991679, 234001, 234006, 234007, 234010, 234011, 234039])

/**
 * Hands a file over to be sent by its key; nobody sees it before. Null: the app may send no files, or this one is too
 * large or empty.
 * https://open.feishu.cn/document/server-docs/im-v1/file/create
 */
export async function uploadFile(client: Pick<Client, 'im'>, file: FileBlock): Promise<string | null> {
  const bytes = Buffer.from(file.text)
  if (bytes.length > largestSentFile) return null
  return handOver(client, { type: 'stream', name: file.name }, bytes)
}

/**
 * The same for what lies in the blob store; a picture becomes one that stands in a card.
 * https://open.feishu.cn/document/server-docs/im-v1/image/create
 */
export async function uploadBlob(
  client: Pick<Client, 'im'>,
  file: PictureBlock | DocumentBlock,
  given: Uint8Array,
): Promise<string | null> {
  const bytes = Buffer.from(given)
  if (bytes.length > (file.type === 'picture' ? largestPicture : largestUpload)) return null
  if (file.type === 'picture') return handOver(client, { type: 'picture', name: file.name }, bytes)
  // By its type the vendor shows what is in it without a download.
  const type = file.name.endsWith('.pdf') ? 'pdf' : file.name.endsWith('.docx') ? 'doc' : 'stream'
  return handOver(client, { type, name: file.name }, bytes)
}

async function handOver(
  client: Pick<Client, 'im'>,
  { type, name }: { type: 'picture' | 'pdf' | 'doc' | 'stream'; name: string },
  bytes: Buffer,
): Promise<string | null> {
  if (bytes.length === 0) return null
  try {
    const answer: { image_key?: string | undefined; file_key?: string | undefined } | null =
      type === 'picture'
        ? await client.im.v1.image.create({ data: { image_type: 'message', image: bytes } })
        : await client.im.v1.file.create({ data: { file_type: type, file_name: name, file: bytes } })
    const key = answer?.image_key ?? answer?.file_key
    // A refusal that came with HTTP 200 has no data, and the SDK does not hand on its code.
    if (!key) throw new RefusedCall(-1)
    return key
  } catch (error) {
    if (notAllowed.has(codeOf(error))) return null
    const failure = toDeliveryError(error)
    // What was uploaded and never sent does no harm.
    throw failure.kind === 'unknown' ? new DeliveryError('later', { cause: error }) : failure
  }
}
