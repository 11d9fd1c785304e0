import { handOverStored } from '../../delivery/handed-files.ts'
import type { Trx } from '../../store/store.ts'
import type { NoticesContext } from './context.ts'
import type { Notice } from './records.ts'

/**
 * A notice whose files are where cards name them. Each has one address, so that ten thousand cards share it; whoever
 * opens the notice later has them kept there for longer.
 */
export async function withFiles(
  trx: Trx,
  { publicUrl }: Pick<NoticesContext, 'publicUrl'>,
  notice: Notice,
  now: Date,
): Promise<Notice> {
  const files = []
  for (const file of notice.files) {
    const { name, type: mediaType, blob } = file
    const { url } = await handOverStored(trx, { publicUrl }, { name, mediaType, blob }, now)
    files.push({ ...file, url })
  }
  return { ...notice, files }
}
