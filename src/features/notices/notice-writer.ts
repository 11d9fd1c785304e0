import type { Writer } from '../circulation/port.ts'
import type { NoticesContext } from './context.ts'
import { withFiles } from './hand-files.ts'
import { noticeCard } from './notice-cards.ts'
import { originOf, readNotices, wasSent } from './records.ts'

const mostNames = 10

/** Writes the cards of notices, for the circulation that sends them. */
export function createNoticeWriter(context: Pick<NoticesContext, 'circulation' | 'publicUrl'>): Writer {
  const { circulation } = context
  return {
    async prepare(trx, id, now) {
      const [found] = await readNotices(trx, [id])
      if (!found || !wasSent(found)) return null
      const notice = await withFiles(trx, context, found, now)
      const origin = originOf(id)
      if (notice.row.asks === 0) return (reader) => noticeCard(notice, reader, null)
      const { all } = await circulation.figures(trx, origin)
      const names = await circulation.answeredNames(trx, origin, mostNames)
      const soFar = { read: all.answered, unread: all.sent + all.waiting, names }
      return (reader) => noticeCard(notice, reader, soFar)
    },
  }
}
