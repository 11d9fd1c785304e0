import type { Block, Button } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import type { KindField } from '../definition/schema.ts'
import { mayInvite, suggestionsButton } from '../experts/may-invite.ts'
import type { Part, PossibleAction } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { seesAll } from '../relations.ts'
import { labelled, readableFields } from '../texts.ts'
import { agreementOf } from './agreement.ts'
import { isForItem, itemButtons } from './item-buttons.ts'
import { type Milestone, milestonesOf } from './milestones.ts'
import { areSealed, comparesOffers, type Offer, offersOn, readableOffers } from './offers.ts'

/** On the record's own card; all of them stand behind a button. */
const mostOffers = 3
const mostMilestones = 6
/** Beyond this a field of an offer is cut on the record's card. */
const longestShown = 200

/** Offers, agreement and milestones of a record, as far as somebody may know them, each with its buttons. */
export async function solvingBlocks(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
  part: Part,
  possible: readonly PossibleAction[],
  language: Language,
): Promise<Block[]> {
  if (submission.kind.offers === undefined) return []
  const offers = await offerBlocks(db, submission, part, possible, language)
  const worked = seesAll(part)
    ? [
        ...(await agreementBlocks(db, context, submission, language)),
        ...(await milestonesBlocks(db, submission, possible, language)),
      ]
    : []
  const suggest = mayInvite(possible)
    ? [{ type: 'buttons' as const, buttons: [suggestionsButton(submission, language)] }]
    : []
  return [...offers, ...worked, ...suggest]
}

async function offerBlocks(
  db: Reads,
  submission: Submission,
  part: Part,
  possible: readonly PossibleAction[],
  language: Language,
): Promise<Block[]> {
  const all = (await offersOn(db, submission.row.id)).filter(({ state }) => state !== 'declined')
  const open = all.filter(({ state }) => state === 'open')
  const shown = readableOffers(submission, part, all)
  const blocks: Block[] = []
  if (areSealed(submission) && comparesOffers(part)) {
    blocks.push({ type: 'note', text: translate(language, 'problems:offers.sealed', { count: open.length }) })
  }
  for (const offer of shown.slice(0, mostOffers)) {
    blocks.push(...(await oneOffer(db, submission, offer, possible, language)))
  }
  if (shown.length > mostOffers) {
    const label = translate(language, 'problems:offers.all', { count: shown.length })
    blocks.push({ type: 'buttons', buttons: [moreOffers(submission, label, 0)] })
  }
  return blocks
}

/** The button behind which offers stand, some at a time. */
export function moreOffers({ row }: Pick<Submission, 'row'>, label: string, from: number): Button {
  return {
    label,
    action: 'submissions.offers',
    value: { submission: row.id, from: String(from) },
    opens: 'beside',
  }
}

/** One offer with what can be done to it. */
export async function oneOffer(
  db: Reads,
  submission: Submission,
  offer: Offer,
  possible: readonly PossibleAction[],
  language: Language,
  longest = longestShown,
): Promise<Block[]> {
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: offerTitle(offer, language), strong: true }] },
    ...fieldBlocks(
      await readableFields(db, offerFields(submission), offer.values, language),
      longest,
      language,
    ),
  ]
  const item = { offer: String(offer.number) }
  const buttons =
    offer.state === 'open' ? itemButtons(submission, possible, 'choose-offer', item, language) : []
  if (offer.state === 'open' && offer.person === null) {
    const forOthers = possible.filter(isForItem)
    buttons.push(...itemButtons(submission, forOthers, 'withdraw-offer', item, language))
  }
  if (buttons.length > 0) blocks.push({ type: 'buttons', buttons })
  return blocks
}

export function offerTitle({ number, name, organisation, state }: Offer, language: Language): string {
  const key = organisation === '' ? 'problems:offers.one-alone' : 'problems:offers.one'
  const title = translate(language, key, { number, name, organisation })
  return state === 'open' ? title : translate(language, `problems:offers.${state}`, { title })
}

