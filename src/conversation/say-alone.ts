import { type Card, plain } from '../chat/card.ts'
import { translate } from '../messages/translate.ts'
import type { Say, Turn } from './feature.ts'

/** What concerns one person alone is not said before a group: it goes to them, and the group learns only that it did. */
export async function sayAlone(
  { message, language }: Pick<Turn, 'message' | 'language'>,
  say: Say,
  card: Card,
): Promise<void> {
  if (!message.group) return void (await say(card))
  await say(card, { to: { type: 'account', account: message.account } })
  const text = translate(language, 'chat:sent-alone')
  await say({ tone: 'info', blocks: [{ type: 'text', runs: plain(text) }] })
}
