import { type Card, plain } from '../chat/card.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import type { Store, Trx } from '../store/store.ts'
import type { Turn } from './feature.ts'
import { sayAlone } from './say-alone.ts'

/**
 * Answers whoever asked with a card, alone. A refusal that people read is such an answer too: before a group nobody is
 * refused, and what was counted until then stays.
 */
export async function answerAlone(
  turn: Turn,
  { store }: { store: Pick<Store, 'now'> },
  make: (trx: Trx, now: Date) => Promise<Card>,
): Promise<void> {
  await turn.commit(async (trx, say) => {
    const card = await make(trx, await store.now(trx)).catch((error: unknown) => {
      if (!(error instanceof PlainError)) throw error
      const text = translate(turn.language, error.key, error.values)
      return { tone: 'refusal' as const, blocks: [{ type: 'text' as const, runs: plain(text) }] }
    })
    await sayAlone(turn, say, card)
  })
}
