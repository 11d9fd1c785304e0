import { type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'

/** Says to whoever keeps a reminder that one of its targets reaches nobody any more. */
export function targetCard(
  {
    title,
    number,
    target,
    problem,
  }: { title: string; number: string; target: string; problem: `reminding:target.${string}` },
  link: string,
  language: Language,
): Card {
  return {
    tone: 'info',
    title: translate(language, 'reminding:target.title'),
    blocks: [
      { type: 'text', runs: plain(translate(language, problem, { title, number, target })) },
      { type: 'note', text: translate(language, 'reminding:target.advice') },
      { type: 'link', label: translate(language, 'reminding:target.open'), url: link },
    ],
  }
}
