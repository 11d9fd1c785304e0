import type { Card } from '../chat/card.ts'
import type { Acknowledgement } from '../chat/form-view.ts'
import type { Interaction } from '../chat/incoming.ts'
import type { Language } from '../chat/language.ts'
import type { PlatformAbilities } from '../chat/platform.ts'
import type { Say } from '../conversation/feature.ts'
import { editMessage } from '../delivery/edit-message.ts'
import { translate } from '../messages/translate.ts'
import type { Trx } from '../store/store.ts'

/** What the acknowledgement of a platform can carry, and what has to go out another way. */
export interface Split {
  carried: Acknowledgement
  /** To be put in place of the card whose button was pressed. */
  replace?: Card
  /** To be said into the conversation; `alone`: to whoever pressed. */
  beside?: Card
  alone?: boolean
}

/** @param language Of whoever pressed, for a toast that says where the rest went. */
export function splitByAbilities(
  answer: Acknowledgement,
  abilities: PlatformAbilities,
  language: Language,
): Split {
  const { replace, beside, besideAlone = false, ...rest } = answer
  const split: Split = { carried: rest }
  if (replace) {
    if (abilities.replacesCards) split.carried.replace = replace
    else split.replace = replace
  }
  if (beside) {
    if (abilities.opensBeside) split.carried.beside = beside
    else {
      split.beside = beside
      split.alone = besideAlone
      if (besideAlone) split.carried.toast ??= translate(language, 'chat:sent-alone')
    }
  }
  return split
}

/** Puts what the acknowledgement cannot carry into the outbox. */
export async function sendRest(
  trx: Trx,
  { carried, replace, beside, alone }: Split,
  interaction: Interaction,
  say: Say,
  now: Date,
): Promise<void> {
  const message = interaction.type === 'action' ? interaction.message : undefined
  const { conversation } = interaction
  if (carried.replace && message !== undefined) {
    // An edit that is still on its way, or is made again, would put the older card back.
    await editMessage(trx, { conversation, message, card: carried.replace, onlyAfterWaiting: true, now })
  }
  if (replace) {
    const edited =
      message !== undefined && (await editMessage(trx, { conversation, message, card: replace, now }))
    // A card that nobody can name any more stays as it is, and the new one follows it.
    if (!edited) await say(replace)
  }
  const { account } = interaction
  if (beside) await say(beside, alone ? { to: { type: 'account', account } } : {})
}
