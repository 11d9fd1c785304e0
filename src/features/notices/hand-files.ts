import { handOverStored, revokeHanded } from '../../delivery/handed-files.ts'
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
  // What was taken back is handed to nobody any more.
  if (notice.row.state === 'withdrawn') return { ...notice, files: [] }
  const files = []
  const belongs = { matter: matterOf(notice.row.id), ends: 'with-matter' as const }
  for (const file of notice.files) {
    const { name, type: mediaType, blob } = file
    const { url } = await handOverStored(trx, { publicUrl }, { name, mediaType, blob }, now, belongs)
    files.push({ ...file, url })
  }
  return { ...notice, files }
}

/** Its files are read nowhere any more. */
export const revokeFiles = (trx: Trx, notice: string): Promise<void> => revokeHanded(trx, matterOf(notice))

const matterOf = (notice: string) => `notice ${notice}`
