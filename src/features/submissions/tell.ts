import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Recipient } from '../../chat/outgoing.ts'
import { enqueue, enqueueEdit, type Lane } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { askingCard, type Reason } from './asking-card.ts'
import { bareCard, changeCard, headline, settledCard, stateLine, textCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindAction, KindField } from './definition/schema.ts'
import { possibleActions } from './life/life.ts'
import { mergedSealed } from './merge.ts'
import { administratorsOf, coAuthorsOf, receiversOf } from './receivers.ts'
import type { Submission } from './records.ts'
import { partOf } from './relations.ts'
import { sealedCard } from './sealed.ts'
import { duplicateBlocks } from './search/similar-cards.ts'
import { standingOf } from './standing.ts'
import { fieldNames } from './texts.ts'

/**
 * Tells the author, and the co-authors who confirmed, what became of it. What is told goes to each alone, never into the
 * group where it was sent in.
 * @param told The words of the action, filled in; empty: the new state alone.
 * @param by Who did it and need not be told: a person, the `author`, or nobody (null).
 */
export async function tellAuthors(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  told: string,
  now: Date,
  by: string | null,
): Promise<void> {
  const { author, row, kind } = submission
  const isAuthors = by === 'author' || (by !== null && by === author?.person)
  const to = author && !isAuthors ? await addressOfAuthor(trx, submission) : null
  const standing = await standingOf(trx, submission)
  if (author && to) {
    const part = await partOf(trx, submission, author.person, dayInChina(now))
    const own = { ...part, as: [...new Set([...part.as, 'author' as const])] }
    const possible = possibleActions(kind, standing, own)
    const card = changeCard(submission, told, possible, row.language)
    // What was told stays as it was said where nothing can be pressed on it.
    const notice = row.sealed === 1 || possible.length === 0 ? null : author.person
    await notify(trx, context, submission, {
      to,
      card,
      matter: ['author', `${row.revision}`],
      person: notice,
      whose: 'author',
      now,
    })
  }
  for (const person of await coAuthorsOf(trx, row.id)) {
    const address = person === by || person === author?.person ? null : await addressOf(trx, person)
    if (!address) continue
    const part = await partOf(trx, submission, person, dayInChina(now))
    const language = await languageOf(trx, person)
    const possible = possibleActions(kind, standing, part)
    const card = changeCard(submission, told, possible, language)
    await notify(trx, context, submission, {
      to: address,
      card,
      matter: [person, `${row.revision}:author`],
      person: possible.length === 0 ? null : person,
      now,
    })
  }
  for (const merged of await mergedSealed(trx, context, submission)) {
    const address = await addressOfAuthor(trx, merged)
    if (!address) continue
    const language = merged.row.language
    const numbers = { number: merged.row.number, into: row.number }
    const lead = translate(language, 'submissions:tell.merged', numbers)
    const words = [lead, stateLine(submission, language), told].filter(Boolean).join('\n')
    const card = textCard(words, headline(merged, language))
    await notify(trx, context, merged, {
      ...{
        to: address,
        card,
        matter: ['author', row.id, `${row.revision}:merged`],
        person: null,
        whose: 'author',
        now,
      },
    })
  }
}

/** Where the author is written to; null: nowhere. */
export async function addressOfAuthor(
  trx: Trx,
  { author }: Pick<Submission, 'author'>,
): Promise<Recipient | null> {
  const own = author?.person ? await addressOf(trx, author.person) : null
  return own ?? (author?.account ? { type: 'account', account: author.account } : null)
}

export interface TellOptions {
  why?: Reason
  /** Default: those who must act. */
  to?: readonly string[]
  /** For `edited`: what was changed. */
  fields?: readonly KindField[]
  /** Parts a second word of the same reason from the first. */
  round?: string
  lane?: Lane
  /** Has it before them already, on the card by which they acted. */
  except?: string | null
}

/**
 * Puts the record before those who must act now, each with the buttons that are theirs. Where nobody of them can be
 * written to, the administrators are told once, and it stands in the console.
 */
export async function tellNext(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  now: Date,
  { why = 'new', to, fields = [], round = '', lane = 'confirmation', except = null }: TellOptions = {},
): Promise<number> {
  const { row, kind, author } = submission
  const part = kind.states[row.state]?.waitsFor
  if (!part) return 0
  // The author is told of the new state itself, with these buttons; and what authors changed needs no asking back.
  if (part === 'author' && (why === 'new' || why === 'edited')) return 0
  // It lies with somebody outside the house: there is nothing to do but to wait for them.
  if (kind.states[row.state]?.quiet && why === 'new') return 0
  const today = dayInChina(now)
  const receivers = to ?? (await receiversOf(trx, submission, part, today))
  let reached = 0
  for (const person of receivers) {
    if (person === except) {
      reached += 1
      continue
    }
    const address = await addressOf(trx, person)
    // Whoever cannot be written to finds it among 待我处理 and in the console.
    if (!address) continue
    const language = await languageOf(trx, person)
    const isOwn = person === author?.person && why === 'new'
    const names = fieldNames(fields, language)
    const lead = translate(language, `submissions:tell.${isOwn ? 'own' : why}`, { fields: names })
    const asked = await askingCard(trx, context, submission, { person, today, language }, { why, lead })
    const isFirst = why === 'new' && row.state === kind.start
    const asker = { person, today, language }
    const alike = isFirst ? await duplicateBlocks(trx, context, submission, asked.possible, asker) : []
    const card = { ...asked.card, blocks: [...asked.card.blocks, ...alike] }
    const matter = [person, `${row.revision}:${why}${round}`]
    const isSecret = row.sealed === 1 && person === author?.person
    await notify(trx, context, submission, {
      ...{ to: address, card, matter, person: isSecret ? null : person, lane, now },
      whose: isSecret ? 'author' : 'others',
    })
    reached += 1
  }
  if (reached === 0 && part !== 'author') await tellAdministrators(trx, context, submission, now)
  return reached
}

