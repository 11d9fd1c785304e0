import type { Trx } from '../../store/store.ts'
import { pointsBack } from '../search/follow-up.ts'
import { likeness, sameQuestion, shapeOf } from '../search/question-likeness.ts'
import { addHint, countChange } from './hints.ts'

/** What somebody thought of an answer, and the first clause that it cited. */
export interface Verdict {
  answer: string
  /** Of whoever pressed the button, as `accountKey` writes it. */
  account: string
  /** Where the answer stands, as `conversationKey` writes it. */
  conversation: string
  question: string
  language: string
  document: string
  key: string
}

/** Thanks for one clause that are looked through for another of the same question, the latest first. */
const thanksLookedAt = 500

/**
 * Notes that an answer helped. Where two people in two conversations were helped by the same clause with the same
 * question, it becomes a hint, unless there is or was one: what a cadre took away does not come back by itself. One of
 * the two has to be known: anybody can be two guests.
 */
export async function noteThanks(trx: Trx, verdict: Verdict, now: Date): Promise<void> {
  const { question, language, document, key, account, answer, conversation } = verdict
  // What points back says something else after another question.
  if (pointsBack(question) || shapeOf(question).exact === '') return
  const at = now.toISOString()
  await trx
    .insertInto('hint_thanks')
    .values({ answer, account, conversation, question, document, key, at, hint: null })
    .onConflict((conflict) => conflict.columns(['answer', 'account']).doUpdateSet({ at }))
    .execute()
  const rows = await trx
    .selectFrom('hint_thanks')
    .select(['answer', 'account', 'conversation', 'question'])
    .where('document', '=', document)
    .where('key', '=', key)
    .orderBy('at', 'desc')
    .limit(thanksLookedAt)
    .execute()
  const shape = shapeOf(question)
  const same = rows.filter((row) => likeness(shape, shapeOf(row.question)) >= sameQuestion)
  if (!(await areTwo(trx, same))) return
  if ((await hintsLike(trx, verdict)).length > 0) return
  const settled = { question, language, document, key, asker: account }
  const hint = await addHint(trx, { ...settled, source: 'thanks', by: null }, now)
  for (const row of same) {
    await trx
      .updateTable('hint_thanks')
      .set({ hint })
      .where('answer', '=', row.answer)
      .where('account', '=', row.account)
      .execute()
  }
}

/**
 * Notes that an answer did not help: a hint that rests on thanks alone then waits for a cadre to decide. A guest's word
 * does so only where the hint rests on their own thanks, else anybody could put out whatever was learned.
 */
export async function noteObjection(trx: Trx, verdict: Verdict): Promise<void> {
  const takenBack = await trx
    .deleteFrom('hint_thanks')
    .where('answer', '=', verdict.answer)
    .where('account', '=', verdict.account)
    .returning('hint')
    .execute()
  const isKnown = (await personOf(trx, verdict.account)) !== null
  const doubted = (await hintsLike(trx, verdict)).filter(
    ({ id, source, state }) =>
      source === 'thanks' && state === 'active' && (isKnown || takenBack.some(({ hint }) => hint === id)),
  )
  if (doubted.length === 0) return
  await trx
    .updateTable('learned_hint')
    .set({ state: 'proposed' })
    .where(
      'id',
      'in',
      doubted.map(({ id }) => id),
    )
    .execute()
  await countChange(trx)
}

/** Whether two of them are of different people, one of them known, and of different conversations. */
async function areTwo(
  trx: Trx,
  thanks: readonly { account: string; conversation: string }[],
): Promise<boolean> {
  const people = new Map<string, string | null>()
  for (const account of new Set(thanks.map((one) => one.account))) {
    people.set(account, await personOf(trx, account))
  }
  return thanks.some((one) => {
    const person = people.get(one.account)
    return (
      person &&
      thanks.some((other) => one.conversation !== other.conversation && people.get(other.account) !== person)
    )
  })
}

/** The person whose account it is; null: a guest's. */
async function personOf(trx: Trx, account: string): Promise<string | null> {
  const [platform, installation, user] = JSON.parse(account) as [string, string, string]
  const row = await trx
    .selectFrom('account')
    .select('person')
    .where('platform', '=', platform)
    .where('installation', '=', installation)
    .where('user_id', '=', user)
    .executeTakeFirst()
  return row?.person ?? null
}

/** Hints that lead from the same question to the same clause, removed ones too. */
async function hintsLike(trx: Trx, { question, document, key }: Verdict) {
  const shape = shapeOf(question)
  const rows = await trx
    .selectFrom('learned_hint')
    .select(['id', 'question', 'source', 'state'])
    .where('document', '=', document)
    .where('key', '=', key)
    .execute()
  return rows.filter((row) => likeness(shape, shapeOf(row.question)) >= sameQuestion)
}
