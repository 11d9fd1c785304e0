import { type Card, plain } from '../chat/card.ts'
import { translate } from '../messages/translate.ts'
import type { Say, SayOptions, Turn } from './feature.ts'

/**
 * What concerns one person alone is not said before a group: it goes to them, and the group learns only that it did.
 * Returns the id of the card, for `edit`; `open` as `SayOptions` has it.
 */
export async function sayAlone(
  { message, language }: Pick<Turn, 'message' | 'language'>,
  say: Say,
  card: Card,
  { open = false }: Pick<SayOptions, 'open'> = {},
): Promise<string> {
  if (!message.group) return say(card, { open })
  const said = await say(card, { to: { type: 'account', account: message.account }, open })
  const text = translate(language, 'chat:sent-alone')
  await say({ tone: 'info', blocks: [{ type: 'text', runs: plain(text) }] })
  return said
}
