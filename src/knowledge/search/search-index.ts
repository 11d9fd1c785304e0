import type { Clause, DocumentVersion } from '../clause.ts'
import { splitPassages } from '../parse/split-passages.ts'
import type { CommonWords } from './common-words.ts'
import { type Example, type HintModel, trainHintModel } from './hint-classifier.ts'
import type { Section } from './index-file.ts'
import { buildPostings, type Postings } from './inverted-index.ts'
import type { KnowledgeFiles, VocabularyEntry } from './knowledge-files.ts'
import { isHan, normalise } from './normalise.ts'
import { textFeatures } from './question-features.ts'
import { type Term, termsOf } from './terms.ts'
import { Vocabulary } from './vocabulary.ts'

/** What is known of a document beside its clauses; its clauses are numbered from `firstClause` on. */
export interface IndexedDocument extends Omit<DocumentVersion, 'clauses'> {
  firstClause: number
  clauseCount: number
}

/** A passage with hints, and which examples of the model are its hints. */
export interface HintedPassage {
  /** The clause, counted from the document's first. */
  target: number
  passage: string
  /** What it says in English, where somebody has written that down. */
  english: string | null
  /** Its examples: from `start` on, `end` not included. */
  start: number
  end: number
}

/**
 * The hints of one document and what was learned from them. The model's targets are the document's clauses in
 * order and, last, “not settled here”: one target for all such questions tells them apart better than one for each
 * topic (area under the curve 0.98 against 0.96 on the tuning questions), and is learned four times faster.
 */
export interface DocumentHints {
  /** Number of the document in the index. */
  document: number
  passages: HintedPassage[]
  /** Share of the document's clauses that have hints. */
  hintedShare: number
  model: HintModel
}

/** All that search needs, without the store: clauses of every current document, for all readers. */
export interface SearchIndex {
  documents: IndexedDocument[]
  /** Document number by clause number. */
  documentOfClause: Uint32Array
  /** Clause number by unit; a unit is a passage of a clause, 300 characters at most. */
  clauseOfUnit: Uint32Array
  postings: Postings
  hints: DocumentHints[]
  vocabulary: Vocabulary
  commonWords: CommonWords
  readClause(number: number): Clause
  sections(): Record<string, Section>
}

interface Layout {
  documents: IndexedDocument[]
  vocabulary: VocabularyEntry[]
  hints: Omit<DocumentHints, 'model'>[]
  modelTargets: number[]
}

/** Builds the index. Hints of documents or clauses that are not there are passed over (`kb check` names them). */
export function buildSearchIndex(
  documents: readonly DocumentVersion[],
  files: KnowledgeFiles,
  commonWords: CommonWords,
): SearchIndex {
  const vocabulary = new Vocabulary(files.vocabulary)
  const clauses: Clause[] = []
  const indexed: IndexedDocument[] = []
  const documentOfClause: number[] = []
  for (const { clauses: own, ...rest } of documents) {
    indexed.push({ ...rest, firstClause: clauses.length, clauseCount: own.length })
    for (const clause of own) {
      documentOfClause.push(indexed.length - 1)
      clauses.push(clause)
    }
  }
  const clauseOfUnit: number[] = []
  const units = function* (): Iterable<Term[]> {
    for (const [number, clause] of clauses.entries()) {
      const heading = normalise([indexed[documentOfClause[number]!]!.title, ...clause.path].join(' '))
      for (const { start, end } of splitPassages(clause.text)) {
        clauseOfUnit.push(number)
        yield termsOf(`${heading} ${normalise(clause.text.slice(start, end))}`)
      }
    }
  }
  const postings = buildPostings(units())
  const hints = indexed.flatMap((document, number) =>
    learnHints(document, number, clauses, files, vocabulary),
  )
  const bytes = clauses.map((clause) => Buffer.from(JSON.stringify(clause)))
  return assemble(
    { documents: indexed, vocabulary: files.vocabulary, hints, modelTargets: [] },
    hints.map(({ model }) => model),
    {
      documentOfClause: Uint32Array.from(documentOfClause),
      clauseOfUnit: Uint32Array.from(clauseOfUnit),
      postings,
      clauseBytes: new Uint8Array(Buffer.concat(bytes)),
      clauseStarts: startsOf(bytes.map(({ length }) => length)),
      commonWords,
    },
    vocabulary,
  )
}

function startsOf(lengths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1)
  lengths.forEach((length, i) => {
    starts[i + 1] = starts[i]! + length
  })
  return starts
}

