import type { Command } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import { mayEnter } from './whose.ts'

/** `代录`: the kinds that may be entered for somebody else, to whoever may enter them. */
export function behalfCommand({ kinds }: SubmissionsContext): Command {
  return {
    words: {
      'zh-CN': ['代录', '我要代录', '代为录入', '代人提交', '代别人提交'],
      en: ['on behalf', 'enter on behalf', 'enter for somebody else'],
    },
    run: ({ commit, language, message }) =>
      commit(async (trx, say) => {
        const tell = (key: string, values: Record<string, string> = {}) =>
          translate(language, `submissions:begin.${key}`, values)
        const person = await findPersonByAccount(trx, message.account)
        if (!(await mayEnter(trx, person?.id ?? null, dayInChina(message.at)))) {
          await say({ tone: 'info', blocks: [{ type: 'text', runs: [{ text: tell('behalf-by-others') }] }] })
          return
        }
        const buttons = kinds.all().map(({ kind, title }) => ({
          label: title[language],
          action: 'submissions.begin',
          value: { kind, behalf: 'yes' },
          opens: 'beside' as const,
        }))
        await say({
          tone: 'info',
          blocks: [
            { type: 'text', runs: [{ text: tell('behalf-which') }] },
            { type: 'buttons', buttons },
          ],
        })
      }),
  }
}
