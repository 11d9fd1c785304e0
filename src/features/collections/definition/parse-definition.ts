import { withoutUnknown } from '../../../forms/file-issues.ts'
import { isDay } from '../../../timers/calendar/day.ts'
import { checkQuestions } from './check-questions.ts'
import type { CollectionDefinition, Condition, Question } from './definition.ts'
import { explainIssue } from './explain-issue.ts'
import { type CollectionFile, collectionFile } from './file-schema.ts'
import { type Mistake, type Path, type Refuse, readLines, shortened } from './read-lines.ts'
import { shownName } from './words.ts'

/** A collection's file that was understood. */
export interface ParsedFile {
  file: CollectionFile
  definition: CollectionDefinition
  /** Until when, of China; null: it says nothing. */
  deadline: Date | null
  /** For what is found wrong with it later. */
  lineOf(path: Path): number
}

const mostMistakes = 20

/** Reads a collection's file; gives all that is wrong, by line, where it is none. Pure: people and units are looked up later. */
export function parseDefinition(bytes: Uint8Array, now: Date): ParsedFile | Mistake[] {
  const read = readLines(bytes)
  if (Array.isArray(read)) return read
  const mistakes: Mistake[] = []
  const refuse: Refuse = (path, what, values = {}) => mistakes.push({ line: read.lineOf(path), what, values })
  if (typeof read.value !== 'object' || read.value === null || Array.isArray(read.value)) {
    return [{ line: 1, what: 'no-names', values: {} }]
  }
  const parsed = collectionFile.safeParse(read.value)
  for (const issue of parsed.error?.issues ?? []) explainIssue(issue, read, refuse)
  // A name that is not known is told, and hides nothing of the rest.
  const known = parsed.success
    ? parsed
    : collectionFile.safeParse(withoutUnknown(read.value, parsed.error.issues))
  if (!known.success) return sorted(mistakes)
  const file = known.data
  const definition = definitionOf(file, refuse)
  checkQuestions(definition, file, refuse)
  const deadline = deadlineOf(file.deadline, now, refuse)
  return mistakes.length > 0 ? sorted(mistakes) : { file, definition, deadline, lineOf: read.lineOf }
}

/**
 * What a file that is wrong elsewhere says of units and people, as far as that is right by itself: it is looked up all
 * the same, so that all mistakes are told at once. `organisation` is null where it is none.
 */
export function placesIn(bytes: Uint8Array) {
  const read = readLines(bytes)
  if (Array.isArray(read) || typeof read.value !== 'object' || read.value === null) return null
  const { organisation, handlers, audience } = collectionFile.shape
  const typed = read.value as Record<string, unknown>
  const unit = organisation.safeParse(typed.organisation)
  return {
    organisation: unit.success ? unit.data : null,
    handlers: handlers.safeParse(typed.handlers).data ?? [],
    audience: audience.safeParse(typed.audience).data,
    lineOf: read.lineOf,
  }
}

export function sorted(mistakes: readonly Mistake[]): Mistake[] {
  const once = new Map(mistakes.map((mistake) => [JSON.stringify(mistake), mistake]))
  return [...once.values()].toSorted((one, other) => one.line - other.line).slice(0, mostMistakes)
}

function definitionOf(file: CollectionFile, refuse: Refuse): CollectionDefinition {
  const { title, intro } = file
  if (file.pages && file.questions) refuse(['questions'], 'pages-and-questions')
  if (!file.pages && !file.questions) refuse([], 'missing', { name: shownName('questions') })
  let n = 0
  const pages = file.pages ?? [{ title: { 'zh-CN': '', en: '' }, when: {}, questions: file.questions ?? [] }]
  return {
    ...{ title, intro },
    pages: pages.map((page) => ({
      title: page.title,
      when: Object.entries(page.when).map(([question, is]): Condition => ({ question, is })),
      questions: page.questions.map(({ name, least, most, ...rest }): Question => {
        n += 1
        return { ...rest, name: name ?? `q${n}`, least: least ?? null, most: most ?? null }
      }),
    })),
  }
}

/** `2026-03-20` ends when offices close, at six; else to the minute. */
function deadlineOf(typed: string | undefined, now: Date, refuse: Refuse): Date | null {
  if (typed === undefined) return null
  const [, day = '', time = '18:00'] =
    /^(\d{4}-\d{2}-\d{2})(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d))?$/.exec(typed) ?? []
  if (!isDay(day)) {
    refuse(['deadline'], 'deadline-form', { value: shortened(typed) })
    return null
  }
  const at = new Date(`${day}T${time}:00+08:00`)
  if (at <= now) refuse(['deadline'], 'deadline-past', { value: shortened(typed) })
  return at
}
