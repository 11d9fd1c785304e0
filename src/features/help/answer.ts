import { accountKey } from '../../chat/keys.ts'
import { enqueue } from '../../delivery/outbox.ts'
import { publish } from '../../events/publish.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { readerOf, readersOfConversation } from '../../people/readers.ts'
import type { Trx } from '../../store/store.ts'
import { type ClauseName, findCitedClause, openFor, type ReplyOptions } from './cited-clause.ts'
import { stopClock } from './deadlines.ts'
import { declinedCard, replyCard, textCard } from './help-cards.ts'
import { nearestClause, settleCards } from './receivers.ts'
import {
  accountOf,
  conversationOf,
  factsOf,
  type HelpRequest,
  languageOfPerson,
  mayHandle,
  type Named,
  named,
  ownId,
  readRequest,
} from './requests.ts'

/** A reply as it was written. */
export interface WrittenReply {
  /** The same at every try. */
  id: string
  request: string
  /** The person who answers. */
  by: string
  text: string
  /** As typed; empty: none. */
  clause: string
}

/**
 * What became of the clause of a reply: `given` with it, or there was none; `alone`: to the asker alone, for not all of
 * the group may see it; `hidden`: left out, for the asker may not.
 */
export type ClauseShown = 'given' | 'alone' | 'hidden'

/** `second`: somebody else was first, and the reply is kept as a supplement that was not sent. */
export type AnswerOutcome =
  | { outcome: 'answered'; request: HelpRequest; clause: ClauseShown }
  | { outcome: 'second'; request: HelpRequest; supplement: string }

/** The request, for somebody who may answer it. Throws PlainError for everybody else as if it were not there. */
export async function requestFor(
  trx: Trx,
  id: string,
  person: string | null,
  now: Date,
): Promise<HelpRequest> {
  const request = await readRequest(trx, id)
  const may = person !== null && (await mayHandle(trx, person, 'help.answer', request, dayInChina(now)))
  if (!may) throw new PlainError('help:gone')
  return request
}

/**
 * Answers a question: the asker gets the reply, all who had it see that it is settled. Of two replies at the same
 * moment one answers, the other is told so and kept.
 */
export async function answerRequest(
  trx: Trx,
  options: ReplyOptions,
  { id, request: requestId, by, text, clause: typed }: WrittenReply,
  now: Date,
): Promise<AnswerOutcome> {
  const asked = await requestFor(trx, requestId, by, now)
  const at = now.toISOString()
  const reader = await readerOf(trx, by, dayInChina(now))
  const clause =
    typed.trim() === ''
      ? null
      : findCitedClause(options.library, typed, reader, await nearestClause(trx, asked))
  const columns = { clause_document: clause?.document ?? null, clause_key: clause?.key ?? null }
  // The update repeats the condition: it decides who was first.
  const request = await trx
    .updateTable('help_request')
    .set({ state: 'answered', answered_at: at, answered_by: by, reply: text, ...columns })
    .where('id', '=', requestId)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!request) {
    const settled = await readRequest(trx, requestId)
    if (settled.reply === null || settled.close_reason !== null || settled.state === 'withdrawn') {
      throw new PlainError('help:reply.not-open')
    }
    // The same form sent twice.
    if (settled.answered_by === by && settled.reply === text) {
      return { outcome: 'answered', request: settled, clause: 'given' }
    }
    await trx
      .insertInto('help_supplement')
      .values({ id, request: requestId, person: by, text, ...columns, written_at: at, sent_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    return { outcome: 'second', request: settled, supplement: id }
  }
  await stopClock(trx, request.id)
  const facts = await factsOf(trx, request)
  const reply = { text, by: facts.answeredBy!, supplement: false }
  const shown = await tellAsker(trx, options, request, reply, clause, `${request.round}`, now)
  await settleCards(trx, request, now)
  await publish(
    trx,
    'question.answered',
    { answer: request.answer, question: request.question, clause, by },
    now,
  )
  return { outcome: 'answered', request, clause: shown }
}

/** Sends a reply that came second, once, on its writer's word. */
export async function sendSupplement(
  trx: Trx,
  options: ReplyOptions,
  id: string,
  by: string | null,
  now: Date,
): Promise<void> {
  const kept = await trx.selectFrom('help_supplement').selectAll().where('id', '=', id).executeTakeFirst()
  if (!kept || kept.person !== by) throw new PlainError('help:gone')
  const request = await requestFor(trx, kept.request, by, now)
  if (request.state === 'withdrawn') throw new PlainError('help:reply.not-open')
  const { numUpdatedRows } = await trx
    .updateTable('help_supplement')
    .set({ sent_at: now.toISOString() })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return
  const clause =
    kept.clause_document !== null && kept.clause_key !== null
      ? { document: kept.clause_document, key: kept.clause_key }
      : null
  const author = await named(trx, by, [request.lies_with, request.organisation])
  const reply = { text: kept.text, by: author, supplement: true }
  await tellAsker(trx, options, request, reply, clause, id, now)
}

/** Closes a question without a reply; the asker is told why. */
export async function declineRequest(
  trx: Trx,
  { request: id, by, reason }: { request: string; by: string | null; reason: string },
  now: Date,
): Promise<HelpRequest> {
  await requestFor(trx, id, by, now)
  const at = now.toISOString()
  const request = await trx
    .updateTable('help_request')
    .set({ state: 'closed', closed_at: at, answered_by: by, close_reason: reason })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!request) throw new PlainError('help:reply.not-open')
  await stopClock(trx, id)
  const facts = await factsOf(trx, request)
  const conversation = conversationOf(request.conversation)
  await enqueue(trx, {
    id: ownId(id, 'declined', request.round),
    to: { type: 'conversation', conversation },
    card: declinedCard(facts, request.language),
    lane: 'reply',
    now,
  })
  await noticeElsewhere(trx, request, `${request.round}`, now)
  await settleCards(trx, request, now)
  return request
}

