import { randomUUID } from 'node:crypto'
import type { Account, Conversation } from '../../chat/incoming.ts'
import { accountKey, conversationKey } from '../../chat/keys.ts'
import { countUse } from '../../knowledge/learned/hints.ts'
import type { Trx } from '../../store/store.ts'
import type { Answer } from './answer.ts'
import { learnFromVerdict } from './learn-hints.ts'

/** To whom an answer was given, where and when. */
export interface Occasion {
  account: Account
  conversation: Conversation
  at: Date
}

/**
 * Keeps an answer as it was given; a refusal is also kept as a gap. The same answer again (its event came
 * twice) changes nothing.
 */
export async function recordAnswer(trx: Trx, answer: Answer, occasion: Occasion): Promise<void> {
  const citations = answer.citations.map(({ document, version, clause, quote }) => ({
    document,
    version,
    key: clause.key,
    clause: clause.number,
    label: clause.label,
    quote,
  }))
  const shared = {
    question: answer.question,
    language: answer.language,
    conversation: conversationKey(occasion.conversation),
    account: accountKey(occasion.account),
    nearest_document: answer.nearest?.document ?? null,
    nearest_key: answer.nearest?.clause.key ?? null,
    at: occasion.at.toISOString(),
  }
  await trx
    .insertInto('answer_given')
    .values({
      id: answer.id,
      refused: answer.refused ? 1 : 0,
      citations: JSON.stringify(citations),
      ...shared,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  if (answer.refused) await insertGap(trx, answer.id, shared, 0)
  if (answer.learned !== undefined) await countUse(trx, answer.id, answer.learned, shared.at)
}

/**
 * What the account asked in this conversation since then, oldest first: what a follow-up refers to. The question
 * itself (`except`) is left out, for its event may come twice.
 */
export async function recentQuestions(
  db: Pick<Trx, 'selectFrom'>,
  { account, conversation }: Pick<Occasion, 'account' | 'conversation'>,
  { except, since, most }: { except: string; since: Date; most: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('answer_given')
    .select('question')
    .where('conversation', '=', conversationKey(conversation))
    .where('account', '=', accountKey(account))
    .where('id', '!=', except)
    .where('at', '>=', since.toISOString())
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ question }) => question).reverse()
}

/**
 * Keeps 👍 or 👎 and learns from it: one per account and answer, the last counts. False where there is no such answer (a button
 * of a card from before a reset).
 */
export async function recordFeedback(
  trx: Trx,
  answerId: string,
  account: Account,
  verdict: 'up' | 'down',
  at: Date,
): Promise<boolean> {
  const answer = await trx
    .selectFrom('answer_given')
    .selectAll()
    .where('id', '=', answerId)
    .executeTakeFirst()
  if (!answer) return false
  const row = { answer: answerId, account: accountKey(account), verdict, at: at.toISOString() }
  await trx
    .insertInto('feedback')
    .values(row)
    .onConflict((conflict) => conflict.columns(['answer', 'account']).doUpdateSet({ verdict, at: row.at }))
    .execute()
  await learnFromVerdict(trx, answer, row.account, verdict, at)
  return true
}

/**
 * Notes that the asker wants a person to answer. An answer that was no refusal becomes a gap by this, for it
 * evidently did not answer. False where there is no such answer; asking twice is the same as once.
 */
export async function askPerson(trx: Trx, answerId: string): Promise<boolean> {
  const answer = await trx
    .selectFrom('answer_given')
    .selectAll()
    .where('id', '=', answerId)
    .executeTakeFirst()
  if (!answer) return false
  const { id, refused: _refused, citations: _citations, ...shared } = answer
  await insertGap(trx, id, shared, 1)
  await trx.updateTable('gap').set({ wants_person: 1 }).where('answer', '=', id).execute()
  return true
}

type GapContent = {
  question: string
  language: string
  conversation: string
  account: string
  nearest_document: string | null
  nearest_key: string | null
  at: string
}

async function insertGap(trx: Trx, answer: string, content: GapContent, wantsPerson: 0 | 1): Promise<void> {
  await trx
    .insertInto('gap')
    .values({
      id: randomUUID(),
      answer,
      normalised: normaliseQuestion(content.question),
      wants_person: wantsPerson,
      ...content,
    })
    .onConflict((conflict) => conflict.column('answer').doNothing())
    .execute()
}

/** Width, case, white space and punctuation do not make another question. */
export function normaliseQuestion(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Questions that came to nothing, equal ones as one. */
export interface Gap {
  /** Of the row that was written last, and who asked then (`accountKey`). */
  id: string
  account: string
  /** As it was asked last. */
  question: string
  language: string
  /** How often it was asked, and by how many accounts. */
  times: number
  askers: number
  wantsPerson: boolean
  nearest: { document: string; key: string } | null
  firstAt: Date
  lastAt: Date
  /** When a person answered it last; null: still open. */
  closedAt: Date | null
}

/**
 * Those who wait for a person first, then the most asked, then the latest.
 * @param accounts Only what these asked (`accountKey`); everybody's where it is not given.
 * @param options `closed`: those that a person has answered, instead of the open ones. What was answered and is
 *   asked in vain once more stands in both.
 */
export async function listGaps(
  db: Pick<Trx, 'selectFrom'>,
  accounts?: ReadonlySet<string>,
  { closed = false }: { closed?: boolean } = {},
): Promise<Gap[]> {
  const all = await db
    .selectFrom('gap')
    .selectAll()
    .where('closed_at', closed ? 'is not' : 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const rows = accounts ? all.filter(({ account }) => accounts.has(account)) : all
  const groups = Map.groupBy(rows, (row) => row.normalised || row.question)
  const gaps = [...groups.values()].map((group): Gap => {
    const last = group.at(-1)!
    return {
      id: last.id,
      account: last.account,
      question: last.question,
      language: last.language,
      times: group.length,
      askers: new Set(group.map((row) => row.account)).size,
      wantsPerson: group.some((row) => row.wants_person === 1),
      nearest:
        last.nearest_document !== null && last.nearest_key !== null
          ? { document: last.nearest_document, key: last.nearest_key }
          : null,
      firstAt: new Date(group[0]!.at),
      lastAt: new Date(last.at),
      closedAt: closed
        ? new Date(
            group
              .map((row) => row.closed_at ?? '')
              .sort()
              .at(-1)!,
          )
        : null,
    }
  })
  return gaps.sort(
    (one, other) =>
      Number(other.wantsPerson) - Number(one.wantsPerson) ||
      other.times - one.times ||
      other.lastAt.getTime() - one.lastAt.getTime(),
  )
}
