import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { readPerson } from '../../../people/people.ts'
import type { Effect } from '../effects.ts'
import { receiversOf } from '../receivers.ts'
import { authorName, readableFields } from '../texts.ts'
import { tellWord } from './tell-handlers.ts'

/** Those who handle a record and whoever carries it out are told what one of them did, with what was filled in. */
export async function report({ trx, context, submission, part, action, input, now }: Effect): Promise<void> {
  const { row, kind } = submission
  const handlers = kind.handlers === 'restricted' ? 'restricted' : 'handler'
  const all = [...(await receiversOf(trx, submission, handlers, dayInChina(now))), row.owner]
  const to = [...new Set(all.filter((person) => person !== null))].filter((person) => person !== part.person)
  const own = part.person === null ? '' : ((await readPerson(trx, part.person))?.name ?? '')
  const isAuthor = part.as.includes('author')
  const words = {
    'zh-CN': await wordsIn('zh-CN'),
    en: await wordsIn('en'),
  }
  await tellWord(trx, context, submission, { to, matter: 'report', text: (language) => words[language] }, now)

  async function wordsIn(language: 'zh-CN' | 'en'): Promise<string> {
    const name = isAuthor ? authorName(submission, language) : own
    const filled = await readableFields(trx, action.fields, input, language)
    const lines = filled.map(({ label, value }) => `${label}：${value}`)
    return [translate(language, 'review:report', { name, what: action.title[language] }), ...lines].join('\n')
  }
}
