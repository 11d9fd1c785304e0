import type { Language } from '../../../chat/language.ts'
import { lackingCharacters } from '../../../documents/pdf.ts'
import { translate } from '../../../messages/translate.ts'
import type { AwardRow } from './judging-records.ts'

const mostNamed = 10
const mostOfName = 30

/**
 * What the organiser is to know of certificates before and after they are made: which names have characters that the font
 * lacks, and what can be done; empty: all can be printed.
 */
export function lackingLine(awards: readonly Pick<AwardRow, 'holder'>[], language: Language): string {
  const holders = [...new Set(awards.map(({ holder }) => holder))]
  const lacking = holders.flatMap((holder) => {
    const characters = lackingCharacters(holder)
    if (characters.length === 0) return []
    const name = [...holder].slice(0, mostOfName).join('')
    return [translate(language, 'judging:lacking.of', { name, characters: characters.join('') })]
  })
  if (lacking.length === 0) return ''
  const names = lacking.slice(0, mostNamed).join(language === 'en' ? '; ' : '；')
  return translate(language, 'judging:lacking.text', { names, count: lacking.length })
}
