import type { CirculationPort, Writer } from '../circulation/port.ts'
import { noticeCard } from './notice-cards.ts'
import { originOf, readNotices } from './records.ts'

const mostNames = 10

/** Writes the cards of notices, for the circulation that sends them. */
export function createNoticeWriter(circulation: CirculationPort): Writer {
  return {
    async prepare(trx, id) {
      const [notice] = await readNotices(trx, [id])
      if (!notice || notice.row.state === 'draft' || notice.row.state === 'dropped') return null
      const origin = originOf(id)
      if (notice.row.asks === 0) return (reader) => noticeCard(notice, reader, null)
      const { all } = await circulation.figures(trx, origin)
      const names = await circulation.answeredNames(trx, origin, mostNames)
      const soFar = { read: all.answered, unread: all.sent + all.waiting, names }
      return (reader) => noticeCard(notice, reader, soFar)
    },
  }
}