/** What is asked of whoever makes an offer. */
function offerFields({ kind }: Pick<Submission, 'kind'>): KindField[] {
  const own = Object.values(kind.actions).find(({ does, secret }) => does.includes('offer') && secret)
  const any = Object.values(kind.actions).find(({ does }) => does.includes('offer'))
  return (own ?? any)?.fields ?? []
}

async function agreementBlocks(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
  language: Language,
): Promise<Block[]> {
  const agreement = await agreementOf(db, context, submission)
  if (!agreement) return []
  const lines = await readableFields(db, agreement.fields, agreement.values, language)
  return [
    { type: 'text', runs: [{ text: translate(language, 'problems:agreement.title'), strong: true }] },
    ...fieldBlocks(lines, longestShown, language),
  ]
}

async function milestonesBlocks(
  db: Reads,
  submission: Submission,
  possible: readonly PossibleAction[],
  language: Language,
): Promise<Block[]> {
  const all = await milestonesOf(db, submission.row.id)
  if (all.length === 0) return []
  // What is done goes first where not all fit: it is what is yet to come that matters.
  const shown = all.length <= mostMilestones ? all : all.filter(({ state }) => state !== 'accepted')
  const done = all.filter(({ state }) => state === 'accepted').length
  const title = translate(language, 'problems:milestones.title', { done, count: all.length })
  const blocks: Block[] = [{ type: 'text', runs: [{ text: title, strong: true }] }]
  for (const milestone of shown.slice(0, mostMilestones)) {
    blocks.push(...(await oneMilestone(db, submission, milestone, possible, language)))
  }
  const left = shown.length - mostMilestones
  if (left > 0) {
    blocks.push({ type: 'note', text: translate(language, 'problems:milestones.more', { count: left }) })
  }
  return blocks
}

/** Milestones that others reported as reached, for whoever accepts them; none for those who cannot. */
export async function reportedBlocks(
  db: Reads,
  submission: Submission,
  possible: readonly PossibleAction[],
  person: string,
  language: Language,
): Promise<Block[]> {
  if (!possible.some(({ action }) => action.does.includes('accept-milestone'))) return []
  const blocks: Block[] = []
  for (const milestone of await milestonesOf(db, submission.row.id)) {
    if (milestone.state !== 'reported' || milestone.owner === person) continue
    blocks.push(...(await oneMilestone(db, submission, milestone, possible, language)))
  }
  return blocks
}

/** A milestone on a line, with what was said of it and what can be done to it. */
export async function oneMilestone(
  db: Reads,
  submission: Submission,
  milestone: Milestone,
  possible: readonly PossibleAction[],
  language: Language,
): Promise<Block[]> {
  const { number, title, due_day, owner, state, result, remark } = milestone
  const name = (await readPerson(db, owner))?.name ?? ''
  const stands = translate(language, `problems:milestones.state.${state}`)
  const values = { number, title, day: due_day, name, state: stands }
  const blocks: Block[] = [{ type: 'note', text: translate(language, 'problems:milestones.one', values) }]
  if (state === 'open' && remark !== '') {
    blocks.push({ type: 'note', text: translate(language, 'problems:milestones.returned', { remark }) })
  }
  if (state === 'reported') blocks.push({ type: 'text', runs: [{ text: result.slice(0, longestShown) }] })
  const item = { milestone: String(number) }
  const does =
    state === 'open'
      ? (['report-milestone'] as const)
      : state === 'reported'
        ? (['accept-milestone', 'return-milestone'] as const)
        : []
  const buttons = does.flatMap((what) => itemButtons(submission, possible, what, item, language))
  if (buttons.length > 0) blocks.push({ type: 'buttons', buttons })
  return blocks
}

function fieldBlocks(
  lines: readonly { label: string; value: string }[],
  longest: number,
  language: Language,
): Block[] {
  return lines.map(({ label, value }) => {
    const letters = Array.from(value)
    const text = letters.length <= longest ? value : `${letters.slice(0, longest).join('')}……`
    return { type: 'text', runs: [{ text: labelled(label, language), strong: true }, { text }] }
  })
}
