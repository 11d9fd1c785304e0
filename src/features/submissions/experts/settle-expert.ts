import { enqueue } from '../../../delivery/outbox.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import type { Trx } from '../../../store/store.ts'
import { textCard } from '../cards.ts'
import { languageOf } from '../tell.ts'
import { type Expert, settleExpert } from './directory.ts'

/**
 * Takes somebody in who registered, or out, wherever that is decided; they are told unless they did it themselves.
 * Throws PlainError where somebody is to be taken in who was taken out: they register anew.
 * @param by Somebody who may; null: at the command line.
 */
export async function settleAndTell(
  trx: Trx,
  expert: Expert,
  state: 'approved' | 'retired',
  by: string | null,
  now: Date,
): Promise<void> {
  if (expert.state === 'retired' && state === 'approved') throw new PlainError('problems:experts.gone')
  // A second press decides nothing new, and nobody is told twice.
  if (expert.state === state) return
  await settleExpert(trx, expert, state, by, now)
  if (expert.person !== by) await tellSettled(trx, { ...expert, state }, now)
}

async function tellSettled(trx: Trx, expert: Expert, now: Date): Promise<void> {
  const to = expert.person === null ? null : await addressOf(trx, expert.person)
  if (expert.person === null || !to) return
  const language = await languageOf(trx, expert.person)
  const isIn = expert.state === 'approved'
  const text = translate(language, isIn ? 'problems:expert.told-in' : 'problems:expert.told-out')
  const card = textCard(text, translate(language, 'problems:expert.title'))
  const id = `expert:${expert.id}:${expert.state}:${now.toISOString()}`
  await enqueue(trx, { id, to, card, lane: 'confirmation', now })
}
