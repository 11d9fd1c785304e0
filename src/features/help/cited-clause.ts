import { isVisibleTo, type Reader } from '../../knowledge/clause.ts'
import { findClause } from '../../knowledge/library/find-clause.ts'
import type { OpenedClause, SearchEngine } from '../../knowledge/search/search-engine.ts'
import { PlainError } from '../../messages/plain-error.ts'

/** A clause by document and key. */
export interface ClauseName {
  document: string
  key: string
}

/** What is asked of the library; the engine changes as documents do. */
export interface Library {
  readonly engine: Pick<SearchEngine, 'index' | 'openClause'>
}

/**
 * The clause that somebody names as the basis of a reply: 第五条, （十）, 10, or one of these after the document's
 * title. Without a title it is the document of the nearest clause, or the only one that has it.
 * Throws PlainError where there is none among those that the reader may see, or several.
 */
export function findCitedClause(
  { engine }: Library,
  text: string,
  reader: Reader,
  nearest: ClauseName | null,
): ClauseName {
  const { index } = engine
  const asked = bareTitle(text)
  const documents = index.documents.filter(({ visibility }) => isVisibleTo(visibility, [reader]))
  const titled = documents
    .filter(({ title }) => asked.includes(bareTitle(title)))
    .sort((one, other) => other.title.length - one.title.length)
    .at(0)
  const wanted = titled ? asked.replace(bareTitle(titled.title), '') : text.trim()
  const found = (titled ? [titled] : documents).flatMap((document) => {
    const numbers = Array.from({ length: document.clauseCount }, (_, i) => document.firstClause + i)
    const clauses = numbers.map((number) => index.readClause(number))
    try {
      const { key } = findClause({ ...document, clauses }, wanted.replace(/款$/, '条'))
      return [{ document: document.document, title: document.title, key }]
    } catch (error) {
      // Several of one number in a document: its own message names their keys.
      if (error instanceof PlainError && (titled || error.key.endsWith('ambiguous-clause'))) throw error
      if (error instanceof PlainError) return []
      throw error
    }
  })
  const [first, ...others] = found
  if (!first) throw new PlainError('help:clause.unknown', { clause: text.trim() })
  const meant = others.length === 0 ? first : found.find(({ document }) => document === nearest?.document)
  if (!meant) {
    const titles = found.map(({ title }) => title).join('》《')
    throw new PlainError('help:clause.several', { clause: text.trim(), titles })
  }
  return { document: meant.document, key: meant.key }
}

/** The clause as these readers may see it; null where they may not, or it is no longer there. */
export function openFor(
  { engine }: Library,
  clause: ClauseName | null,
  readers: readonly Reader[],
): OpenedClause | null {
  return clause ? engine.openClause(clause.document, clause.key, readers) : null
}

function bareTitle(text: string): string {
  return text.normalize('NFKC').replaceAll(/[《》\s]/g, '')
}
