import { randomUUID } from 'node:crypto'
import type { FormValues } from '../../forms/definition.ts'
import type { Question } from './questions.ts'

/** What somebody said. */
export interface Said {
  votes: Vote[]
  remarks: Remark[]
}

/** What was chosen. */
interface Vote {
  id: string
  /** The organisation by which they were asked; null: none, or it is not kept. */
  unit: string | null
  /** By question, in order: which of its choices; null: answered in words. */
  chosen: (number | null)[]
}

/** Something said in words. */
export interface Remark {
  id: string
  /** The question that it answers; null: none in particular. */
  question: number | null
  text: string
}

/** Names of the fields of an answer. */
export const questionField = (at: number) => `q${at}`
export const remarkField = 'remark'

/**
 * An answer as it was filled in. Choices and words have ids of their own that come from nowhere: laid among those of
 * others, nothing tells which belong together.
 */
export function saidIn(questions: readonly Question[], values: FormValues, unit: string | null): Said {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '')
  const chosen = questions.map(({ choices }, at) => {
    const picked = choices.length > 0 ? Number(text(questionField(at)) || 'x') : Number.NaN
    return Number.isInteger(picked) && picked >= 0 && picked < choices.length ? picked : null
  })
  const words = [
    ...questions.flatMap(({ choices }, question) =>
      choices.length === 0 ? [{ question, text: text(questionField(question)) }] : [],
    ),
    { question: null, text: text(remarkField) },
  ]
  return {
    votes: [{ id: randomUUID(), unit, chosen }],
    remarks: words.flatMap((one) => (one.text === '' ? [] : [{ id: randomUUID(), ...one }])),
  }
}

/** All of it together, in the order of ids, which says nothing of who came first. */
export function together(all: readonly Said[]): Said {
  return {
    votes: byId(all.flatMap(({ votes }) => votes)),
    remarks: byId(all.flatMap(({ remarks }) => remarks)),
  }
}

function byId<T extends { id: string }>(all: readonly T[]): T[] {
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Both halves of what is too much for one box: drawn by the ids, so that neither is the older one. */
export function halves({ votes, remarks }: Said): [Said, Said] {
  const part = <T>(all: readonly T[]): [T[], T[]] => [
    all.slice(0, Math.ceil(all.length / 2)),
    all.slice(Math.ceil(all.length / 2)),
  ]
  const [votesBefore, votesAfter] = part(votes)
  const [remarksBefore, remarksAfter] = part(remarks)
  return [
    { votes: votesBefore, remarks: remarksBefore },
    { votes: votesAfter, remarks: remarksAfter },
  ]
}
