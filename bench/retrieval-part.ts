/**
 * One part of the retrieval benchmark in a process of its own, so that its memory is its own; started by
 * bench/retrieval.ts with the names of the part, of the corpus and of the question file.
 */
import type { DocumentVersion } from '../src/knowledge/clause.ts'
import { readCommonWords } from '../src/knowledge/search/common-words.ts'
import { type PassageHint, readKnowledgeFiles } from '../src/knowledge/search/knowledge-files.ts'
import { SearchEngine } from '../src/knowledge/search/search-engine.ts'
import { buildSearchIndex, type SearchIndex } from '../src/knowledge/search/search-index.ts'
import { quantile } from './figures.ts'
import { plainBm25, type Ranker } from './plain-bm25.ts'
import { type GoldQuestion, type RankFigures, rankFigures } from './rank-figures.ts'
import { readGuideline } from './seed-engine.ts'
import { type Article, headingsOf, readJsonLines } from './statutes.ts'

/** What is measured of one system over one set of questions. */
export interface PartFigures extends RankFigures {
  part: string
  /** Which questions: all, or those whose clauses have hints, or have none. */
  set: string
  /** Median milliseconds of a search for six clauses. */
  ms: number
  buildSeconds: number
  /** Size of the index file, MiB; 0 where there is none. */
  indexSize: number
  /** Most memory of the process, MiB. */
  peak: number
}

const depth = 100
const [part = '', corpusPath = '', questionPath = ''] = process.argv.slice(2)
const articles = readJsonLines<Article>(corpusPath)
const questions = readJsonLines<GoldQuestion>(questionPath)
const parts: Record<string, () => Promise<void>> = {
  'BM25, bigrams': async () => plain(false),
  'BM25, uni- and bigrams': async () => plain(true),
  'kexie-bot': () => ours([], []),
  'kexie-bot with the guideline': async () => ours([await readGuideline()], []),
  'kexie-bot, no hints': () => halves(false),
  'kexie-bot, hints': () => halves(true),
}
await parts[part]!()

function plain(withUnigrams: boolean): void {
  const start = performance.now()
  const texts = articles.map((article) => [article.law, ...headingsOf(article), article.content].join(' '))
  const rank = plainBm25(texts, withUnigrams)
  const built = { buildSeconds: (performance.now() - start) / 1000, indexSize: 0 }
  measure('all', questions, (question, limit) => rank(question, limit).map((at) => articles[at]!.id), built)
}

async function ours(others: DocumentVersion[], hints: PassageHint[]): Promise<void> {
  const { rank, built } = await openOurs(others, hints)
  measure('all', questions, rank, built)
}

/**
 * The first half of the questions become hints of the clauses that answer them, the second half is asked, apart
 * by whether a clause that answers has a hint now. Neighbours in the file are alike, so every other question goes
 * to each half: those with hints are then questions like ones that were answered before.
 */
async function halves(withHints: boolean): Promise<void> {
  const learned = questions.filter((_, i) => i % 2 === 0)
  const asked = questions.filter((_, i) => i % 2 === 1)
  const byId = new Map(articles.map((article) => [article.id, article]))
  const hinted = new Map<number, PassageHint>()
  for (const { query, gold } of learned) {
    for (const id of gold) {
      const { law, content } = byId.get(id)!
      const fresh: PassageHint = {
        document: law,
        key: String(id),
        passage: content,
        english: null,
        questions: [],
      }
      const hint = hinted.get(id) ?? fresh
      hint.questions.push(query)
      hinted.set(id, hint)
    }
  }
  const { rank, built } = await openOurs([], withHints ? [...hinted.values()] : [])
  const isSeen = ({ gold }: GoldQuestion) => gold.some((id) => hinted.has(id))
  measure('all', asked, rank, built)
  measure('seen', asked.filter(isSeen), rank, built)
  measure(
    'unseen',
    asked.filter((question) => !isSeen(question)),
    rank,
    built,
  )
}

/** The laws, each a document whose clauses have the articles' ids as keys, and other documents with their hints. */
async function openOurs(others: DocumentVersion[], hints: PassageHint[]) {
  const start = performance.now()
  const files =
    others.length > 0 ? readKnowledgeFiles('knowledge') : { vocabulary: [], hints: [], unanswered: [] }
  const laws = [...Map.groupBy(articles, (article) => article.law)].map(([law, own]) => asDocument(law, own))
  const all = { ...files, hints: [...files.hints, ...hints] }
  const index = buildSearchIndex([...others, ...laws], all, await readCommonWords())
  const built = { buildSeconds: (performance.now() - start) / 1000, indexSize: sizeOf(index) }
  const engine = new SearchEngine(index)
  const lawNames = new Set(laws.map(({ document }) => document))
  const rank: Ranker = (question, limit) =>
    // A clause of another document is a wrong answer; no article has its id.
    engine
      .search({ question, limit })
      .hits.map(({ document, clause }) => (lawNames.has(document.document) ? Number(clause.key) : -1))
  return { rank, built }
}

function asDocument(law: string, own: readonly Article[]): DocumentVersion {
  return {
    ...{ document: law, version: 1, title: law, issuers: '', effective: null, visibility: { open: true } },
    clauses: own.map((article) => ({
      key: String(article.id),
      kind: 'clause',
      number: null,
      label: article.art,
      path: headingsOf(article),
      lead: article.content.split('。', 1)[0]!,
      text: `${article.art}　${article.content}`,
    })),
  }
}

function sizeOf(index: SearchIndex): number {
  const bytes = Object.values(index.sections()).reduce((sum, { byteLength }) => sum + byteLength, 0)
  return bytes / 2 ** 20
}

function measure(
  set: string,
  asked: readonly GoldQuestion[],
  rank: Ranker,
  built: Pick<PartFigures, 'buildSeconds' | 'indexSize'>,
): void {
  const ranked = asked.map(({ query }) => rank(query, depth))
  const times = asked.map(({ query }) => {
    const start = performance.now()
    rank(query, 6)
    return performance.now() - start
  })
  const figures: PartFigures = {
    ...{ part, set, ...rankFigures(asked, ranked), ...built },
    ms: quantile(times, 0.5),
    peak: process.resourceUsage().maxRSS / 1024,
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
