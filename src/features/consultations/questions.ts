import { PlainError } from '../../messages/plain-error.ts'

/** Something that is asked. */
export interface Question {
  text: string
  /** Of which one is chosen; empty: it is answered in words. */
  choices: string[]
}

const most = { questions: 6, choices: 8, text: 100, choice: 30 }
/** Stands in place of the choices where words are wanted. */
const inWords = /^(?:文字|填写|text|words)$/i

/**
 * Questions as they are typed: one to a line, behind a bar its choices with strokes between them, such as
 * `是否同意立项？｜同意/不同意/弃权`; behind the bar 文字: it is answered in words.
 * @param usual The choices where none are named.
 * Throws PlainError that names the line where one cannot be read.
 */
export function readQuestions(text: string, usual: readonly string[]): Question[] {
  const lines = text.split('\n').map((line, at) => ({ line: line.trim(), number: at + 1 }))
  const questions = lines.flatMap(({ line, number }) => (line === '' ? [] : readLine(line, number, usual)))
  if (questions.length === 0) throw new PlainError('consultations:questions.none')
  if (questions.length > most.questions) {
    throw new PlainError('consultations:questions.many', { most: most.questions })
  }
  const texts = questions.map((question) => question.text)
  const twice = texts.find((one, at) => texts.indexOf(one) !== at)
  if (twice !== undefined) throw new PlainError('consultations:questions.twice', { text: twice })
  return questions
}

function readLine(line: string, number: number, usual: readonly string[]): Question[] {
  const [text = '', ...rest] = line.split(/[|｜]/).map((part) => part.trim())
  if (text === '') throw new PlainError('consultations:questions.empty', { line: number })
  if (text.length > most.text)
    throw new PlainError('consultations:questions.long', { line: number, most: most.text })
  if (rest.length > 1) throw new PlainError('consultations:questions.bars', { line: number })
  const [named = ''] = rest
  if (rest.length === 0) return [{ text, choices: [...usual] }]
  if (inWords.test(named)) return [{ text, choices: [] }]
  const choices = named.split(/[/／]/).flatMap((choice) => choice.trim() || [])
  if (choices.length < 2) throw new PlainError('consultations:questions.one-choice', { line: number })
  if (choices.length > most.choices) {
    throw new PlainError('consultations:questions.many-choices', { line: number, most: most.choices })
  }
  if (new Set(choices).size < choices.length) {
    throw new PlainError('consultations:questions.same-choice', { line: number })
  }
  if (choices.some((choice) => choice.length > most.choice)) {
    throw new PlainError('consultations:questions.long-choice', { line: number, most: most.choice })
  }
  return [{ text, choices }]
}

/** Questions as `readQuestions` takes them, to be changed. @param inWords What stands for words. */
export function typedQuestions(questions: readonly Question[], inWords: string): string {
  return questions
    .map(({ text, choices }) => `${text}｜${choices.length > 0 ? choices.join('/') : inWords}`)
    .join('\n')
}
