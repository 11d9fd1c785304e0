import { languageOf } from '../../chat/language.ts'
import type { DomainEvents } from '../../events/events.ts'
import { assignClause } from '../../knowledge/learned/hints.ts'
import { noteObjection, noteThanks } from '../../knowledge/learned/thanks.ts'
import { pointsBack } from '../../knowledge/search/follow-up.ts'
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
  // As it was put to the bot: that is how it will be put to it again. What points back would mean anything then.
  const asked = answer && !pointsBack(answer.question) ? answer.question : question
  if (pointsBack(asked)) return
  const settled = { question: asked, language: answer?.language ?? languageOf(asked), ...clause }
  await assignClause(trx, { ...settled, asker: answer?.account ?? null }, by, now)
}

/** Notes that a learned hint settled an answer: how often one is used shows whether it is worth its place. */
export async function countUse(trx: Trx, answer: string, hint: string, at: string): Promise<void> {
  await trx
    .insertInto('learned_hint_use')
    .values({ answer, hint, at })
    .onConflict((conflict) => conflict.column('answer').doNothing())
    .execute()
}
