import type { Block } from '../../../chat/card.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { actionButtons, headline, openButton } from '../cards.ts'
import type { Consequence } from '../consequences.ts'
import { possibleActions } from '../life/life.ts'
import { partOf } from '../relations.ts'
import { sealedCard } from '../sealed.ts'
import { standingOf } from '../standing.ts'
import { languageOf, messageId } from '../tell.ts'
import { type Offer, offersOn } from './offers.ts'
import { offerTitle, oneOffer } from './solving-cards.ts'

/** Whoever made an offer just now keeps it in writing, with the ways to change it. */
export async function confirmOffer(consequence: Consequence): Promise<void> {
  const { submission, part, now, trx } = consequence
  const offers = await offersOn(trx, submission.row.id)
  const kept = offers.find(
    ({ entered_by, changed_at, state }) =>
      state === 'open' && entered_by === part.person && changed_at === now.toISOString(),
  )
  if (kept) await tellOf(consequence, kept, 'received', '')
}

/** All whose offers were settled just now learn how, and why. */
export async function tellOfChoice(consequence: Consequence): Promise<void> {
  const { submission, input, now, trx } = consequence
  for (const offer of await offersOn(trx, submission.row.id)) {
    if (offer.changed_at !== now.toISOString()) continue
    if (offer.state !== 'chosen' && offer.state !== 'declined' && offer.state !== 'ended') continue
    await tellOf(consequence, offer, offer.state, String(input.reason ?? ''))
  }
}

/** For somebody from outside whoever entered the offer is told, to pass it on. */
async function tellOf(
  { trx, context, submission, now }: Consequence,
  offer: Offer,
  why: 'received' | 'chosen' | 'declined' | 'ended',
  reason: string,
): Promise<void> {
  const person = offer.person ?? offer.entered_by
  const to = await addressOf(trx, person)
  if (!to) return
  const language = await languageOf(trx, person)
  const { row, kind } = submission
  const part = await partOf(trx, submission, person, dayInChina(now))
  const possible = possibleActions(kind, await standingOf(trx, submission), part)
  const own = why === 'received' && offer.person !== null ? possible.filter(({ as }) => as === 'offerer') : []
  const say = (key: string, values: Record<string, string | number>) =>
    translate(language, `problems:offer.${key}`, values)
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: say(why, { day: row.due_day ?? '' }), strong: true }] },
    ...(reason === '' ? [] : [{ type: 'text' as const, runs: [{ text: say('reason', { reason }) }] }]),
  ]
  if (offer.person === null) {
    const who = offerTitle({ ...offer, state: 'open' }, language)
    blocks.push({ type: 'note', text: say('pass-on', { who }) })
  }
  if (why === 'received') blocks.push(...(await oneOffer(trx, submission, offer, [], language)))
  const buttons = [...actionButtons(submission, own, language), openButton(submission, language)]
  blocks.push({ type: 'buttons', buttons })
  const card = { tone: 'info' as const, title: headline(submission, language), blocks }
  await enqueue(trx, {
    id: messageId(context, submission, person, `offer ${offer.number} ${offer.changed_at} ${why}`),
    ...{ to, card: await sealedCard(trx, context, row, card, language), lane: 'confirmation' as const, now },
  })
}
