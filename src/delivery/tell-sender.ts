import { type Card, plain } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import type { Recipient } from '../chat/outgoing.ts'
import { translate } from '../messages/translate.ts'
import { accountOfKey } from '../people/address.ts'
import { findPersonByAccount } from '../people/people.ts'
import type { Trx } from '../store/store.ts'
import { addressKey } from './addresses.ts'
import type { Problem } from './attempt.ts'
import type { Claimed } from './claim.ts'
import { enqueue } from './outbox.ts'

/**
 * Tells whoever sent it that a message did not arrive, or may not have: once. Nobody is told of a notice that failed
 * (it has no sender), nor at the very address that cannot be reached.
 */
export async function tellSender(trx: Trx, claimed: Claimed, problem: Problem, now: Date): Promise<void> {
  const { sender, operation, address } = claimed
  if (sender === null) return
  const account = accountOfKey(sender)
  const to: Recipient = { type: 'account', account }
  if (addressKey(to) === address) return
  const language = (await findPersonByAccount(trx, account))?.language ?? 'zh-CN'
  await enqueue(trx, {
    id: `undelivered:${operation.id}`,
    to,
    card: noticeCard(language, {
      to: await recipientName(trx, operation.to, language),
      about: operation.card.title,
      problem,
    }),
    lane: 'confirmation',
    now,
  })
}

async function recipientName(trx: Trx, to: Recipient, language: Language): Promise<string> {
  if (to.type === 'conversation') return translate(language, 'delivery:notice.chat')
  const person = await findPersonByAccount(trx, to.account)
  return person?.name ?? translate(language, 'delivery:notice.somebody')
}

function noticeCard(
  language: Language,
  { to, about, problem }: { to: string; about: string | undefined; problem: Problem },
): Card {
  const say = (key: string, values?: Record<string, string>) =>
    translate(language, `delivery:notice.${key}`, values)
  const happened = say(problem === 'unknown' ? 'uncertain' : 'failed', { to })
  const why = translate(language, `delivery:problem.${problem}`)
  return {
    tone: 'error',
    title: say('title'),
    blocks: [
      { type: 'text', runs: plain(happened) },
      ...(about === undefined ? [] : [{ type: 'text' as const, runs: plain(say('about', { about })) }]),
      { type: 'note', text: say('why', { why }) },
    ],
  }
}
