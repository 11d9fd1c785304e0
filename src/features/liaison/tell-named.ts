import type { Button } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { enqueue } from '../../delivery/outbox.ts'
import { addressOf } from '../../people/address.ts'
import { readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { textCard } from './cards.ts'
import type { Doing } from './context.ts'
import { nameOfPerson } from './records.ts'

/**
 * Tells somebody at once what stands under their name from now on; whoever did it themselves knows. Without it the first
 * sign would be a reminder, weeks later.
 * @param id Made of the matter; with the person and the moment it is the message's.
 */
export async function tellNamed(
  trx: Trx,
  { id, person }: { id: string; person: string },
  said: (by: string, language: Language) => { text: string; buttons: Button[] },
  { by, now }: Doing,
): Promise<void> {
  if (person === by) return
  const to = await addressOf(trx, person)
  if (!to) return
  const language = (await readPerson(trx, person))?.language ?? 'zh-CN'
  const { text, buttons } = said(by === null ? '' : await nameOfPerson(trx, by), language)
  const message = `liaison:named:${id}:${person}:${now.toISOString()}`
  await enqueue(trx, { id: message, to, card: textCard(text, buttons), lane: 'confirmation', now })
}
