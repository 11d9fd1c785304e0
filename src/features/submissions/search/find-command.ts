import type { Command } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { foundCard } from './similar-cards.ts'

const words = /^(?:查(?:一下|找)?(?:建议|提交)|find (?:proposals?|submissions?)(?: about)?)(?:[\s:：]+|$)/i

/** `查建议 夹具`: what colleagues have sent in about it. */
export function findCommand(context: SubmissionsContext): Command {
  return {
    words: { 'zh-CN': ['查建议'], en: ['find proposals'] },
    pattern: words,
    async run(turn) {
      const { message, language } = turn
      const text = message.text.normalize('NFKC').trim().replace(words, '').trim()
      await context.similar?.refresh()
      await turn.commit(async (trx, say) => {
        if (text === '') {
          await say(textCard(translate(language, 'submissions:find.how')))
          return
        }
        const person = (await findPersonByAccount(trx, message.account))?.id ?? null
        const today = dayInChina(await context.store.now(trx))
        await sayAlone(turn, say, await foundCard(trx, context, { text, person, today, language }))
      })
    },
  }
}
