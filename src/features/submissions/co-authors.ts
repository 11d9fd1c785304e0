import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Language } from '../../chat/language.ts'
import type { Click } from '../../conversation/feature.ts'
import { enqueue } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { findPersonByAccount, readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { contentBlocks, headline, textCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { standsFor } from './merge.ts'
import { readSubmission, type Submission } from './records.ts'
import { partOf } from './relations.ts'
import { coAuthorButtons } from './support.ts'
import { addressOfAuthor, languageOf, messageId } from './tell.ts'
import { authorName } from './texts.ts'
import { viewOfRecord } from './view-record.ts'

/**
 * Asks those whom the author names as co-authors, each once; those who are no longer named and have not confirmed are
 * co-authors no longer. Of a sealed record nobody is asked, since that would name its author.
 */
export async function askCoAuthors(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  now: Date,
): Promise<void> {
  const { row, author } = submission
  const named = namedCoAuthors(submission)
  if (named === null || row.sealed === 1) return
  const there = await trx
    .selectFrom('submission_author')
    .select(['person', 'answered_at', 'merged_from'])
    .where('submission', '=', row.id)
    .execute()
  for (const { person, answered_at, merged_from } of there) {
    if (answered_at !== null || merged_from !== null || named.includes(person)) continue
    await trx
      .deleteFrom('submission_author')
      .where('submission', '=', row.id)
      .where('person', '=', person)
      .execute()
  }
  for (const person of named) {
    if (person === author?.person || there.some((one) => one.person === person)) continue
    await trx
      .insertInto('submission_author')
      .values({ submission: row.id, person, confirmed: 0, answered_at: null, merged_from: null })
      .execute()
    const to = await addressOf(trx, person)
    if (!to) continue
    const language = await languageOf(trx, person)
    const card = await askingCard(trx, submission, language)
    const id = messageId(context, submission, person, `${row.revision}:co-author`)
    await enqueue(trx, { id, to, card, lane: 'confirmation', now })
  }
}

/** Somebody says whether they are a co-author. Throws PlainError where nobody asked them, or no longer. */
export async function answerCoAuthor(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const { submission: id = '', answer = '' } = action.value
  const person = (await findPersonByAccount(trx, action.account))?.id ?? ''
  const submission = await standsFor(trx, context, await readSubmission(trx, context, id))
  const { row } = submission
  const asked = await trx
    .selectFrom('submission_author')
    .select(['confirmed', 'answered_at'])
    .where('submission', '=', row.id)
    .where('person', '=', person)
    .executeTakeFirst()
  if (!asked) throw new PlainError('submissions:co-author.gone')
  // What was answered holds: a button of the old card does not undo it.
  const isNew = asked.answered_at === null
  const isYes = isNew ? answer === 'yes' : asked.confirmed === 1
  if (isNew) {
    await keepAnswer(trx, row.id, person, isYes, now)
    await tellOfAnswer(trx, context, submission, { person, isYes }, now)
  }
  if (!isYes) {
    const text = translate(language, 'submissions:co-author.declined')
    return { toast: text, replace: textCard(text, row.number) }
  }
  const part = await partOf(trx, submission, person, dayInChina(now))
  return {
    toast: translate(language, 'submissions:co-author.confirmed'),
    replace: await viewOfRecord(trx, context, submission, part, language),
  }
}

/** The people whom the form names; null: the kind has no such field. */
function namedCoAuthors({ kind, values }: Submission): string[] | null {
  const field = kind.pages.flatMap(({ fields }) => fields).find(({ sets }) => sets === 'co-authors')
  if (field?.type !== 'people') return null
  const named = values[field.name]
  return Array.isArray(named) ? named.map(String) : []
}

/** Whoever declines stays among those who were asked, so that a later change asks them no more. */
async function keepAnswer(trx: Trx, submission: string, person: string, isYes: boolean, now: Date) {
  await trx
    .updateTable('submission_author')
    .set({ confirmed: isYes ? 1 : 0, answered_at: now.toISOString() })
    .where('submission', '=', submission)
    .where('person', '=', person)
    .execute()
  if (!isYes) return
  // Authors do not second their own.
  await trx
    .deleteFrom('submission_second')
    .where('submission', '=', submission)
    .where('person', '=', person)
    .execute()
}

async function tellOfAnswer(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  { person, isYes }: { person: string; isYes: boolean },
  now: Date,
): Promise<void> {
  const { row } = submission
  const to = await addressOfAuthor(trx, submission)
  if (!to) return
  const name = (await readPerson(trx, person))?.name ?? ''
  const text = translate(
    row.language,
    isYes ? 'submissions:co-author.says-yes' : 'submissions:co-author.says-no',
    {
      name,
    },
  )
  await enqueue(trx, {
    id: messageId(context, submission, person, `${row.revision}:co-author-${isYes ? 'yes' : 'no'}`),
    ...{ to, card: textCard(text, headline(submission, row.language)), lane: 'confirmation' as const, now },
  })
}

async function askingCard(trx: Trx, submission: Submission, language: Language) {
  const author = authorName(submission, language)
  const lead = translate(language, 'submissions:co-author.ask', { author })
  return {
    tone: 'info' as const,
    title: headline(submission, language),
    blocks: [
      { type: 'text' as const, runs: [{ text: lead, strong: true }] },
      ...(await contentBlocks(trx, submission, language)),
      { type: 'buttons' as const, buttons: coAuthorButtons(submission, language) },
    ],
  }
}
