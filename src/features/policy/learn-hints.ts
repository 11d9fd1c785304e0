import { languageOf } from '../../chat/language.ts'
import type { DomainEvents } from '../../events/events.ts'
import { assignClause } from '../../knowledge/learned/hints.ts'
import { noteObjection, noteThanks } from '../../knowledge/learned/thanks.ts'
import { pointsBack } from '../../knowledge/search/follow-up.ts'
import { likeness, sameQuestion, shapeOf } from '../../knowledge/search/question-likeness.ts'
import type { Trx } from '../../store/store.ts'

/** An answer with the clause that it cited first. */
interface Answered {
  id: string
  conversation: string
  question: string
  language: string
  refused: 0 | 1
  citations: string
}

/**
 * Learns from 👍 and 👎: two people in two conversations whom the same clause helped make a hint, 👎 hands it to a
 * cadre. An answer that cited nothing teaches nothing.
 * @param account as `accountKey` writes it
 */
export async function learnFromVerdict(
  trx: Trx,
  { id, conversation, question, language, refused, citations }: Answered,
  account: string,
  verdict: 'up' | 'down',
  now: Date,
): Promise<void> {
  const [first] = JSON.parse(citations) as { document: string; key: string }[]
  if (refused === 1 || !first) return
  const { document, key } = first
  const given = { answer: id, account, conversation, question, language, document, key }
  if (verdict === 'up') await noteThanks(trx, given, now)
  else await noteObjection(trx, given)
}

/** Somebody has answered a question and named a clause: the question leads there from now on, whoever asks it. */
export async function learnFromPerson(
  trx: Trx,
  { answer: id, question, clause, by }: DomainEvents['question.answered'],
  now: Date,
): Promise<void> {
  if (!clause) return
  const answer = await trx
    .selectFrom('answer_given')
    .select(['question', 'language', 'account'])
    .where('id', '=', id ?? '')
    .executeTakeFirst()
  // What was put to the bot is how it will be put to it again, but whoever named the clause has read the other: it is
  // taken only where it is the same question, else an asker could have any question led to the clause.
  const isSame = answer && likeness(shapeOf(answer.question), shapeOf(question)) >= sameQuestion
  const asked = isSame ? answer.question : question
  if (pointsBack(asked)) return
  const settled = { question: asked, language: answer?.language ?? languageOf(asked), ...clause }
  await assignClause(trx, { ...settled, asker: answer?.account ?? null }, by, now)
}
