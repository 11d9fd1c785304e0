import type { Client } from '@larksuiteoapi/node-sdk'
import type { FileBlock } from '../../chat/card.ts'
import { DeliveryError } from '../../chat/outgoing.ts'
import { codeOf, RefusedCall, toDeliveryError } from './errors.ts'
import { largestSentFile } from './limits.ts'

/** Without the right `im:resource:upload`; a file that the vendor does not take. */
const notAllowed = new Set([99991672, 99991679, 234001, 234006, 234007, 234010])

/**
 * Hands a file over to be sent by its key; nobody sees it before. Null: the app may send no files, or this one is too
 * large or empty.
 * https://open.feishu.cn/document/server-docs/im-v1/file/create
 */
export async function uploadFile(client: Pick<Client, 'im'>, file: FileBlock): Promise<string | null> {
  const bytes = Buffer.from(file.text)
  if (bytes.length === 0 || bytes.length > largestSentFile) return null
  try {
    const data = { file_type: 'stream' as const, file_name: file.name, file: bytes }
    const answer = await client.im.v1.file.create({ data })
    // A refusal that came with HTTP 200 has no data, and the SDK does not hand on its code.
    if (!answer?.file_key) throw new RefusedCall(-1)
    return answer.file_key
  } catch (error) {
    if (notAllowed.has(codeOf(error))) return null
    const failure = toDeliveryError(error)
    // What was uploaded and never sent does no harm.
    throw failure.kind === 'unknown' ? new DeliveryError('later', { cause: error }) : failure
  }
}
