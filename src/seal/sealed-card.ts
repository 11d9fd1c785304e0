import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { translate } from '../messages/translate.ts'
import type { Reads } from '../people/people.ts'
import type { Trx } from '../store/store.ts'
import { keyNameOf, openUnder, sealUnder } from './matters.ts'
import type { Sealer } from './sealer.ts'

const place = 'card'

/**
 * A card as it may lie in a row: what it shows is encrypted under the matter's key, and what stands outside says
 * nothing, not even which record it is about. It is opened when it is handed to the platform.
 */
export async function sealCard(
  trx: Trx,
  sealer: Sealer,
  matter: string,
  card: Card,
  language: Language,
): Promise<Card> {
  return sealCardUnder(trx, sealer, keyNameOf(sealer, matter), card, language)
}

/** As `sealCard`, by the name of the key. */
export async function sealCardUnder(
  trx: Trx,
  sealer: Sealer,
  key: string,
  card: Card,
  language: Language,
): Promise<Card> {
  if (card.sealed) return card
  const text = await sealUnder(trx, sealer, key, place, JSON.stringify(card))
  return { ...closedCard(language), sealed: { key, text } }
}

/** As `sealCard`, of several matters: nobody reads it again as soon as one of them is erased. */
export async function sealCardOfMany(
  trx: Trx,
  sealer: Sealer,
  matters: readonly string[],
  card: Card,
  language: Language,
): Promise<Card> {
  let kept = card
  for (const matter of matters) {
    const key = keyNameOf(sealer, matter)
    const text = await sealUnder(trx, sealer, key, place, JSON.stringify(kept))
    kept = { ...closedCard(language), sealed: { key, text } }
  }
  return kept
}

/**
 * The card again, for whoever it was made for; with its sealed form, for platforms that keep what they show. A card
 * that is not sealed comes back as it is, and one that was erased says so.
 */
export async function openCard(db: Pick<Reads, 'selectFrom'>, sealer: Sealer, card: Card): Promise<Card> {
  const { sealed } = card
  if (!sealed) return card
  let opened: Card = card
  while (opened.sealed) {
    const text = await openUnder(db, sealer, opened.sealed.key, place, opened.sealed.text)
    if (text === null) return { ...card, blocks: [{ type: 'note', text: translate('zh-CN', 'seal:erased') }] }
    opened = JSON.parse(text) as Card
  }
  return { ...opened, sealed }
}

/** A card without what it shows, as long as its sealed form stands beside it. */
export function closeCard(card: Card): Card {
  return card.sealed ? { ...closedCard('zh-CN'), sealed: card.sealed } : card
}

function closedCard(language: Language): Card {
  return { tone: 'info', blocks: [{ type: 'note', text: translate(language, 'seal:closed') }] }
}
