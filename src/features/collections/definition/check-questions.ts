import {
  type CollectionDefinition,
  type Condition,
  keptAs,
  limits,
  type Question,
  questionsOf,
  tellingTypes,
} from './definition.ts'
import type { CollectionFile } from './file-schema.ts'
import { type Path, type Refuse, shortened } from './read-lines.ts'
import { shownChoice } from './words.ts'

const choices: ReadonlySet<string> = new Set(['select', 'multi-select'])

/** What hangs together: names, options, conditions, bounds. Conditions come to name questions as they are kept. */
export function checkQuestions(definition: CollectionDefinition, file: CollectionFile, refuse: Refuse): void {
  const all = questionsOf(definition)
  const isAnonymous = file.anonymity === 'anonymous'
  if (isAnonymous && file.per === 'unit') refuse(['per'], 'unit-anonymous')
  if (all.length > limits.questions) refuse(['pages'], 'too-many-questions', { most: limits.questions })
  const pathOf = (page: number, question: number): Path =>
    file.pages ? ['pages', page, 'questions', question] : ['questions', question]
  const earlier: Question[] = []
  for (const [p, page] of definition.pages.entries()) {
    for (const condition of page.when) {
      checkCondition(condition, { path: ['pages', p, 'when'], earlier, all }, refuse)
    }
    if (page.questions.length > limits.onPage && file.pages) {
      refuse(['pages', p, 'questions'], 'page-too-long', { most: limits.onPage })
    }
    for (const [q, question] of page.questions.entries()) {
      checkQuestion(question, { path: pathOf(p, q), earlier, isAnonymous }, refuse)
      earlier.push(question)
    }
  }
  for (const [path, text] of textsOf(definition, pathOf))
    if (text.includes('{{')) refuse(path, 'braces', { brackets: '{ {' })
}

/** Comes to name the question, and the values, as they are kept. */
function checkCondition(
  condition: Condition,
  { path, earlier, all }: { path: Path; earlier: readonly Question[]; all: readonly Question[] },
  refuse: Refuse,
): void {
  const at = [...path, condition.question]
  const isIt = ({ name, label }: Question) =>
    name === condition.question || keptAs(label) === condition.question
  const found = earlier.find(isIt)
  const typed = { name: shortened(condition.question) }
  if (!found) {
    refuse(at, all.some(isIt) ? 'condition-later' : 'condition-unknown', typed)
    return
  }
  condition.question = found.name
  if (found.type === 'checkbox') {
    condition.is = condition.is.map((one) => (one === '是' ? 'yes' : one === '否' ? 'no' : one))
  }
  const allowed = found.type === 'checkbox' ? ['yes', 'no'] : found.options.map(keptAs)
  if (allowed.length === 0) refuse(at, 'condition-type', typed)
  else {
    const wrong = condition.is.filter((value) => !allowed.includes(value))
    for (const value of wrong) refuse(at, 'condition-value', { ...typed, value: shortened(value) })
  }
}

function checkQuestion(
  { name, label, type, options, least, most }: Question,
  { path, earlier, isAnonymous }: { path: Path; earlier: readonly Question[]; isAnonymous: boolean },
  refuse: Refuse,
): void {
  const said = { name: shortened(keptAs(label)) }
  if (earlier.some((one) => one.name === name)) refuse([...path, 'name'], 'question-twice', { name })
  if (earlier.some((one) => keptAs(one.label) === keptAs(label))) {
    refuse([...path, 'label'], 'label-twice', said)
  }
  if (choices.has(type) && options.length < 2) refuse([...path, 'options'], 'options-missing', said)
  if (!choices.has(type) && options.length > 0) refuse([...path, 'options'], 'options-unwanted', said)
  for (const [n, option] of options.entries()) {
    const isTwice = options.slice(0, n).some((one) => keptAs(one) === keptAs(option))
    if (isTwice) refuse([...path, 'options', n], 'option-twice', { value: shortened(keptAs(option)) })
  }
  if (least !== null && most !== null && most < least) {
    refuse([...path, 'most'], 'most-below-least', { least, most })
  }
  if (type === 'multi-select' && options.length > 0 && (least ?? 0) > options.length) {
    refuse([...path, 'least'], 'least-above-options', { least: least ?? 0, count: options.length })
  }
  if (isAnonymous && tellingTypes.has(type)) {
    refuse([...path, 'type'], 'telling-anonymous', { ...said, type: shownChoice(type) })
  }
}

function textsOf(
  { title, intro, pages }: CollectionDefinition,
  pathOf: (page: number, question: number) => Path,
): [Path, string][] {
  const of = (path: Path, text: Readonly<Record<string, string>>) =>
    Object.values(text).map((one): [Path, string] => [path, one])
  return [
    ...of(['title'], title),
    ...of(['intro'], intro),
    ...pages.flatMap((page, p) => [
      ...of(['pages', p, 'title'], page.title),
      ...page.questions.flatMap(({ label, hint, options }, q) => [
        ...of([...pathOf(p, q), 'label'], label),
        ...of([...pathOf(p, q), 'hint'], hint),
        ...options.flatMap((option, n) => of([...pathOf(p, q), 'options', n], option)),
      ]),
    ]),
  ]
}