/** Whoever had it before is told that its authors have ended it; nobody else is asked to act. */
export async function tellEnded(
  trx: Trx,
  context: SubmissionsContext,
  { before, after }: { before: Submission; after: Submission },
  action: KindAction,
  now: Date,
): Promise<void> {
  const { row, kind } = before
  const waited = kind.states[row.state]?.waitsFor
  const asked = waited && waited !== 'author' ? await receiversOf(trx, before, waited, dayInChina(now)) : []
  for (const person of new Set([...asked, ...(row.handler === null ? [] : [row.handler])])) {
    const to = await addressOf(trx, person)
    if (!to) continue
    const language = await languageOf(trx, person)
    const lead = translate(language, 'submissions:tell.ended', { action: action.title[language] })
    const card = settledCard(after, language, lead)
    const matter = [person, `${after.row.revision}:ended`]
    await notify(trx, context, after, { to, card, matter, person: null, now })
  }
}

/** Nobody who must act can be written to: once in each state, those who can change that are told. */
async function tellAdministrators(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  now: Date,
): Promise<void> {
  const { row } = submission
  for (const person of await administratorsOf(trx, submission, dayInChina(now))) {
    const to = await addressOf(trx, person)
    if (!to) continue
    const language = await languageOf(trx, person)
    const lead = translate(language, 'submissions:tell.nobody')
    // What restricted people alone may read, administrators are not shown: they see to it that there are such people.
    const isRestricted = submission.kind.handlers === 'restricted'
    const card = isRestricted
      ? bareCard(submission, [], language, translate(language, 'seal:restricted.nobody'))
      : settledCard(submission, language, lead)
    const matter = [person, `${row.stage}:nobody`]
    await notify(trx, context, submission, { to, card, matter, person, now })
  }
}

/**
 * Cards of an earlier state, and those of whoever has just acted, say what became of it; their buttons are gone, but
 * for whoever acted and must act next too: the last of theirs shows the next step.
 * @param by Null: nobody whose card it could be.
 * @returns Whether whoever acted has the next step before them.
 */
export async function settleNotices(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  by: string | null,
  now: Date,
): Promise<boolean> {
  const { id, stage, revision } = submission.row
  const sent = await trx
    .selectFrom('submission_notice')
    .selectAll()
    .where('submission', '=', id)
    .orderBy('revision', 'desc')
    .orderBy('message', 'desc')
    // What has just been said of this very change stays.
    .where('revision', '<', revision)
    .where((where) =>
      where.or([where('revision', '<', stage), ...(by === null ? [] : [where('person', '=', by)])]),
    )
    .execute()
  const waitsFor = submission.kind.states[submission.row.state]?.waitsFor
  const today = dayInChina(now)
  const asked = by === null || !waitsFor ? [] : await receiversOf(trx, submission, waitsFor, today)
  let isBefore = false
  for (const { message, person, revision: saidAt } of sent) {
    const language = await languageOf(trx, person)
    const isTheirs = person === by && asked.includes(person)
    // In the same state each of their cards goes on; after it the last one does.
    const isStill = isTheirs && (saidAt >= stage || !isBefore)
    const shown = isStill
      ? (await askingCard(trx, context, submission, { person, today, language }, {})).card
      : settledCard(submission, language)
    const card = await sealedCard(trx, context, submission.row, shown, language)
    await enqueueEdit(trx, { of: message, card, now })
    if (isStill) {
      isBefore = true
      // It is a card of this state now, and is replaced with it.
      await trx.updateTable('submission_notice').set({ revision }).where('message', '=', message).execute()
      continue
    }
    await trx.deleteFrom('submission_notice').where('message', '=', message).execute()
  }
  return isBefore
}

interface Notice {
  to: Recipient
  card: Card
  /** Tells it from everything else that is said of the record. */
  matter: readonly string[]
  /** By whom the card is found again, to be replaced; null: it is not, since nobody may know whose it is. */
  person: string | null
  /** Default: others. */
  whose?: 'author' | 'others'
  lane?: Lane
  now: Date
}

async function notify(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  { to, card, matter, person, whose = 'others', lane = 'confirmation', now }: Notice,
): Promise<void> {
  const { id, revision } = submission.row
  const message = messageId(context, submission, ...matter)
  const kept = await sealedCard(trx, context, submission.row, card, submission.row.language, whose)
  await enqueue(trx, { id: message, to, card: kept, lane, now })
  if (person === null) return
  await trx
    .insertInto('submission_notice')
    .values({ message, submission: id, revision, person })
    .onConflict((conflict) => conflict.column('message').doNothing())
    .execute()
}

/** Of a sealed record the outbox must not show whose it is: an id is then made of a tag. */
export function messageId(
  { sealer }: SubmissionsContext,
  { row }: Pick<Submission, 'row'>,
  ...matter: string[]
): string {
  const id = ['submission', row.id, ...matter].join(':')
  return row.sealed === 1 ? `submission:${sealer.tag(id)}` : id
}

export async function languageOf(trx: Trx, person: string): Promise<Language> {
  return (await readPerson(trx, person))?.language ?? 'zh-CN'
}
