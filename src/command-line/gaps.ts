import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import type { Gap } from '../features/policy/answer-log.ts'
import { translate } from '../messages/translate.ts'

/** What people asked in vain, for those who keep the library: those who wait for a person first, then the most asked. */
export function gapsCard(gaps: readonly Gap[], language: Language): Card {
  const say = (key: string, values?: Record<string, number>) =>
    translate(language, `command-line:gaps.${key}`, values)
  if (gaps.length === 0) return { tone: 'info', blocks: [{ type: 'text', runs: [{ text: say('none') }] }] }
  return {
    tone: 'info',
    blocks: [
      {
        type: 'table',
        header: [say('question'), say('times'), say('person'), say('nearest'), say('last')],
        rows: gaps.map(({ question, times, wantsPerson, nearest, lastAt }) => [
          question,
          String(times),
          wantsPerson ? say('yes') : '',
          nearest ? `${nearest.document} ${nearest.key}` : '',
          lastAt.toISOString().slice(0, 10),
        ]),
      },
    ],
  }
}
