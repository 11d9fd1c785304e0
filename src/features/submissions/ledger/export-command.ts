import type { Command } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { exportReach } from './ledger-reach.ts'

/**
 * `导出`: the way to the ledger for whoever may take it. Files go through no chat, where they would lie for good and
 * reach whoever joins; the console asks who it is.
 */
export function exportCommand(context: SubmissionsContext): Command {
  return {
    words: {
      'zh-CN': ['导出', '导出台账', '台账', '下载台账', '导出建议', '导入台账'],
      en: ['export', 'export submissions', 'ledger'],
    },
    run: (turn) =>
      turn.commit(async (trx, say) => {
        const { message, language } = turn
        const person = (await findPersonByAccount(trx, message.account))?.id ?? null
        try {
          await exportReach(trx, { person }, dayInChina(await context.store.now(trx)))
        } catch (error) {
          if (!(error instanceof PlainError)) throw error
          await sayAlone(turn, say, textCard(translate(language, error.key, error.values)))
          return
        }
        const card = textCard(
          translate(language, 'submissions:ledger.command.text'),
          translate(language, 'submissions:ledger.title'),
        )
        const signIn = (await context.consoleLink?.(trx, message.account)) ?? null
        const to = (key: 'sign-in' | 'open', url: string) =>
          ({ type: 'link', label: translate(language, `submissions:ledger.command.${key}`), url }) as const
        const page = to('open', `${context.publicUrl()}/console/ledgers`)
        const links = signIn === null ? [page] : [to('sign-in', signIn), page]
        await sayAlone(turn, say, { ...card, blocks: [...card.blocks, ...links] })
      }),
  }
}
