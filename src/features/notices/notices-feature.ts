import type { Feature } from '../../conversation/feature.ts'
import type { NoticesContext } from './context.ts'
import { noticeTimers } from './end-notice.ts'
import { unreadNotices } from './list-mine.ts'
import { noticeActions } from './notice-actions.ts'
import { noticeCommands } from './notice-commands.ts'
import { noticeForms } from './notice-forms.ts'

/** Notices with read receipts, the news digest, what groups did in a week or month (clauses 6, 9, 13). */
export function createNotices(context: NoticesContext): Feature {
  return {
    name: 'notices',
    actions: noticeActions(context),
    commands: noticeCommands(context),
    forms: noticeForms(context),
    mine: (whose) => unreadNotices(context.circulation, whose),
    timers: noticeTimers(context),
    subscriptions: {},
  }
}
