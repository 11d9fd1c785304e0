import { type Block, plain } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Language } from '../../chat/language.ts'
import type { Recipient } from '../../chat/outgoing.ts'
import type { Click } from '../../conversation/feature.ts'
import { enqueue } from '../../delivery/outbox.ts'
import type { FormDefinition, Submission as SentForm } from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { findPersonByAccount, readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { commentButton, headline, openButton, textCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { coAuthorsOf, receiversOf } from './receivers.ts'
import { readSubmission, type Submission } from './records.ts'
import { partOf, partOfAccount, type Side, sideOf } from './relations.ts'
import { sealed, sealedCard } from './sealed.ts'
import { addressOfAuthor, languageOf, messageId } from './tell.ts'
import { authorName } from './texts.ts'

/** Authors and those who work on a record write to each other through the bot, each under the name that the other knows. */
const commentForm = 'submissions.comment'

const longest = 1000
/** Comments of one side on one record within a day. */
const mostInADay = 20

/** Opens the form. Throws PlainError for whoever has nothing to do with the record. */
export async function openComment(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const submission = await readSubmission(trx, context, action.value.submission ?? '')
  const part = await partOfAccount(trx, submission, { account: action.account, person }, dayInChina(now))
  if (part.as.length === 0) throw new PlainError('submissions:gone')
  if (sideOf(part) === null) throw new PlainError('submissions:refused.comment')
  return click.openForm(commentForm, {
    context: { submission: submission.row.id, about: headline(submission, language) },
  })
}

export function createCommentForm(context: SubmissionsContext): FormDefinition {
  return {
    name: commentForm,
    version: 1,
    title: 'submissions:comment.title',
    subject: 'submissions:act.about',
    // Some records are, and a form is either.
    sealed: true,
    pages: [
      {
        name: 'comment',
        intro: ['submissions:act.about'],
        fields: [
          {
            name: 'text',
            type: 'long-text',
            label: 'submissions:comment.text',
            seenBy: 'submissions:comment.seen-by',
            required: true,
            most: longest,
          },
        ],
      },
    ],
    submit: (sent) => submitComment(sent, context),
  }
}

async function submitComment(sent: SentForm, context: SubmissionsContext) {
  const { trx, draft, account, person, language, now, values } = sent
  const submission = await readSubmission(trx, context, sent.context.submission ?? '')
  const { row } = submission
  const part = await partOfAccount(trx, submission, { account, person }, dayInChina(now))
  const side = sideOf(part)
  if (side === null) throw new PlainError('submissions:refused.comment')
  await checkRoom(trx, row.id, side, now)
  const text = String(values.text ?? '')
  const isHidden = side === 'author' && (row.sealed === 1 || row.naming !== 'signed')
  // Not the draft's id, by whose row it would be known who wrote it.
  const id = context.sealer.tag(`comment ${draft}`)
  await trx
    .insertInto('submission_comment')
    .values({
      ...{ id, submission: row.id, part: side, person: isHidden ? null : person, at: now.toISOString() },
      text: await sealed(trx, context, row, `comment ${id}`, text),
    })
    .execute()
  const reached = await deliver(trx, context, submission, { id, side, person, text }, now)
  const key = reached > 0 ? 'submissions:comment.sent' : 'submissions:comment.kept'
  const card = textCard(translate(language, key), row.number)
  return {
    number: row.number,
    card: await sealedCard(trx, context, row, card, language, side === 'author' ? 'author' : 'others'),
  }
}

async function checkRoom(trx: Trx, submission: string, side: Side, now: Date): Promise<void> {
  const since = new Date(now.getTime() - 86_400_000).toISOString()
  const rows = await trx
    .selectFrom('submission_comment')
    .select('id')
    .where('submission', '=', submission)
    .where('part', '=', side)
    .where('at', '>', since)
    .limit(mostInADay)
    .execute()
  if (rows.length === mostInADay) throw new PlainError('submissions:comment.too-many', { most: mostInADay })
}

/** To the other side, each with a button to reply. Gives how many can be reached. */
export async function deliver(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  { id, side, person, text }: { id: string; side: Side; person: string | null; text: string },
  now: Date,
): Promise<number> {
  const { row } = submission
  const to =
    side === 'author'
      ? await handlersToTell(trx, submission, person, now)
      : await authorsToTell(trx, submission, person)
  for (const { who, address, language } of to) {
    const reader = await partOf(trx, submission, who, dayInChina(now))
    const name = person === null ? '' : ((await readPerson(trx, person))?.name ?? '')
    const from =
      side === 'author' && person === submission.author?.person
        ? authorName(submission, language, reader)
        : name
    const lead =
      side === 'author'
        ? translate(language, 'submissions:comment.from-author', {
            name: from || authorName(submission, language, reader),
          })
        : translate(language, 'submissions:comment.from-handler', { name })
    const blocks: Block[] = [
      { type: 'text', runs: [{ text: lead, strong: true }] },
      { type: 'text', runs: plain(text) },
      {
        type: 'buttons',
        buttons: [commentButton(submission, language, 'reply'), openButton(submission, language)],
      },
    ]
    const card = { tone: 'info' as const, title: headline(submission, language), blocks }
    await enqueue(trx, {
      id: messageId(context, submission, who, `comment ${id}`),
      to: address,
      card: await sealedCard(trx, context, row, card, language, who === 'author' ? 'author' : 'others'),
      lane: 'confirmation',
      now,
    })
  }
  return to.length
}

interface Addressee {
  /** Tells the messages about one comment apart. */
  who: string
  address: Recipient
  language: Language
}

async function handlersToTell(
  trx: Trx,
  submission: Submission,
  except: string | null,
  now: Date,
): Promise<Addressee[]> {
  const part = submission.kind.handlers === 'restricted' ? 'restricted' : 'handler'
  const found: Addressee[] = []
  for (const who of await receiversOf(trx, submission, part, dayInChina(now))) {
    const address = who === except ? null : await addressOf(trx, who)
    if (address) found.push({ who, address, language: await languageOf(trx, who) })
  }
  return found
}

async function authorsToTell(trx: Trx, submission: Submission, except: string | null): Promise<Addressee[]> {
  const { author, row } = submission
  const found: Addressee[] = []
  const own = await addressOfAuthor(trx, submission)
  if (own && (author?.person === null || author?.person !== except)) {
    found.push({ who: 'author', address: own, language: row.language })
  }
  for (const who of await coAuthorsOf(trx, row.id)) {
    const address = who === except ? null : await addressOf(trx, who)
    if (address) found.push({ who, address, language: await languageOf(trx, who) })
  }
  return found
}
