import { enqueueEdit } from '../../delivery/outbox.ts'
import type { Trx } from '../../store/store.ts'
import { setTimer, setUnlessWaiting } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import type { CirculationContext, WriteCard } from './context.ts'
import { chatOfKey, readCirculation } from './records.ts'
import { languagesOf } from './send.ts'
import { writerOf } from './writer-of.ts'

/** Edits in one transaction: each is several statements. */
const batch = 200
/** Cards in chats follow answers at most so often: people press by the dozen. */
const calm = 60_000

export const renewTimer = 'circulation.renew'
export const renewChatsTimer = 'circulation.renew-chats'

/** Has every card that went out, or waits to, written anew. */
export async function renewAll(trx: Trx, id: string, now: Date): Promise<void> {
  await setNext(trx, id, '', now)
}

/** Has the cards in chats written anew, soon: what comes until then is shown with it. */
export async function renewChatsSoon(trx: Trx, id: string, now: Date): Promise<void> {
  const payload = { circulation: id }
  const at = new Date(now.getTime() + calm)
  await setUnlessWaiting(trx, { id: `${renewChatsTimer}:${id}`, kind: renewChatsTimer, payload, at, now })
}

async function setNext(trx: Trx, id: string, after: string, now: Date): Promise<void> {
  const payload = { circulation: id, after }
  await setTimer(trx, { id: `${renewTimer}:${id}`, kind: renewTimer, payload, at: now, now })
}

export function renewingChats(context: CirculationContext): TimerHandler {
  return async (trx, { circulation: id = '' }, now) => {
    const circulation = await readCirculation(trx, id)
    const write = circulation && (await writerOf(trx, context, circulation.row.origin, now))
    if (write) await renewChats(trx, id, write, now)
  }
}

/** The next of its cards; those in chats come with the first. */
export function renewing(context: CirculationContext): TimerHandler {
  return async (trx, { circulation: id = '', after = '' }, now) => {
    const circulation = await readCirculation(trx, id)
    const write = circulation && (await writerOf(trx, context, circulation.row.origin, now))
    if (!write) return
    if (after === '') await renewChats(trx, id, write, now)
    const rows = await trx
      .selectFrom('circulation_person')
      .select(['person', 'state', 'message'])
      .where('circulation', '=', id)
      .where('state', 'in', ['sent', 'answered'])
      .where('message', 'is not', null)
      .where('person', '>', after)
      .orderBy('person')
      .limit(batch)
      .execute()
    const people = rows.map(({ person }) => person)
    const languages = await languagesOf(trx, people)
    for (const { person, state, message } of rows) {
      const hasAnswered = state === 'answered'
      const language = languages.get(person) ?? 'zh-CN'
      const card = write({ why: 'first', language, person, chat: null, hasAnswered })
      await enqueueEdit(trx, { of: message!, card, lane: 'broadcast', now })
    }
    const last = people.at(-1)
    if (rows.length === batch && last !== undefined) await setNext(trx, id, last, now)
    context.wakeWorkers()
  }
}

async function renewChats(trx: Trx, id: string, write: WriteCard, now: Date): Promise<void> {
  const chats = await trx
    .selectFrom('circulation_chat')
    .select(['chat', 'message'])
    .where('circulation', '=', id)
    .where('state', '=', 'sent')
    .orderBy('chat')
    .execute()
  for (const { chat, message } of chats) {
    const card = write({ why: 'first', language: 'zh-CN', person: null, chat: chatOfKey(chat) })
    await enqueueEdit(trx, { of: message, card, lane: 'broadcast', now })
  }
}