function learnHints(
  document: IndexedDocument,
  number: number,
  clauses: readonly Clause[],
  files: KnowledgeFiles,
  vocabulary: Vocabulary,
): DocumentHints[] {
  const own = files.hints.filter((hint) => hint.document === document.document)
  const unanswered = files.unanswered.filter((hint) => hint.document === document.document)
  if (own.length === 0 && unanswered.length === 0) return []
  const text = clauses.slice(document.firstClause, document.firstClause + document.clauseCount)
  const targetOfKey = new Map(text.map(({ key }, target) => [key, target]))
  const unsettled = text.length
  const examples: Example[] = []
  const passages: HintedPassage[] = []
  const add = (question: string, target: number) =>
    examples.push({ features: textFeatures(normalise(question), vocabulary), target })
  for (const { key, passage, english, questions } of own) {
    const target = targetOfKey.get(key)
    if (target === undefined) continue
    const start = examples.length
    for (const question of questions) add(question, target)
    passages.push({ target, passage, english, start, end: examples.length })
  }
  for (const { questions } of unanswered) for (const question of questions) add(question, unsettled)
  // The clause's own sentences are examples too, so that its words count even where no hint has them.
  for (const [target, clause] of text.entries()) {
    for (const sentence of clause.text.split(/[。；\n]/)) if (sentence.length > 6) add(sentence, target)
  }
  const hintedShare = new Set(passages.map(({ target }) => target)).size / text.length
  return [{ document: number, passages, hintedShare, model: trainHintModel(examples, unsettled + 1) }]
}

interface Flat {
  documentOfClause: Uint32Array
  clauseOfUnit: Uint32Array
  postings: Postings
  clauseBytes: Uint8Array
  clauseStarts: Uint32Array
  commonWords: CommonWords
}

function assemble(layout: Layout, models: HintModel[], flat: Flat, vocabulary: Vocabulary): SearchIndex {
  const decoder = new TextDecoder()
  const hints = layout.hints.map((hints, i) => ({ ...hints, model: models[i]! }))
  return {
    documents: layout.documents,
    documentOfClause: flat.documentOfClause,
    clauseOfUnit: flat.clauseOfUnit,
    postings: flat.postings,
    hints,
    vocabulary,
    commonWords: flat.commonWords,
    readClause(number) {
      const bytes = flat.clauseBytes.subarray(flat.clauseStarts[number]!, flat.clauseStarts[number + 1]!)
      return JSON.parse(decoder.decode(bytes)) as Clause
    },
    sections() {
      const plain: Layout = {
        documents: layout.documents,
        vocabulary: layout.vocabulary,
        hints: hints.map(({ model: _, ...rest }) => rest),
        modelTargets: models.map(({ targets }) => targets),
      }
      const sections: Record<string, Section> = {
        layout: new Uint8Array(Buffer.from(JSON.stringify(plain))),
        documentOfClause: flat.documentOfClause,
        clauseOfUnit: flat.clauseOfUnit,
        clauseBytes: flat.clauseBytes,
        clauseStarts: flat.clauseStarts,
        commonWords: flat.commonWords,
      }
      for (const [name, section] of Object.entries(flat.postings)) sections[`postings.${name}`] = section
      models.forEach(({ targets: _, ...arrays }, i) => {
        for (const [name, section] of Object.entries(arrays)) sections[`model${i}.${name}`] = section
      })
      return sections
    },
  }
}

/** The index out of the sections of a file; nothing but the layout is parsed. */
export function restoreSearchIndex(sections: ReadonlyMap<string, Section>): SearchIndex {
  const layout = JSON.parse(new TextDecoder().decode(sections.get('layout') as Uint8Array)) as Layout
  const group = (prefix: string) =>
    Object.fromEntries(
      [...sections]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, section]) => [name.slice(prefix.length), section]),
    )
  const models = layout.modelTargets.map(
    (targets, i) => ({ targets, ...group(`model${i}.`) }) as unknown as HintModel,
  )
  const flat: Flat = {
    documentOfClause: sections.get('documentOfClause') as Uint32Array,
    clauseOfUnit: sections.get('clauseOfUnit') as Uint32Array,
    clauseBytes: sections.get('clauseBytes') as Uint8Array,
    clauseStarts: sections.get('clauseStarts') as Uint32Array,
    commonWords: sections.get('commonWords') as Uint32Array,
    postings: group('postings.') as unknown as Postings,
  }
  return assemble(layout, models, flat, new Vocabulary(layout.vocabulary))
}

/** Every Han character that the index or its hints know, ascending, for finding homophones. */
export function knownCharacters(index: SearchIndex): string[] {
  const characters = new Set<string>()
  const add = (terms: Uint32Array) => {
    for (const term of terms) {
      if (term >= 0x10000) break
      if (isHan(term)) characters.add(String.fromCharCode(term))
    }
  }
  add(index.postings.terms)
  for (const { model } of index.hints) add(model.terms)
  // Of equal choices the first is taken: their order must not hang on documents that an asker may not see.
  return [...characters].sort()
}
