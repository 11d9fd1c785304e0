import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Notice } from './records.ts'

/** A page of those who have not read it, by unit. */
export function missingCard(
  { row }: Pick<Notice, 'row'>,
  {
    people,
    from,
    count,
  }: { people: readonly { name: string; organisation: string }[]; from: number; count: number },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:missing.${key}`, values)
  const left = count - from - people.length
  const byUnit = [...Map.groupBy(people, ({ organisation }) => organisation)]
  const more: Button = {
    label: say('next', { count: Math.max(0, left) }),
    ...{
      action: 'notices.missing',
      value: { notice: row.id, from: String(from + people.length) },
      opens: 'beside',
    },
  }
  return {
    tone: 'info',
    title: say('title', { count, number: row.number }),
    blocks: [
      ...(count === 0 ? [{ type: 'text' as const, runs: plain(say('none')) }] : []),
      ...byUnit.flatMap(([unit, theirs]): Block[] => [
        { type: 'text', runs: [{ text: unit || say('no-unit'), strong: true }] },
        { type: 'text', runs: plain(theirs.map(({ name }) => name).join(language === 'en' ? ', ' : '、')) },
      ]),
      ...(left > 0 ? [{ type: 'buttons' as const, buttons: [more] }] : []),
    ],
  }
}
