import type { Language } from '../../chat/language.ts'
import type { MadeFile } from '../../delivery/handed-files.ts'
import { descendantsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { SummariesContext } from './context.ts'
import { draftOf } from './draft-text.ts'
import { gatherFacts } from './gather-facts.ts'
import { readOutline } from './outline.ts'
import { quarterPeriod, yearPeriod } from './period.ts'
import { writeFiled } from './write-document.ts'

/** What a summary is of; `quarter` null: the whole year. */
export interface SummaryOf {
  organisation: string
  year: number
  quarter: number | null
}

/** By which plans are looked back on. Whose right it is, is asked before. */
export interface SummariesPort {
  /**
   * What the records say, as a text for a cadre to change; both empty: they say nothing. Of a quarter what comes next
   * stands by itself, of a year it is the last section of what was done.
   * @param most Characters of each.
   */
  draft(
    db: Reads,
    of: SummaryOf,
    by: { now: Date; language: Language; most: number },
  ): Promise<{ done: string; next: string }>
  /** The text as it was filed as DOCX, with the figures of the records and where each comes from. */
  write(db: Reads, of: SummaryOf & { text: string }, by: { now: Date; language: Language }): Promise<MadeFile>
}

/** Throws PlainError where the outline is wrong. */
export function createSummariesPort(
  given: Pick<SummariesContext, 'knowledgeDir' | 'submissions'>,
): SummariesPort {
  const context = { ...given, ...readOutline(given.knowledgeDir) }
  const factsOf = async (db: Reads, of: SummaryOf, { now, language }: { now: Date; language: Language }) => {
    const { organisation, year, quarter } = of
    const period = quarter === null ? yearPeriod(year) : quarterPeriod(year, quarter)
    const own = await db
      .selectFrom('organisation')
      .select(['id', 'name'])
      .where('id', '=', organisation)
      .executeTakeFirstOrThrow()
    const places = [own, ...(await descendantsOf(db, organisation))]
    const sections = await gatherFacts(db, context, { organisation, places }, { period, now, language })
    return { name: own.name, period, sections }
  }
  return {
    async draft(db, of, { now, language, most }) {
      const { sections } = await factsOf(db, of, { now, language })
      return draftOf(sections, { apart: of.quarter !== null, most, language })
    },
    async write(db, of, { now, language }) {
      const { name, period, sections } = await factsOf(db, of, { now, language })
      const facts = sections.flatMap((section) => section.facts)
      return writeFiled({ name, period, text: of.text, facts, now }, language)
    },
  }
}
