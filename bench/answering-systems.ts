import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AskedQuestion } from './vary-questions.ts'

/** A clause as all systems but ours are given it. */
export interface BenchClause {
  document: string
  number: number | null
  /** Title, headings and text. */
  text: string
}

/** Gives the clause at the first place; null where there is none. */
export type AnswerOne = (asked: AskedQuestion) => Promise<Omit<BenchClause, 'text'> | null>

/** Opens a system over a library (see prepare-library.ts), with its index file where it keeps one. */
export type OpenSystem = (library: string) => Promise<AnswerOne>

/** How many clauses the other systems return; an answer of ours cites three at most. */
const wanted = 3

/** Each module is loaded by the process that runs it alone, so that start-up and memory are its own. */
export const systems: Record<string, OpenSystem> = {
  'kexie-bot': openKexie,
  'MiniSearch, bigrams': (library) =>
    openMiniSearch(library, 'MiniSearch, bigrams', async () => bigramTokens),
  'MiniSearch, jieba': (library) => openMiniSearch(library, 'MiniSearch, jieba', loadJiebaTokens),
  BM25Retriever: (library) => openBm25Retriever(library, null),
  'BM25Retriever, bigrams': (library) => openBm25Retriever(library, bigramTokens),
  'fixed work': async () => doFixedWork,
}

/** Always the same sum: how much longer it takes at times is what the machine adds to every other figure. */
async function doFixedWork(): Promise<null> {
  let sum = 0
  for (let i = 0; i < 1_000_000; i++) sum = (sum * 31 + i) | 0
  if (sum === 1) throw new Error('the sum is wrong')
  return null
}

/** Where another system keeps its index, if it keeps one. */
export function indexFileOf(system: string, library: string): string {
  return join(library, `${system.replaceAll(/\W+/g, '-')}.json`)
}

/** The whole answer as `kexie ask --batch` gives it, without a model. */
async function openKexie(library: string): Promise<AnswerOne> {
  const { openSeedKnowledge } = await import('./prepare-library.ts')
  const { answerLine } = await import('../src/command-line/ask.ts')
  const { store, engine } = await openSeedKnowledge(library)
  await store.close()
  return async (asked) => {
    const [best] = answerLine(engine, { id: 0, ...asked }).citations
    return best ? { document: best.document, number: best.clause } : null
  }
}

async function openMiniSearch(
  library: string,
  system: string,
  loadTokenizer: () => Promise<(text: string) => string[]>,
): Promise<AnswerOne> {
  const { default: MiniSearch } = await import('minisearch')
  const clauses = readClauses(library)
  const options = { fields: ['text'], tokenize: await loadTokenizer() }
  const path = indexFileOf(system, library)
  let stored: string | null = null
  try {
    stored = readFileSync(path, 'utf8')
  } catch {
    // No index file yet: it is built below.
  }
  const index = stored
    ? MiniSearch.loadJSON(stored, options)
    : new MiniSearch<{ id: number; text: string }>(options)
  if (!stored) {
    index.addAll(clauses.map(({ text }, id) => ({ id, text })))
    try {
      writeFileSync(path, JSON.stringify(index))
    } catch {
      // A JSON text beyond the longest string: such a library has to be indexed at every start.
    }
  }
  return async (asked) => {
    const [best] = index.search(withHistory(asked)).slice(0, wanted)
    return best ? clauses[best.id as number]! : null
  }
}

/**
 * `preprocess` cuts the question into words; as it comes the retriever cuts at white space, which makes a Chinese
 * question one word. In the clauses it looks for these words as parts of the text, whatever they are.
 */
async function openBm25Retriever(
  library: string,
  preprocess: ((text: string) => string[]) | null,
): Promise<AnswerOne> {
  const { BM25Retriever } = await import('@langchain/community/retrievers/bm25')
  const { Document } = await import('@langchain/core/documents')
  const documents = readClauses(library).map(
    ({ text, ...metadata }) => new Document({ pageContent: text, metadata }),
  )
  const retriever = BM25Retriever.fromDocuments(documents, { k: wanted })
  // Typed as private, though it is the only way to other words than those between blanks.
  if (preprocess) Object.assign(retriever, { preprocessFunc: preprocess })
  return async (asked) => {
    const [best] = await retriever.invoke(withHistory(asked))
    return best ? (best.metadata as Omit<BenchClause, 'text'>) : null
  }
}

function readClauses(library: string): BenchClause[] {
  return JSON.parse(readFileSync(join(library, 'clauses.json'), 'utf8'))
}

/** The others have no notion of a conversation: they get the turn before the question in front of it. */
function withHistory({ question, history }: AskedQuestion): string {
  return [...history.slice(-1), question].join(' ')
}

/** Pairs of neighbouring Han characters, and other words whole. */
function bigramTokens(text: string): string[] {
  return (text.toLowerCase().match(/[\u4e00-\u9fff]+|[a-z0-9]+/g) ?? []).flatMap((run) =>
    /[a-z0-9]/.test(run) || run.length === 1
      ? [run]
      : Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)),
  )
}

async function loadJiebaTokens(): Promise<(text: string) => string[]> {
  const { Jieba } = await import('@node-rs/jieba')
  const { dict } = await import('@node-rs/jieba/dict.js')
  const jieba = Jieba.withDict(dict)
  return (text) => jieba.cutForSearch(text.toLowerCase(), true).filter((word) => /[\p{L}\p{N}]/u.test(word))
}
