import { type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { madeForOf } from '../making/made-for.ts'
import type { TargetProblem } from './resolve-targets.ts'

/** The platform knows no such chat or account any more, or it is closed to the bot: a key of messages. */
export const targetGone = 'reminding:target.gone'

/** A target that reaches nobody. */
export interface Unreached {
  /** In words. */
  target: string
  problem: TargetProblem | typeof targetGone
  /** Reminders that have it, one or more. */
  reminders: readonly { title: string; number: string; origin: string | null }[]
  /** All of them have other targets that were reached. */
  hasOthers: boolean
}

const ofSeveral = {
  'reminding:target.no-account': 'reminding:target.several-no-account',
  'reminding:target.no-holder': 'reminding:target.several-no-holder',
  'reminding:target.gone': 'reminding:target.several-gone',
  'reminding:target.bound-anew': 'reminding:target.several-bound-anew',
} as const

const mostListed = 8

/** Says to whoever keeps reminders that a target of them reaches nobody any more. */
export function targetCard(
  { target, problem, reminders, hasOthers }: Unreached,
  link: string,
  language: Language,
): Card {
  const [first] = reminders
  const isOne = reminders.length === 1
  const said = isOne
    ? translate(language, problem, { title: first!.title, number: first!.number, target })
    : translate(language, ofSeveral[problem], { count: reminders.length, target })
  const others = hasOthers ? translate(language, 'reminding:target.others') : ''
  const left = reminders.length - mostListed
  return {
    tone: 'info',
    title: translate(language, 'reminding:target.title'),
    blocks: [
      { type: 'text', runs: plain([said, others].filter(Boolean).join(language === 'en' ? ' ' : '')) },
      ...(isOne
        ? []
        : [
            {
              type: 'list' as const,
              items: reminders
                .slice(0, mostListed)
                .map(({ title, number }) => plain(`${title}（${number}）`)),
            },
          ]),
      ...(left > 0
        ? [{ type: 'note' as const, text: translate(language, 'reminding:above.more', { count: left }) }]
        : []),
      { type: 'note', text: adviceOf(first!.origin, language) },
      { type: 'link', label: translate(language, 'reminding:target.open'), url: link },
    ],
  }
}

/** What a person made is changed at the reminder, what a feature keeps where it comes from. */
function adviceOf(origin: string | null, language: Language): string {
  const made = madeForOf(origin)
  if (made === null || origin === null) return translate(language, 'reminding:target.advice')
  if (origin.startsWith('plan.')) return translate(language, 'reminding:target.advice-plan')
  return translate(language, 'reminding:target.advice-made', { from: translate(language, made) })
}
