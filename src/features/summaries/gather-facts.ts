import type { Language } from '../../chat/language.ts'
import type { Reads } from '../../people/people.ts'
import type { ComparingPort } from '../submissions/port.ts'
import { type Place, readMeasures, type Source } from './measures.ts'
import type { Outline } from './outline.ts'
import type { Period } from './period.ts'

/** Something that the records say, in a phrase that goes into a summary as it is. */
export interface Fact {
  /** From 1, throughout a summary. */
  number: number
  /** Without a full stop. */
  text: string
  figure: number
  unit: string
  sources: readonly Source[]
}

/** A part of a summary; without facts, nothing was recorded of it. */
export interface FactSection {
  key: string
  heading: string
  facts: readonly Fact[]
}

/** Names that a phrase lists. */
const mostNames = 8
/** Characters of each. */
const longestName = 40

/** What the records say of a period, section by section as the outline has it. What did not happen is left out. */
export async function gatherFacts(
  db: Reads,
  { submissions, outline }: { submissions: Pick<ComparingPort, 'sentBetween'>; outline: Outline },
  place: Place,
  { period, now, language }: { period: Period; now: Date; language: Language },
): Promise<FactSection[]> {
  const measures = await readMeasures(db, submissions, place, period, now)
  let number = 0
  return outline.sections.map(({ key, heading, facts }) => ({
    ...{ key, heading: heading[language] },
    facts: facts.flatMap(({ measure, of = null, when, unit, text }) => {
      if (when !== undefined && when !== (period.quarter === null ? 'year' : 'quarter')) return []
      const { figure, sources } = measures[measure](of)
      if (figure === 0) return []
      number += 1
      const said = text[language]
        .replaceAll('{{figure}}', () => String(figure))
        .replaceAll('{{names}}', () => namesOf(sources, language))
      return [{ number, text: said, figure, unit: unit[language], sources }]
    }),
  }))
}

function namesOf(sources: readonly Source[], language: Language): string {
  const names = sources.slice(0, mostNames).map(({ number, title }) => {
    const letters = Array.from((title || number).replaceAll(/[\s⟦⟧]+/gu, ' ').trim())
    return letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : letters.join('')
  })
  const listed = names.join(language === 'en' ? ', ' : '、')
  if (sources.length <= mostNames) return listed
  return language === 'en' ? `${listed} and others` : `${listed}等`
}
