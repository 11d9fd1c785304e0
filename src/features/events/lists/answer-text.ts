import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { OwnQuestion } from '../records.ts'

/** An answer to an event's own question, as it is read; empty where there is none. */
export function answerText({ type }: Pick<OwnQuestion, 'type'>, answer: unknown, language: Language): string {
  if (answer === undefined || answer === null || answer === '') return ''
  if (type === 'checkbox') {
    return translate(language, answer === true ? 'forms:value.yes' : 'forms:value.no')
  }
  return Array.isArray(answer) ? answer.map(String).join(language === 'en' ? ', ' : '、') : String(answer)
}
