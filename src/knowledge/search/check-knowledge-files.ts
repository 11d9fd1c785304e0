import type { Language } from '../../chat/language.ts'
import { explainError, translate } from '../../messages/translate.ts'
import type { DocumentVersion } from '../clause.ts'
import { locate } from './choose-quote.ts'
import { type KnowledgeFiles, readKnowledgeFiles } from './knowledge-files.ts'
import { normalise } from './normalise.ts'

/**
 * What is wrong in the vocabulary and hint files, one line each, for those who keep them: a file that cannot be
 * read, a hint for a document or clause that is not there, a passage that is not in its clause, a question that
 * stands under two clauses (or also among those not settled), an ordinary word that is also an official one.
 */
export function checkKnowledgeFiles(
  folder: string,
  documents: readonly DocumentVersion[],
  language: Language,
): string[] {
  let files: KnowledgeFiles
  try {
    files = readKnowledgeFiles(folder)
  } catch (error) {
    return [explainError(error, language)]
  }
  const say = (key: string, values: Record<string, string>) =>
    translate(language, `knowledge:search.${key}`, values)
  return [
    ...checkPassages(files, documents, say),
    ...checkQuestions(files, say),
    ...checkVocabulary(files, say),
  ]
}

type Say = (key: string, values: Record<string, string>) => string

function* checkPassages(files: KnowledgeFiles, documents: readonly DocumentVersion[], say: Say) {
  const missing = new Set<string>()
  for (const { document, key, passage } of files.hints) {
    const found = documents.find((candidate) => candidate.document === document)
    const clause = found?.clauses.find((candidate) => candidate.key === key)
    const place = found ? `${document} ${key}` : document
    if (!clause) {
      if (!missing.has(place)) yield say(found ? 'no-such-clause' : 'no-such-document', { document, key })
      missing.add(place)
    } else if (!locate(clause.text, passage)) {
      yield say('no-such-passage', { document, key, passage })
    }
  }
  for (const { document } of files.unanswered) {
    if (missing.has(document) || documents.some((candidate) => candidate.document === document)) continue
    missing.add(document)
    yield say('no-such-document', { document })
  }
}

function* checkQuestions(files: KnowledgeFiles, say: Say) {
  const seen = new Map<string, string>()
  const entries = [
    ...files.hints.map(({ document, key, questions }) => ({ document, place: key, questions })),
    ...files.unanswered.map(({ document, questions }) => ({ document, place: 'unanswered', questions })),
  ]
  for (const { document, place, questions } of entries) {
    for (const question of questions) {
      const bare = `${document} ${normalise(question)}`
      const before = seen.get(bare)
      if (before !== undefined && before !== place) {
        yield say('question-twice', { document, question, first: before, second: place })
      }
      seen.set(bare, place)
    }
  }
}

function* checkVocabulary(files: KnowledgeFiles, say: Say) {
  for (const { official, ordinary } of files.vocabulary) {
    for (const saying of ordinary) {
      if (official.map(normalise).includes(normalise(saying))) yield say('word-itself', { word: saying })
    }
  }
}
