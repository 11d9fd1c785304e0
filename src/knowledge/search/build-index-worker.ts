import { workerData } from 'node:worker_threads'
import type { DocumentVersion } from '../clause.ts'
import { readCommonWords } from './common-words.ts'
import { writeIndexFile } from './index-file.ts'
import type { KnowledgeFiles } from './knowledge-files.ts'
import { buildSearchIndex } from './search-index.ts'

/** What the worker is given; it ends when the file is there. */
export interface BuildOrder {
  path: string
  fingerprint: string
  documents: DocumentVersion[]
  files: KnowledgeFiles
}

const { path, fingerprint, documents, files } = workerData as BuildOrder
const index = buildSearchIndex(documents, files, await readCommonWords())
writeIndexFile(path, fingerprint, index.sections())
