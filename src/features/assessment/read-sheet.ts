import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../chat/language.ts'
import type { Problem } from '../../forms/fields/refuse.ts'
import { problemsOfIssues, withoutUnknown } from '../../forms/file-issues.ts'
import { readOnce } from '../../knowledge/read-once.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { eventKindNames, readYaml } from '../events/port.ts'
import type { AssessmentContext } from './context.ts'
import { measuresOf, type Sheet, type Source, sheetSchema, sourcesOf } from './sheet-schema.ts'

/** Bytes; a sheet written by hand is far shorter. */
const largestFile = 128 * 1024
const mostProblems = 20

type Path = readonly (string | number)[]

/** The kinds that a sheet may name: a figure of a kind that is not there would be 0 for everybody. */
export interface KnownKinds {
  submissions: ReadonlySet<string>
  events: ReadonlySet<string>
}

/** As they are now. */
export function knownKinds({
  submissions,
  knowledgeDir,
}: Pick<AssessmentContext, 'submissions' | 'knowledgeDir'>): KnownKinds {
  return {
    submissions: new Set(submissions.kinds().map(({ kind }) => kind)),
    events: new Set(eventKindNames(knowledgeDir)),
  }
}

/**
 * Reads a sheet of measures. Throws PlainError `assessment:sheet.wrong` with the lines of all that is wrong: a word that is
 * not known, points that do not sum, bands and grades out of order, kinds of records that there are not.
 */
export function readSheet(text: string, language: Language, known: KnownKinds): Sheet {
  if (text.length > largestFile) throw new PlainError('assessment:sheet.too-large')
  const [document, more] = readYaml(text)
  if (!document || document.value === null || more) throw new PlainError('assessment:sheet.no-sheet')
  const { value } = document
  const issues = sheetSchema.safeParse(value).error?.issues ?? []
  // A word that is not known hides nothing of what does not fit together.
  const { data } = sheetSchema.safeParse(withoutUnknown(value, issues))
  const found = problemsOfIssues(issues, value).map(({ path, problem }): [Path, Problem] => [path, problem])
  if (data) found.push(...problemsOfSheet(data, known))
  if (found.length === 0 && data) return data
  const wrong = found.map(([path, { key, values }]) => ({
    ...{ line: document.lineOf(path), text: translate(language, key, values) },
  }))
  const lines = wrong
    .toSorted((a, b) => a.line - b.line)
    .slice(0, mostProblems)
    .map(({ line, text: problem }) => translate(language, 'assessment:sheet.line', { line, problem }))
  throw new PlainError('assessment:sheet.wrong', { count: wrong.length, lines: lines.join('\n') })
}

/** What is wrong with a sheet though each word is right by itself, and where it stands. */
function problemsOfSheet(sheet: Sheet, known: KnownKinds): [path: Path, problem: Problem][] {
  const found: [Path, Problem][] = []
  const say = (path: Path, key: string, values: Problem['values'] = {}) => {
    found.push([path, { key: `assessment:sheet.${key}`, values }])
  }
  const sum = (all: readonly { points: number }[]) => all.reduce((total, { points }) => total + points, 0)
  if (sum(sheet.groups) !== sheet.total) {
    say(['total'], 'groups-sum', { sum: sum(sheet.groups), total: sheet.total })
  }
  const names = new Set<string>()
  for (const [at, group] of sheet.groups.entries()) {
    const path = ['groups', at]
    if (sum(group.measures) !== group.points) {
      say([...path, 'points'], 'measures-sum', { sum: sum(group.measures), points: group.points })
    }
    for (const [n, measure] of group.measures.entries()) {
      const here = [...path, 'measures', n]
      if (names.has(measure.name)) say([...here, 'name'], 'twice', { name: measure.name })
      names.add(measure.name)
      const sources =
        measure.by === 'threshold' ? measure.reach.map(({ figure }) => figure) : sourcesOf(measure)
      for (const [which, source] of sources.entries()) {
        const inside = measure.by === 'threshold' ? ['reach', which, 'figure'] : ['figure']
        if (source) sayOfSource([...here, ...inside], source)
      }
      if (measure.by === 'each' && measure.each > measure.points) say([...here, 'each'], 'each-above')
      if (measure.by !== 'bands') continue
      const { bands, points } = measure
      if (!descends(bands.map(({ least }) => least)) || !descends(bands.map((band) => band.points))) {
        say([...here, 'bands'], 'bands-order')
      }
      if (bands[0]?.points !== points) say([...here, 'bands'], 'bands-most', { points })
    }
  }
  function sayOfSource(path: Path, { of, kinds = [] }: Source): void {
    if (sheet.for === 'person' && ofUnits.includes(of)) say([...path, 'of'], 'units-only', { of })
    const among = of === 'events' ? known.events : withoutKinds.includes(of) ? null : known.submissions
    if (kinds.length > 0 && !among) say([...path, 'kinds'], 'no-kinds', { of })
    for (const [at, kind] of kinds.entries()) {
      if (among && !among.has(kind)) say([...path, 'kinds', at], 'no-kind', { kind })
    }
  }
  const groups = sheet.groups.map(({ name }) => name)
  if (new Set(groups).size < groups.length) say(['groups'], 'groups-twice')
  const { grades } = sheet
  if (!descends(grades.map(({ least }) => least)) || grades.at(-1)?.least !== 0)
    say(['grades'], 'grades-order')
  if ((grades[0]?.least ?? 0) > sheet.total) say(['grades'], 'grades-above', { total: sheet.total })
  const gradeNames = new Set(grades.map(({ name }) => name))
  if (gradeNames.size < grades.length) say(['grades'], 'grades-twice')
  for (const [at, name] of sheet.praised.entries()) {
    if (!gradeNames.has(name)) say(['praised', at], 'no-grade', { name })
  }
  if (measuresOf(sheet).length > 40) say(['groups'], 'too-many')
  return found
}

/** What is counted of units alone, and what has no kinds. */
const ofUnits: readonly Source['of'][] = ['plan', 'participation', 'per-head', 'posts']
const withoutKinds: readonly Source['of'][] = ['visits', 'plan', 'posts']

function descends(numbers: readonly number[]): boolean {
  return numbers.every((one, at) => at === 0 || one < (numbers[at - 1] ?? 0))
}

/** Reads `knowledge/assessment`, in the order of the files' names. A file that is no sheet offers nothing. */
export function readSheets(knowledgeDir: string, known: KnownKinds): Sheet[] {
  const folder = join(knowledgeDir, 'assessment')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : []
  return files.sort().flatMap((file) => {
    try {
      const text = readFileSync(join(folder, file), 'utf8')
      const kinds = JSON.stringify([[...known.submissions], [...known.events]])
      return [readOnce(readSheets, `${kinds}\n${text}`, () => readSheet(text, 'zh-CN', known))]
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      return []
    }
  })
}
