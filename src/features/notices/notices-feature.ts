import type { Feature } from '../../conversation/feature.ts'
import type { NoticesContext } from './context.ts'
import { noticeTimers } from './end-notice.ts'
import { groupsPart } from './groups/groups-part.ts'
import { unreadNotices } from './list-mine.ts'
import { newsPart } from './news/news-part.ts'
import { noticeActions } from './notice-actions.ts'
import { noticeCommands } from './notice-commands.ts'
import { noticeForms } from './notice-forms.ts'

/** Notices with read receipts, the news digest, what groups did in a week or month (clauses 6, 9, 13). */
export function createNotices(context: NoticesContext): Feature {
  const news = newsPart(context)
  const groups = groupsPart(context)
  return {
    name: 'notices',
    actions: { ...noticeActions(context), ...news.actions },
    commands: [...noticeCommands(context), ...news.commands, ...groups.commands],
    forms: [...noticeForms(context), ...news.forms],
    mine: (whose) => unreadNotices(context.circulation, whose),
    timers: { ...noticeTimers(context), ...news.timers, ...groups.timers },
    subscriptions: {},
  }
}
