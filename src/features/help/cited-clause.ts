import type { Account, Conversation } from '../../chat/incoming.ts'
import { type Clause, type DocumentVersion, isVisibleTo, type Reader } from '../../knowledge/clause.ts'
import { findClause } from '../../knowledge/library/find-clause.ts'
import { parseChineseNumeral } from '../../knowledge/parse/chinese-numeral.ts'
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

/** What a reply is shown by. */
export interface ReplyOptions {
  library: Library
  /**
   * Who is in a group, as far as it is known at once; null where nobody can tell. Asking makes it known to whoever asks
   * later.
   */
  membersOf(conversation: Conversation): Promise<readonly Account[] | null>
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
    const version = { ...document, clauses: numbers.map((number) => index.readClause(number)) }
    const clause = clauseMeant(version, wanted)
    return clause ? [{ document: document.document, title: document.title, key: clause.key }] : []
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

/** Null where the document has none. Throws PlainError where it has several of the number. */
function clauseMeant(version: DocumentVersion, wanted: string): Clause | null {
  // （十） is 第十条 to whoever speaks of it, and 第10条 too.
  const numeral = /^第([零〇一二三四五六七八九十百千两\d]+)[条款项]$/.exec(
    wanted.normalize('NFKC').trim(),
  )?.[1]
  const number = numeral && (/^\d+$/.test(numeral) ? Number(numeral) : parseChineseNumeral(numeral))
  for (const way of [wanted, ...(number ? [String(number)] : [])]) {
    try {
      return findClause(version, way)
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      if (error.key === 'knowledge:library.ambiguous-clause') throw error
    }
  }
  return null
}

function bareTitle(text: string): string {
  return text.normalize('NFKC').replaceAll(/[《》\s]/g, '')
}
