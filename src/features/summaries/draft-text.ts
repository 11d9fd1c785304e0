import type { Language } from '../../chat/language.ts'
import type { FactSection } from './gather-facts.ts'
import { sentenceOf } from './sentences.ts'
import { numberedHeading } from './summary-texts.ts'

/** The section of what is still to be done, for which a quarter has a field of its own. */
const ahead = 'next'

/**
 * Facts as a text to be changed by hand: what was done, headed section by section, and what comes next.
 * @param apart Whether what comes next stands by itself; else it is the last section.
 */
export function draftOf(
  sections: readonly FactSection[],
  { apart, most, language }: { apart: boolean; most: number; language: Language },
): { done: string; next: string } {
  const known = sections.filter(({ facts }) => facts.length > 0)
  const done = known
    .filter(({ key }) => !apart || key !== ahead)
    .map(({ heading, facts }, at) =>
      [numberedHeading(heading, at, language), sentenceOf(facts, language)].join('\n'),
    )
  const next = known
    .filter(({ key }) => apart && key === ahead)
    .map(({ facts }) => sentenceOf(facts, language))
  return { done: whole(done.join('\n'), most), next: whole(next.join('\n'), most) }
}

/** As many whole lines as there is room for: half of one could end within a figure. */
function whole(text: string, most: number): string {
  const kept: string[] = []
  let length = 0
  for (const line of text.split('\n')) {
    length += line.length + 1
    if (length > most + 1) break
    kept.push(line)
  }
  return kept.join('\n')
}
