import type { Problem } from '../../../forms/fields/refuse.ts'
import type { OwnQuestion } from '../records.ts'
import { linesOf, plainLine } from './plain-line.ts'

export const mostQuestions = 20
/** Characters of a question, of one of its options, and how many options it may have. */
const longest = { label: 100, option: 60, options: 20 }

type Type = OwnQuestion['type']

/** What is written in brackets at the end of a question to say how it is answered; the first of each is how it is shown. */
const marks: [Type, string[]][] = [
  ['long-text', ['多行', '长文', 'lines']],
  ['number', ['数字', 'number']],
  ['date', ['日期', 'date']],
  ['multi-select', ['多选', 'several']],
  ['checkbox', ['是/否', 'yes/no']],
  ['text', []],
  ['select', []],
]

const yesOrNo = /[?？:：\s]*[(（]?\s*(?:是\s*[/／]\s*否|有\s*[/／]\s*无|yes\s*[/／]\s*no)\s*[)）]?$/i

/**
 * Own questions, one a line: 「论文题目」, 「报告形式：口头/张贴」 (one of them), 「带什么（多选）：电脑/样品」, 「需要住宿？是/否」,
 * 「人数（数字）」, 「到达（日期）」, 「简介（多行）」; `*` at either end: must be answered.
 * @param before Those that the event has: a question with the same words keeps its name, and so the answers given to it.
 */
export function readQuestions(
  text: string,
  before: readonly OwnQuestion[] = [],
): { questions: OwnQuestion[] } | { problem: Problem } {
  const lines = linesOf(text)
  if (lines.length > mostQuestions) return refused('questions-many', { most: mostQuestions })
  const questions: OwnQuestion[] = []
  const taken = new Set(before.map(({ name }) => name))
  for (const line of lines) {
    const read = readQuestion(line)
    if ('problem' in read) return read
    if (questions.some(({ label }) => label === read.label))
      return refused('question-twice', { line: read.label })
    const same = before.find(({ label, type }) => label === read.label && type === read.type)
    const name = same?.name ?? freeName(taken)
    taken.add(name)
    questions.push({ name, ...read })
  }
  return { questions }
}

/** The questions as they are typed: what `readQuestions` reads again. */
export function typedQuestions(questions: readonly OwnQuestion[]): string {
  return questions
    .map(({ label, type, required, options }) => {
      const [mark] = marks.find(([one]) => one === type)?.[1] ?? []
      const shown = mark === undefined ? label : `${label}（${mark}）`
      return `${shown}${options.length > 0 ? `：${options.join('/')}` : ''}${required ? '*' : ''}`
    })
    .join('\n')
}

function readQuestion(line: string): Omit<OwnQuestion, 'name'> | { problem: Problem } {
  // A list that was pasted has its numbers or dots before it.
  const bare = line.replace(/^(?:\d{1,2}[.、)）]|[-•·])\s*/, '')
  const required = /^[*＊]|[*＊]$/.test(bare)
  const words = plainLine(bare.replace(/^[*＊]\s*|\s*[*＊]$/g, ''))
  const answered = yesOrNo.exec(words)
  if (answered && answered.index > 0) {
    const asks = /[?？]/.exec(answered[0])?.[0] ?? ''
    return checked({ label: words.slice(0, answered.index) + asks, type: 'checkbox', required, options: [] })
  }
  const [, before = '', after = ''] = /^(.+?)[:：](.+)$/.exec(words) ?? []
  const options = after.split(/[/／|｜]/).map(plainLine)
  if (options.length > 1) {
    const { label, type } = marked(before)
    const isSeveral = type === 'multi-select'
    return checked({ label, type: isSeveral ? 'multi-select' : 'select', required, options })
  }
  const { label, type } = marked(words)
  if (type === 'multi-select') return refused('question-options', { line: short(words) })
  return checked({ label, type, required, options: [] })
}

/** The mark at the end, if it is one; other brackets are the question's own words. */
function marked(words: string): { label: string; type: Type } {
  const [, label = '', mark = ''] = /^(.+?)\s*[(（]([^()（）]{1,12})[)）]$/.exec(words) ?? []
  const type = marks.find(([, names]) => names.includes(mark.trim().toLowerCase()))?.[0]
  return type ? { label, type } : { label: words, type: 'text' }
}

function checked(question: Omit<OwnQuestion, 'name'>): Omit<OwnQuestion, 'name'> | { problem: Problem } {
  const problem = problemOfQuestion(question)
  return problem ? { problem } : question
}

/** Why a question cannot be asked; null: it can. */
export function problemOfQuestion({
  label,
  type,
  options,
}: Pick<OwnQuestion, 'label' | 'type' | 'options'>): Problem | null {
  const line = short(label)
  const problem = (key: string, values = {}) => ({
    key: `making:problem.${key}`,
    values: { line, ...values },
  })
  if (plainLine(label) === '') return problem('question-empty')
  if ([...label].length > longest.label) return problem('question-long', { most: longest.label })
  if (type !== 'select' && type !== 'multi-select') return null
  if (options.length < 2 || options.some((option) => plainLine(option) === ''))
    return problem('question-options')
  if (new Set(options).size < options.length) return problem('question-option-twice')
  if (options.length > longest.options) return problem('question-options-many', { most: longest.options })
  if (options.some((option) => [...option].length > longest.option))
    return problem('question-long', { most: longest.option })
  return null
}

function freeName(taken: ReadonlySet<string>): string {
  for (let at = 1; ; at += 1) if (!taken.has(`q${at}`)) return `q${at}`
}

function refused(key: string, values: Problem['values']): { problem: Problem } {
  return { problem: { key: `making:problem.${key}`, values } }
}

const short = (text: string) => [...text].slice(0, 40).join('')
