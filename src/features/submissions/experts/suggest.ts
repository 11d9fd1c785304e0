import type { Block, Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click } from '../../../conversation/feature.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { rootOf } from '../../../people/reach.ts'
import { headline, openButton } from '../cards.ts'
import type { Consequence } from '../consequences.ts'
import type { SubmissionsContext } from '../context.ts'
import { type PossibleAction, possibleActions } from '../life/life.ts'
import { itemButtons } from '../problems/item-buttons.ts'
import { coAuthorsOf, receiversOf } from '../receivers.ts'
import { readSubmission, type Submission } from '../records.ts'
import { partOf } from '../relations.ts'
import { contentText } from '../search/keep-text.ts'
import { standingOf } from '../standing.ts'
import { languageOf, messageId } from '../tell.ts'
import type { ExpertMatch } from './expert-search.ts'
import { mayInvite } from './may-invite.ts'

/** So many are worth a look. */
const mostSuggested = 5

/** Whoever put a problem out, or else handles it, is told which experts fit, each with a button to invite them. */
export async function tellSuggestions({ trx, context, submission, part, now }: Consequence): Promise<void> {
  const today = dayInChina(now)
  const handlers = await receiversOf(trx, submission, 'handler', today)
  // Whoever handles it invites; whoever put it out may be somebody else.
  for (const person of new Set([...(part.person === null ? [] : [part.person]), ...handlers])) {
    const { as } = await partOf(trx, submission, person, today)
    const to = await addressOf(trx, person)
    if (!to) continue
    const possible = possibleActions(submission.kind, await standingOf(trx, submission), { person, as })
    if (!mayInvite(possible)) continue
    const card = await suggestionsCard(trx, context, submission, possible, await languageOf(trx, person))
    const id = messageId(context, submission, person, `${submission.row.revision}:experts`)
    await enqueue(trx, { id, to, card, lane: 'confirmation', now })
  }
}

/** 推荐专家, at any time while they can be invited. */
export async function showSuggestions(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const submission = await readSubmission(trx, context, action.value.submission ?? '')
  const part = await partOf(trx, submission, person, dayInChina(now))
  if (part.as.length === 0) throw new PlainError('submissions:gone')
  const possible = possibleActions(submission.kind, await standingOf(trx, submission), part)
  if (!mayInvite(possible)) throw new PlainError('submissions:refused.not-now')
  return { beside: await suggestionsCard(trx, context, submission, possible, language), besideAlone: true }
}

async function suggestionsCard(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
  possible: readonly PossibleAction[],
  language: Language,
): Promise<Card> {
  const say = (key: string, values: Record<string, string> = {}) =>
    translate(language, `problems:suggest.${key}`, values)
  const matches = await suggestedFor(db, context, submission)
  const blocks: Block[] = matches.flatMap(({ expert, reasons }): Block[] => {
    const { name, organisation, number } = expert
    const who = say(organisation === '' ? 'alone' : 'who', { name, organisation })
    const invite = itemButtons(
      submission,
      possible,
      'invite',
      { expert: number },
      language,
      say('invite', { name }),
    )
    return [
      { type: 'text', runs: [{ text: who, strong: true }] },
      { type: 'note', text: say('why', { reasons: reasons.join(language === 'en' ? ', ' : '、') }) },
      { type: 'buttons', buttons: invite },
    ]
  })
  return {
    tone: 'info',
    title: headline(submission, language),
    blocks: [
      { type: 'text', runs: [{ text: say(matches.length === 0 ? 'none' : 'lead'), strong: true }] },
      ...blocks,
      { type: 'buttons', buttons: [openButton(submission, language)] },
    ],
  }
}

/** Those who know what a problem is about: none of its authors, and nobody who was invited already. */
async function suggestedFor(
  db: Reads,
  { experts }: SubmissionsContext,
  submission: Submission,
): Promise<ExpertMatch[]> {
  const { row, author } = submission
  if (!experts || row.sealed === 1 || row.organisation === null) return []
  const invited = await db
    .selectFrom('submission_invitation')
    .select('expert')
    .where('submission', '=', row.id)
    .execute()
  const except = new Set([
    ...(author?.person ? [author.person] : []),
    ...(await coAuthorsOf(db, row.id)),
    ...invited.map(({ expert }) => expert),
  ])
  const root = await rootOf(db, row.organisation)
  return experts.match(db, { root, text: contentText(submission), except, limit: mostSuggested })
}