/**
 * The reply goes where it was asked, and a notice to where the asker reads first. With a clause that not everybody in
 * the group may see it goes to the asker directly as well.
 */
async function tellAsker(
  trx: Trx,
  { library, membersOf }: ReplyOptions,
  request: HelpRequest,
  reply: { text: string; by: Named; supplement: boolean },
  clause: ClauseName | null,
  occasion: string,
  now: Date,
): Promise<ClauseShown> {
  const { id, language } = request
  const conversation = conversationOf(request.conversation)
  const account = accountOf(request.asker_account)
  const group = request.in_group === 1
  const today = dayInChina(now)
  const readers = await readersOfConversation(trx, { account, conversation, group, membersOf }, today)
  const opened = openFor(library, clause, readers)
  const facts = await factsOf(trx, request)
  const sender =
    reply.supplement || request.answered_by === null ? null : await addressOf(trx, request.answered_by)
  await enqueue(trx, {
    id: ownId(id, 'reply', occasion),
    to: { type: 'conversation', conversation },
    card: replyCard(facts, reply, opened, language, !reply.supplement),
    lane: 'reply',
    // Whoever wrote the reply is told when it does not arrive.
    sender: sender?.type === 'account' ? accountKey(sender.account) : null,
    now,
  })
  await noticeElsewhere(trx, request, occasion, now)
  if (clause === null || opened !== null) return 'given'
  const own = group ? openFor(library, clause, [await readerOf(trx, account, today)]) : null
  if (own === null) return 'hidden'
  await enqueue(trx, {
    id: ownId(id, 'reply-alone', occasion),
    to: { type: 'account', account },
    card: replyCard(facts, reply, own, language, false),
    lane: 'reply',
    now,
  })
  return 'alone'
}

/** Where the asker reads first, if they asked from another account. */
async function noticeElsewhere(trx: Trx, request: HelpRequest, occasion: string, now: Date): Promise<void> {
  if (request.asker === null) return
  const to = await addressOf(trx, request.asker)
  if (to?.type !== 'account' || accountKey(to.account) === request.asker_account) return
  const language = await languageOfPerson(trx, request.asker)
  const text = translate(language, 'help:answered.notice', { number: request.number })
  await enqueue(trx, {
    id: ownId(request.id, 'notice', occasion),
    to,
    card: textCard(text),
    lane: 'confirmation',
    now,
  })
}
