import type { Card } from '../chat/card.ts'
import type { Acknowledgement } from '../chat/form-view.ts'
import type { Reads } from '../people/people.ts'
import { openCard } from './sealed-card.ts'
import type { Sealer } from './sealer.ts'

/** What a part needs that keeps what people are answered, for some days. */
export interface Seals {
  seal(place: string, text: string): string
  open(place: string, kept: string): string
  openCard(db: Pick<Reads, 'selectFrom'>, card: Card): Promise<Card>
}

/** @param sealer Null: everything lies as it is; for a part that stands alone. */
export function createSeals(sealer: Sealer | null): Seals {
  if (sealer === null)
    return { seal: (_, text) => text, open: (_, kept) => kept, openCard: async (_, card) => card }
  return {
    seal: sealer.sealPassing,
    // Kept before there was a key, by an older version.
    open: (place, kept) => (isSealed(kept) ? sealer.openPassing(place, kept) : kept),
    openCard: (db, card) => openCard(db, sealer, card),
  }
}

/** The cards of an answer as the platform is to show them. */
export async function openAnswer(
  db: Pick<Reads, 'selectFrom'>,
  seals: Seals,
  answer: Acknowledgement,
): Promise<Acknowledgement> {
  const { replace, beside } = answer
  return {
    ...answer,
    ...(replace ? { replace: await seals.openCard(db, replace) } : {}),
    ...(beside ? { beside: await seals.openCard(db, beside) } : {}),
  }
}

function isSealed(kept: string): boolean {
  return kept.startsWith('s1.')
}
