import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { PlainError } from '../../messages/plain-error.ts'

const words = z.array(z.string().trim().min(1)).min(1)

/** One line of `knowledge/vocabulary/*.yaml`: what people say, and what official texts say for it. */
const vocabularyFile = z.strictObject({
  terms: z.array(
    z.union([
      z.strictObject({ official: words, ordinary: words }),
      z.strictObject({ official: words, english: words }),
    ]),
  ),
})

/**
 * `knowledge/hints/*.yaml`: how staff would ask for a passage of a document, and what they ask that the
 * document does not settle.
 */
const hintFile = z.strictObject({
  document: z.string().trim().min(1),
  clauses: z
    .record(
      z.string(),
      z.array(
        z.strictObject({
          passage: z.string().trim().min(1),
          english: z.string().trim().min(1).optional(),
          questions: words,
        }),
      ),
    )
    .default({}),
  unanswered: z.array(z.strictObject({ topic: z.string().trim().min(1), questions: words })).default([]),
})

export interface VocabularyEntry {
  official: string[]
  /** Ordinary Chinese words, or English ones. */
  ordinary: string[]
}

/** Questions that lead to one passage of a clause. */
export interface PassageHint {
  document: string
  /** The clause's key. */
  key: string
  /** Words of the clause, to the letter but for white space. */
  passage: string
  /** The passage in English, for those who ask in English; not official. Null where nobody has put it into English. */
  english: string | null
  questions: string[]
}

/** Questions near the document's subject that it does not answer. */
export interface UnansweredHint {
  document: string
  topic: string
  questions: string[]
}

export interface KnowledgeFiles {
  vocabulary: VocabularyEntry[]
  hints: PassageHint[]
  unanswered: UnansweredHint[]
}

/**
 * Reads all vocabulary and hint files of a knowledge folder, in the order of their names.
 * Throws a PlainError that names the file and what is wrong in it.
 */
export function readKnowledgeFiles(folder: string): KnowledgeFiles {
  const files: KnowledgeFiles = { vocabulary: [], hints: [], unanswered: [] }
  for (const name of yamlFiles(join(folder, 'vocabulary'))) {
    for (const entry of readYaml(folder, join('vocabulary', name), vocabularyFile).terms) {
      files.vocabulary.push({
        official: entry.official,
        ordinary: 'ordinary' in entry ? entry.ordinary : entry.english,
      })
    }
  }
  for (const name of yamlFiles(join(folder, 'hints'))) {
    const { document, clauses, unanswered } = readYaml(folder, join('hints', name), hintFile)
    for (const [key, passages] of Object.entries(clauses)) {
      for (const { passage, english = null, questions } of passages) {
        files.hints.push({ document, key, passage, english, questions })
      }
    }
    for (const { topic, questions } of unanswered) files.unanswered.push({ document, topic, questions })
  }
  return files
}

/** A hash of the bytes of all vocabulary and hint files: reading them is cheap, understanding them is not. */
export function hashKnowledgeFiles(folder: string): string {
  const hash = createHash('sha256')
  for (const part of ['vocabulary', 'hints']) {
    for (const name of yamlFiles(join(folder, part))) {
      const bytes = readFileSync(join(folder, part, name))
      hash.update(`${part}/${name} ${bytes.length}\n`).update(bytes)
    }
  }
  return hash.digest('hex')
}

function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
}

function readYaml<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  let data: unknown
  try {
    data = parse(readFileSync(join(folder, name), 'utf8'))
  } catch (error) {
    const reason = reasonOf(error)
    throw new PlainError('knowledge:search.broken-file', { file: name, reason }, { cause: error })
  }
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const place = issue.path.length > 0 ? `${issue.path.join(' › ')}: ` : ''
  throw new PlainError('knowledge:search.broken-file', { file: name, reason: place + issue.message })
}

/** The parser's message with line and column; the system's names the file's place on the machine, its code does not. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'syscall' in error && 'code' in error ? String(error.code) : error.message.split('\n')[0]!
}
