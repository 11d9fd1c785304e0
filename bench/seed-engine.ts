import { readFileSync } from 'node:fs'
import type { DocumentVersion } from '../src/knowledge/clause.ts'
import { parseDocument } from '../src/knowledge/parse/parse-document.ts'
import { readDocument } from '../src/knowledge/read/read-document.ts'
import { readCommonWords } from '../src/knowledge/search/common-words.ts'
import { readKnowledgeFiles } from '../src/knowledge/search/knowledge-files.ts'
import { SearchEngine } from '../src/knowledge/search/search-engine.ts'
import { buildSearchIndex } from '../src/knowledge/search/search-index.ts'

/** The guideline of `knowledge/`, as it is imported at the first start. */
export async function readGuideline(): Promise<DocumentVersion> {
  const { text, format, frontMatter } = await readDocument(
    'guideline.md',
    readFileSync('knowledge/documents/guideline.md'),
  )
  return {
    document: 'guideline',
    version: 1,
    title: frontMatter.title ?? '',
    issuers: frontMatter.issuers ?? '',
    effective: null,
    visibility: { open: true },
    clauses: parseDocument(text, format).clauses,
  }
}

/** A search engine over `knowledge/` and more documents, without a store. */
export async function openSeedEngine(more: DocumentVersion[] = []): Promise<SearchEngine> {
  const files = readKnowledgeFiles('knowledge')
  return new SearchEngine(buildSearchIndex([await readGuideline(), ...more], files, await readCommonWords()))
}
