import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Account } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import type { Language } from '../../chat/language.ts'
import type { Reader } from '../../knowledge/clause.ts'
import type { OpenedClause } from '../../knowledge/search/search-engine.ts'
import { translate } from '../../messages/translate.ts'
import { zoneOf } from '../../people/directory.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import { type Library, openFor } from './cited-clause.ts'
import {
  clauseButton,
  handlingButtons,
  numberedState,
  questionBlocks,
  signature,
  textCard,
} from './help-cards.ts'
import { factsOf, type HelpRequest, mayBeAsked, type Named, named, type RequestFacts } from './requests.ts'

/** More would not fit a card. */
const mostListed = 10

/** A request as its asker, or whoever may see it, finds it. */
export interface RequestStatus {
  facts: RequestFacts
  /** Replies that came later, first to last. */
  supplements: { text: string; by: Named }[]
  /** On which the reply rests; null: on none, or the readers may not see it. */
  clause: OpenedClause | null
}

export async function statusOf(
  db: Reads,
  library: Library,
  request: HelpRequest,
  readers: readonly Reader[],
): Promise<RequestStatus> {
  const rows = await db
    .selectFrom('help_supplement')
    .selectAll()
    .where('request', '=', request.id)
    .where('sent_at', 'is not', null)
    .orderBy('sent_at')
    .orderBy('id')
    .execute()
  const supplements: RequestStatus['supplements'] = []
  for (const { text, person } of rows) {
    supplements.push({ text, by: await named(db, person, [request.lies_with, request.organisation]) })
  }
  const { clause_document: document, clause_key: key } = request
  const clause = document !== null && key !== null ? { document, key } : null
  return { facts: await factsOf(db, request), supplements, clause: openFor(library, clause, readers) }
}

/** Number, state, question and what was answered. `own`: the reader asked, and may act on it. */
export function statusBlocks(
  { facts, supplements, clause }: RequestStatus,
  language: Language,
  own: boolean,
): Block[] {
  const { request, answeredBy } = facts
  const { id, state, round } = request
  const by = answeredBy ?? { name: '', organisation: '' }
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: numberedState(request, language), strong: true }] },
    { type: 'note', text: translate(language, 'help:answered.question', { question: request.question }) },
  ]
  if (request.reply !== null) {
    blocks.push({ type: 'text', runs: plain(request.reply) })
    if (request.close_reason === null) blocks.push({ type: 'note', text: signature(by, 'by', {}, language) })
  }
  if (request.close_reason !== null) {
    const reason = signature(by, 'reason', { reason: request.close_reason }, language)
    blocks.push({ type: 'text', runs: plain(reason) })
  }
  for (const supplement of supplements) {
    blocks.push({ type: 'text', runs: plain(supplement.text) })
    blocks.push({ type: 'note', text: signature(supplement.by, 'by', {}, language) })
  }
  const button = (label: string, action: string): Button => ({
    label,
    action,
    value: { request: id, round: String(round) },
  })
  const buttons: Button[] = clause ? [clauseButton(clause, 'help:clause.open', language)] : []
  if (own && state === 'answered') {
    buttons.unshift(
      button(translate(language, 'help:answered.solved'), 'help.solved'),
      button(translate(language, 'help:answered.unsolved'), 'help.unsolved'),
    )
  }
  if (own && state === 'open') {
    buttons.unshift(button(translate(language, 'help:questions.withdraw'), 'help.withdraw'))
  }
  if (buttons.length > 0) blocks.push({ type: 'buttons', buttons })
  return blocks
}

/** What the account, or another of the same person, has asked; the latest first. */
export async function questionsOf(
  db: Reads,
  account: Account,
  { person, states, most }: { person: string | null; states?: HelpRequest['state'][]; most?: number },
): Promise<HelpRequest[]> {
  let rows = db
    .selectFrom('help_request')
    .selectAll()
    .where((where) =>
      where.or([
        where('asker_account', '=', accountKey(account)),
        ...(person === null ? [] : [where('asker', '=', person)]),
      ]),
    )
    .orderBy('asked_at', 'desc')
    .orderBy('number', 'desc')
  if (states !== undefined) rows = rows.where('state', 'in', states)
  if (most !== undefined) rows = rows.limit(most)
  return rows.execute()
}

/** All that was asked, with what became of it. */
export async function ownQuestionsCard(
  db: Reads,
  library: Library,
  account: Account,
  readers: readonly Reader[],
  language: Language,
): Promise<Card> {
  const person = (await findPersonByAccount(db, account))?.id ?? null
  const rows = await questionsOf(db, account, { person, most: mostListed + 1 })
  if (rows.length === 0) return textCard(translate(language, 'help:questions.none'))
  const blocks: Block[] = []
  for (const row of rows.slice(0, mostListed)) {
    if (blocks.length > 0) blocks.push({ type: 'divider' })
    blocks.push(...statusBlocks(await statusOf(db, library, row, readers), language, true))
  }
  if (rows.length > mostListed) {
    blocks.push({ type: 'note', text: translate(language, 'help:questions.more', { most: mostListed }) })
  }
  return { tone: 'info', title: translate(language, 'help:questions.title'), blocks }
}

/** The open questions that a person has to answer, on whichever account; the earliest first. */
export async function tasksOf(db: Reads, person: string, today: string): Promise<HelpRequest[]> {
  const rows = await db
    .selectFrom('help_request')
    .innerJoin('help_receiver', 'help_receiver.request', 'help_request.id')
    .selectAll('help_request')
    .where('help_receiver.person', '=', person)
    .where('help_receiver.active', '=', 1)
    .where('state', '=', 'open')
    .orderBy('asked_at')
    .orderBy('number')
    .execute()
  const theirs: HelpRequest[] = []
  for (const row of rows) if (await mayBeAsked(db, person, row, today)) theirs.push(row)
  return theirs
}

/** All of them, with what can be done about each. */
export async function tasksCard(db: Reads, person: string, today: string, language: Language): Promise<Card> {
  const theirs = await tasksOf(db, person, today)
  if (theirs.length === 0) return textCard(translate(language, 'help:tasks.none'))
  const zone = await zoneOf(db, person)
  const blocks: Block[] = []
  for (const request of theirs.slice(0, mostListed)) {
    if (blocks.length > 0) blocks.push({ type: 'divider' })
    blocks.push({ type: 'text', runs: plain(request.number) })
    blocks.push(...questionBlocks({ ...(await factsOf(db, request)), zone }, language))
    blocks.push({ type: 'buttons', buttons: handlingButtons(request.id, language) })
  }
  if (theirs.length > mostListed) {
    blocks.push({ type: 'note', text: translate(language, 'help:tasks.more', { most: mostListed }) })
  }
  return {
    tone: 'info',
    title: translate(language, 'help:tasks.title', { count: theirs.length }),
    blocks,
  }
}
