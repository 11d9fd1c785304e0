import { type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { TargetProblem } from './resolve-targets.ts'

/** The platform knows no such chat or account any more, or it is closed to the bot: a key of messages. */
export const targetGone = 'reminding:target.gone'

/** Says to whoever keeps a reminder that one of its targets reaches nobody any more. */
export function targetCard(
  {
    title,
    number,
    target,
    problem,
  }: { title: string; number: string; target: string; problem: TargetProblem | typeof targetGone },
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
