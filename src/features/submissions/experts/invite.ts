import type { Block } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { findPersonByAccount, type Reads, readPerson } from '../../../people/people.ts'
import { rootOf } from '../../../people/reach.ts'
import { actionButtons, contentBlocks, headline, openButton, textCard } from '../cards.ts'
import type { Consequence } from '../consequences.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Effect } from '../effects.ts'
import { possibleActions } from '../life/life.ts'
import { coAuthorsOf, receiversOf } from '../receivers.ts'
import { readSubmission, type Submission } from '../records.ts'
import { partOf } from '../relations.ts'
import { standingOf } from '../standing.ts'
import { languageOf, messageId } from '../tell.ts'
import { type Expert, findExpert } from './directory.ts'

/** Notes whom a handler asks to offer; each expert once a day, and nobody who has said that it is none of theirs. */
export async function keepInvitation({ trx, submission, action, part, input, now }: Effect): Promise<object> {
  const expert = await namedExpert(trx, submission, { action, input })
  if (expert.state !== 'approved') throw new PlainError('problems:experts.not-approved')
  const own = [submission.author?.person, ...(await coAuthorsOf(trx, submission.row.id))]
  if (expert.person !== null && own.includes(expert.person)) throw new PlainError('problems:experts.author')
  const key = { submission: submission.row.id, expert: expert.id }
  const before = await invitationOf(trx, key)
  if (before?.state === 'declined') throw new PlainError('problems:experts.declined', { name: expert.name })
  if (before && dayInChina(new Date(before.at)) === dayInChina(now)) {
    throw new PlainError('problems:experts.invited', { name: expert.name })
  }
  const asked = { state: 'asked' as const, reason: '', invited_by: part.person, at: now.toISOString() }
  await trx
    .insertInto('submission_invitation')
    .values({ ...key, ...asked, answered_at: null })
    .onConflict((conflict) => conflict.columns(['submission', 'expert']).doUpdateSet(asked))
    .execute()
  return {}
}

/** The expert gets the problem with 我来揭榜 and 不合适; of one from outside the handler learns how to reach them. */
export async function sendInvitation({
  trx,
  context,
  submission,
  part,
  action,
  input,
  now,
}: Consequence): Promise<void> {
  const expert = await namedExpert(trx, submission, { action, input })
  const { row, kind } = submission
  const to = expert.person === null ? null : await addressOf(trx, expert.person)
  const matter = `${row.revision}:invitation`
  if (expert.person === null || !to) {
    const back = part.person === null ? null : await addressOf(trx, part.person)
    if (part.person === null || !back) return
    const language = await languageOf(trx, part.person)
    const { name, organisation, contact } = expert
    const key = contact === '' ? 'problems:invite.unreachable' : 'problems:invite.outside'
    const text = translate(language, key, { name, organisation, contact })
    const id = messageId(context, submission, part.person, matter)
    await enqueue(trx, {
      id,
      to: back,
      card: textCard(text, headline(submission, language)),
      lane: 'confirmation',
      now,
    })
    return
  }
  const language = await languageOf(trx, expert.person)
  const own = await partOf(trx, submission, expert.person, dayInChina(now))
  const possible = possibleActions(kind, await standingOf(trx, submission), own)
  const offering = possible.filter(({ action: one }) => one.does.includes('offer') && one.secret)
  const by = part.person === null ? '' : ((await readPerson(trx, part.person))?.name ?? '')
  const words = typeof input.words === 'string' ? input.words : ''
  const decline = {
    label: translate(language, 'problems:invite.decline'),
    action: 'submissions.decline-invitation',
    value: { submission: row.id },
  }
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: translate(language, 'problems:invite.lead', { by }), strong: true }] },
    ...(words === '' ? [] : [{ type: 'text' as const, runs: [{ text: words }] }]),
    ...(await contentBlocks(trx, submission, language)),
    {
      type: 'buttons',
      buttons: [
        ...actionButtons(submission, offering.slice(0, 1), language),
        decline,
        openButton(submission, language),
      ],
    },
  ]
  const card = { tone: 'info' as const, title: headline(submission, language), blocks }
  const id = messageId(context, submission, expert.person, matter)
  await enqueue(trx, { id, to, card, lane: 'confirmation', now })
}

/** 不合适: they are not asked again for this one, and whoever handles it looks for somebody else. */
export async function declineInvitation(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id
  const submission = await readSubmission(trx, context, action.value.submission ?? '')
  const invited = await trx
    .selectFrom('submission_invitation')
    .innerJoin('submission_expert', 'submission_expert.id', 'submission_invitation.expert')
    .select(['submission_expert.id', 'submission_expert.name', 'submission_invitation.state'])
    .where('submission_invitation.submission', '=', submission.row.id)
    .where('submission_expert.person', '=', person ?? '')
    .executeTakeFirst()
  if (!invited) throw new PlainError('submissions:gone')
  const thanks = textCard(translate(language, 'problems:invite.declined'), headline(submission, language))
  if (invited.state === 'declined') return { replace: thanks }
  await trx
    .updateTable('submission_invitation')
    .set({ state: 'declined', answered_at: now.toISOString() })
    .where('submission', '=', submission.row.id)
    .where('expert', '=', invited.id)
    .execute()
  for (const handler of await receiversOf(trx, submission, 'handler', dayInChina(now))) {
    const to = await addressOf(trx, handler)
    if (!to) continue
    const theirs = await languageOf(trx, handler)
    const text = translate(theirs, 'problems:invite.told-declined', { name: invited.name })
    const id = messageId(context, submission, handler, `invitation ${invited.id} declined`)
    const card = textCard(text, headline(submission, theirs))
    await enqueue(trx, { id, to, card, lane: 'confirmation', now })
  }
  return { replace: thanks }
}

async function namedExpert(
  db: Reads,
  { row }: Pick<Submission, 'row'>,
  { action, input }: Pick<Effect, 'action' | 'input'>,
): Promise<Expert> {
  const field = action.fields.find(({ sets }) => sets === 'expert')
  const roots = row.organisation === null ? [] : [await rootOf(db, row.organisation)]
  return findExpert(db, roots, String(field ? (input[field.name] ?? '') : ''))
}

function invitationOf(db: Reads, { submission, expert }: { submission: string; expert: string }) {
  return db
    .selectFrom('submission_invitation')
    .select(['state', 'at'])
    .where('submission', '=', submission)
    .where('expert', '=', expert)
    .executeTakeFirst()
}
