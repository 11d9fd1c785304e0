import type { Acknowledgement } from '../../../chat/form-view.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Click, Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { codePattern } from '../../../people/receipt-code.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { followedCard, isDeedInChat } from './followed-card.ts'
import { readFollowed } from './followed-registration.ts'
import { findByCode, pressPublic } from './public-registration.ts'
import { receivedCard, sentenceCard } from './receipt-card.ts'

/** 「查询报名 HD-2026-0003 ABCD2345」: what became of a registration on the web, for whoever has its code. */
export function codeCommand(context: EventsContext): Command {
  const asked = '(?:查询报名|报名查询|查报名|查询|my registration)?\\s*'
  return {
    words: { 'zh-CN': ['查询报名', '报名查询', '查报名'], en: ['look up registration'] },
    pattern: new RegExp(`^${asked}${numberPattern}\\s+${codePattern}$`),
    run: (turn) => showByCode(turn, context),
  }
}

async function showByCode(turn: Turn, context: EventsContext): Promise<void> {
  const { message } = turn
  // A code tells nothing of the language in which somebody reads.
  const { account, language } = message
  const text = message.text.normalize('NFKC').trim()
  const [code] = new RegExp(`(?<=\\s)${codePattern}$`, 'i').exec(text) ?? []
  const number = eventNumberIn(text)
  await turn.commit(async (trx, say) => {
    if (number === null || code === undefined)
      return void (await sayAlone(turn, say, sentenceCard(language, 'registration:code.how')))
    const now = await context.store.now(trx)
    const who = `account ${accountKey(account)}`
    const found = await findByCode(trx, { number, code, who, now })
    if (typeof found === 'string')
      return void (await sayAlone(turn, say, sentenceCard(language, `help:receipt.${found}`, {}, 'error')))
    const { event, registration } = found
    const web = `${context.publicUrl()}/e/${event.row.number}/registration`
    const followed = await readFollowed(trx, context, event, registration.id, now)
    const card = followedCard(followed, { code, web, language, now })
    await sayAlone(turn, say, card)
  })
}

/** A button of that card: the code is checked once more, and the result follows alone. */
export async function actByCode(click: Click): Promise<Acknowledgement> {
  const { trx, action, language, now, say } = click
  const { number = '', code = '', deed = '' } = action.value
  const who = `account ${accountKey(action.account)}`
  const found = await findByCode(trx, { number, code, who, now })
  // A wrong code is counted, so nothing is thrown that would undo that.
  if (typeof found === 'string') return { toast: translate(language, `help:receipt.${found}`) }
  if (!isDeedInChat(deed)) throw new PlainError('chat:gone')
  const card = receivedCard(eventHeadline(found.event.row), language)
  const reply = await say(card, { to: { type: 'account', account: action.account } })
  await pressPublic(trx, found.registration, deed, { language, now, reply })
  return { toast: translate(language, 'registration:received') }
}
