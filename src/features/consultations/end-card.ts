import { type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Standing } from './consultation-cards.ts'
import type { Consultation } from './records.ts'

/** Asks once more before a consultation is ended, with what cannot be done after it. */
export function endCard(
  { row }: Pick<Consultation, 'row'>,
  { missing }: Pick<Standing, 'missing'>,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:end.${key}`, values)
  const value = { consultation: row.id }
  return {
    tone: 'info',
    title: say('title', { number: row.number }),
    blocks: [
      { type: 'text', runs: plain(say('missing', { count: missing })) },
      { type: 'note', text: say(row.naming === 'signed' ? 'signed' : 'unsigned') },
      {
        type: 'buttons',
        buttons: [{ label: say('sure'), action: 'consultations.close-now', value, style: 'primary' }],
      },
    ],
  }
}
