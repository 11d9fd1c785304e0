import type { Card } from '../chat/card.ts'
import type { Acknowledgement } from '../chat/form-view.ts'
import type { Interaction } from '../chat/incoming.ts'
import type { PlatformAbilities } from '../chat/platform.ts'
import type { Say } from '../conversation/feature.ts'
import { enqueueEdit } from '../delivery/outbox.ts'
import type { Trx } from '../store/store.ts'

/** What the acknowledgement of a platform can carry, and what has to go out another way. */
export interface Split {
  carried: Acknowledgement
  /** To be put in place of the card whose button was pressed. */
  replace?: Card
  /** To be said into the conversation. */
  beside?: Card
}

export function splitByAbilities(answer: Acknowledgement, abilities: PlatformAbilities): Split {
  const { replace, beside, ...rest } = answer
  const split: Split = { carried: rest }
  if (replace) {
    if (abilities.replacesCards) split.carried.replace = replace
    else split.replace = replace
  }
  if (beside) {
    if (abilities.opensBeside) split.carried.beside = beside
    else split.beside = beside
  }
  return split
}

/** Puts what the acknowledgement cannot carry into the outbox. */
export async function sendRest(
  trx: Trx,
  { replace, beside }: Split,
  interaction: Interaction,
  say: Say,
  now: Date,
): Promise<void> {
  if (replace) {
    const of = await sentAs(trx, interaction)
    // A card that nobody can name any more stays as it is, and the new one follows it.
    if (of === null) await say(replace)
    else await enqueueEdit(trx, { of, card: replace, lane: 'reply', now })
  }
  if (beside) await say(beside)
}

/** The outbox's id of the message whose button was pressed; null where it is not known. */
async function sentAs(trx: Trx, interaction: Interaction): Promise<string | null> {
  if (interaction.type !== 'action' || interaction.message === undefined) return null
  const row = await trx
    .selectFrom('outbox')
    .select('id')
    .where('message', '=', interaction.message)
    .where('operation', '=', 'send')
    .where('platform', '=', interaction.account.platform)
    .where('installation', '=', interaction.account.installation)
    .executeTakeFirst()
  return row?.id ?? null
}
