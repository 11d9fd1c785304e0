import type { Paragraph } from './reflow.ts'

/** A question of a list of questions and answers. */
export interface Question {
  /** As printed: Q3; null where questions are not numbered. */
  number: number | null
  label: string
  key: string
  /** The question itself. */
  rest: string
}

/** So many questions with their answers make a list. */
const leastPairs = 2
const question = /^(问|提问|Q|Question)\s?(\d{1,3})?\s?[:：.、]\s?(?=\S)/
const answer = /^(?:答|回答|解答|A|Answer)\s?\d{0,3}\s?[:：.、]/

/** The paragraphs that begin with 问： or Q3: and are answered by one with 答： or A:, by index. */
export function findQuestions(paragraphs: readonly Paragraph[]): Map<number, Question> {
  const questions = new Map<number, Question>()
  let pending: number | null = null
  for (const [index, { text, heading }] of paragraphs.entries()) {
    if (question.test(text) && heading === 0) pending = index
    else if (answer.test(text) && pending !== null) {
      questions.set(pending, readQuestion(paragraphs[pending]!.text, questions.size + 1))
      pending = null
    }
  }
  return questions.size >= leastPairs ? questions : new Map()
}

function readQuestion(text: string, place: number): Question {
  const match = question.exec(text)!
  const number = match[2] === undefined ? null : Number(match[2])
  const label = number === null ? '' : `${match[1]}${number}`
  return { number, label, key: label || `${match[1]}${place}`, rest: text.slice(match[0].length) }
}
