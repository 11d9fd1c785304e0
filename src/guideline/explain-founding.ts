import type { Language } from '../chat/language.ts'
import { translate } from '../messages/translate.ts'
import type { FoundingAdvice } from './founding-rule.ts'
import type { Headcount } from './headcount.ts'

/**
 * The advice as a ruling of two sentences: what the clause says, and what follows for the case, with what
 * the clause leaves open at its end.
 */
export function explainFounding(advice: FoundingAdvice, language: Language): string {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `policy:founding.${key}`, values)
  const who = advice.staff ? say(`who.${advice.countOf}`, { count: sayCount(advice.staff, language) }) : ''
  const [rule, ...applied] = advice.statements.map(({ key }) => say(key, { who }))
  const pieces = [...applied, ...advice.notSaid.map((key) => say(`not-said.${key}`))]
  const sentences = [rule ?? '', pieces.join(say('then'))].filter((sentence) => sentence !== '')
  return sentences
    .map((sentence) => capitalised(sentence) + say('end'))
    .join('')
    .trim()
}

/** A headcount in words, as it would have been said: “90 多人”, “不足 100 人”, “100 人左右”. */
function sayCount({ least, most, about }: Headcount, language: Language): string {
  const say = (shape: string, values: Record<string, number>) =>
    translate(language, `policy:founding.people.${shape}`, values)
  if (about !== undefined) return say(most !== null && most < about ? 'nearly' : 'about', { number: about })
  if (least === most) return say('exactly', { number: least })
  // “At least 101” and “more than 100” are the same of people; the round number reads better.
  if (most === null) {
    return isRound(least - 1) ? say('over', { number: least - 1 }) : say('at-least', { number: least })
  }
  if (least === 0) {
    return isRound(most + 1) ? say('under', { number: most + 1 }) : say('at-most', { number: most })
  }
  return isRound(least - 1) && isRound(most + 1)
    ? say('odd', { number: least - 1, least, most })
    : say('range', { least, most })
}

function isRound(number: number): boolean {
  return number > 0 && number % 10 === 0
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
