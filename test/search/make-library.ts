import type { Clause, DocumentVersion, Visibility } from '../../src/knowledge/clause.ts'
import type { CommonWords } from '../../src/knowledge/search/common-words.ts'
import type { KnowledgeFiles } from '../../src/knowledge/search/knowledge-files.ts'
import { SearchEngine } from '../../src/knowledge/search/search-engine.ts'
import { buildSearchIndex } from '../../src/knowledge/search/search-index.ts'

/** Clause `number` of a document without chapters: `第3条` is its key and its label. */
export function makeClause(number: number, words: string, details: Partial<Clause> = {}): Clause {
  const label = `第${number}条`
  const text = `${label}${words}`
  return { key: label, kind: 'clause', number, label, path: [], lead: words, text, ...details }
}

/** An open document with one clause for each text. */
export function makeDocument(
  document: string,
  texts: readonly string[],
  details: Partial<DocumentVersion> = {},
): DocumentVersion {
  return {
    document,
    version: 1,
    title: `${document}办法`,
    issuers: '',
    effective: null,
    visibility: { open: true },
    clauses: texts.map((words, i) => makeClause(i + 1, words)),
    ...details,
  }
}

export function closedTo(...organisations: string[]): Visibility {
  return { open: false, organisations, roles: [] }
}

/** An engine in memory; no everyday words unless given, so that nothing is kept from being mended. */
export function makeEngine(
  documents: readonly DocumentVersion[],
  files: Partial<KnowledgeFiles> = {},
  commonWords: CommonWords = new Uint32Array(),
): SearchEngine {
  return new SearchEngine(
    buildSearchIndex(documents, { vocabulary: [], hints: [], unanswered: [], ...files }, commonWords),
  )
}
