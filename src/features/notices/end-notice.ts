import { enqueue } from '../../delivery/outbox.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import type { NoticesContext } from './context.ts'
import { endTimer, note } from './keep-notice.ts'
import { textCard } from './notice-cards.ts'
import { originOf, readNotices } from './records.ts'
import { standingOf } from './show-notice.ts'

/** The end of a notice: nobody is asked any more, and whoever made it hears how many know it. */
export function noticeTimers({ circulation, wakeWorkers }: NoticesContext): Record<string, TimerHandler> {
  return {
    async [endTimer](trx, { notice: id = '' }, now) {
      const [notice] = await readNotices(trx, [id])
      if (notice?.row.state !== 'sent') return
      const { row } = notice
      await trx.updateTable('notice').set({ state: 'ended' }).where('id', '=', id).execute()
      await circulation.close(trx, originOf(id), now)
      await circulation.renew(trx, originOf(id), 'chats', now)
      await note(trx, id, 'ended', { by: null, now })
      const to = row.asks === 1 ? await addressOf(trx, row.made_by) : null
      if (!to) return
      const maker = await trx
        .selectFrom('person')
        .select('language')
        .where('id', '=', row.made_by)
        .executeTakeFirst()
      const language = maker?.language === 'en' ? 'en' : 'zh-CN'
      const { read, unread, unreachable } = await standingOf(trx, circulation, notice)
      const said = translate(language, 'notices:ended', {
        title: row.title,
        read,
        unread: unread + unreachable,
      })
      const label = translate(language, 'notices:standing.missing')
      const button = { label, action: 'notices.missing', value: { notice: id }, opens: 'beside' as const }
      const card = textCard(said, unread + unreachable > 0 ? [button] : [])
      await enqueue(trx, { id: `notice ended ${id}`, to, card, lane: 'reminder', now })
      wakeWorkers()
    },
  }
}
