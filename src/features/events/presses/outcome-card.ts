import { type Card, plain } from '../../../chat/card.ts'
import type { Outcome } from '../seats/outcome.ts'
import { outcomeText } from '../seats/outcome-text.ts'
import type { Press } from './press.ts'

/** What a press led to, where there is no registration to be shown with it. */
export function outcomeCard(
  outcome: Outcome,
  { deed, language }: Pick<Press, 'deed' | 'language'>,
  now: Date,
): Card {
  const text = outcomeText(outcome, { deed: deed.type, language }, now)
  return {
    tone: outcome.type === 'done' ? 'info' : 'refusal',
    blocks: [{ type: 'text', runs: plain(text) }],
  }
}
