import type { Conversation } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { enqueueMany, type OutgoingMessage } from '../../delivery/outbox.ts'
import { addressesOf } from '../../people/address.ts'
import { peopleOfAudience } from '../../people/audience.ts'
import { chatKey, organisationsOfChats } from '../../people/chats.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import { setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import type { CardReader, CirculationContext } from './context.ts'
import { setLook } from './look-after.ts'
import { type Circulation, chatOfKey, readCirculation } from './records.ts'
import { writerOf } from './writer-of.ts'

/** People in one transaction: others write meanwhile. */
const batch = 500

export const gatherTimer = 'circulation.gather'
const sendTimer = 'circulation.send'

/** The outbox's id of the reminder that somebody gets as the nth. */
export const reminderId = (circulation: string, person: string, n: number) =>
  `circulation ${circulation} ${person} reminder ${n}`

/** Has the next of its cards put into the outbox. */
async function setSending(trx: Trx, id: string, now: Date): Promise<void> {
  const payload = { circulation: id }
  await setTimer(trx, { id: `${sendTimer}:${id}`, kind: sendTimer, payload, at: now, now })
}

/** Finds out who they are, and begins to send. */
export function gathering(): TimerHandler {
  return async (trx, { circulation: id = '' }, now) => {
    const circulation = await readCirculation(trx, id)
    if (circulation?.row.state !== 'gathering') return
    await keepChats(trx, circulation)
    await keepPeople(trx, circulation, now)
    await trx.updateTable('circulation').set({ state: 'sending' }).where('id', '=', id).execute()
    await setSending(trx, id, now)
  }
}

async function keepChats(trx: Trx, { row, audience }: Circulation): Promise<void> {
  const bound = await organisationsOfChats(trx, audience.chats)
  const chats = [...new Set(audience.chats.map(chatKey))].map((chat) => ({
    ...{ circulation: row.id, chat, organisation: bound.get(chat) ?? null },
    ...{ state: 'waiting' as const, message: `circulation ${row.id} ${chat}` },
  }))
  for (const piece of inPieces(chats)) {
    await trx
      .insertInto('circulation_chat')
      .values(piece)
      .onConflict((conflict) => conflict.columns(['circulation', 'chat']).doNothing())
      .execute()
  }
}

async function keepPeople(trx: Trx, { row, audience }: Circulation, now: Date): Promise<void> {
  const people = await peopleOfAudience(trx, audience, now)
  const addresses = await addressesOf(trx, [...people.keys()])
  const inPrivate = [...people].map(([person, organisation]) => ({
    ...{ circulation: row.id, person, organisation, by_chat: 0 as const },
    ...(addresses.has(person)
      ? { state: 'waiting' as const, message: `circulation ${row.id} ${person}` }
      : { state: 'unreachable' as const, message: null }),
    answered_at: null,
  }))
  const byChat = (await peopleOfChats(trx, { row, audience }, now)).filter(([person]) => !people.has(person))
  const inChats = byChat.map(([person, organisation]) => ({
    ...{ circulation: row.id, person, organisation, by_chat: 1 as const },
    ...{ state: 'sent' as const, message: null, answered_at: null },
  }))
  for (const piece of inPieces([...inPrivate, ...inChats])) {
    // Whoever has answered elsewhere before this stands there, and all do where it was closed and goes on.
    await trx
      .insertInto('circulation_person')
      .values(piece)
      .onConflict((conflict) => conflict.columns(['circulation', 'person']).doNothing())
      .execute()
  }
}

/** Of those who belong to a chat's organisation, who has an account where the chat is. */
async function peopleOfChats(
  trx: Trx,
  { row, audience }: Circulation,
  now: Date,
): Promise<[person: string, organisation: string][]> {
  if (row.asks_chats === 0 || audience.chats.length === 0) return []
  const bound = await organisationsOfChats(trx, audience.chats)
  const members = await peopleOfAudience(
    trx,
    {
      people: [],
      // Whoever was named has it in private.
      ...(audience.except ? { except: audience.except } : {}),
      members: [...new Set(bound.values())].map((organisation) => ({
        ...{ organisation, role: null, below: false },
      })),
    },
    now,
  )
  const places = new Set(
    audience.chats.flatMap((chat) => {
      const organisation = bound.get(chatKey(chat))
      return organisation ? [`${chat.platform} ${chat.installation} ${organisation}`] : []
    }),
  )
  const found = new Map<string, string>()
  for (const piece of inPieces([...members.keys()])) {
    const accounts = await trx
      .selectFrom('account')
      .select(['person', 'platform', 'installation'])
      .where('person', 'in', piece)
      .execute()
    for (const { person, platform, installation } of accounts) {
      if (person === null) continue
      const organisation = members.get(person)
      if (organisation && places.has(`${platform} ${installation} ${organisation}`)) {
        found.set(person, organisation)
      }
    }
  }
  return [...found]
}

/** Puts the next of its cards into the outbox, until none is left. */
export function sending(context: CirculationContext): TimerHandler {
  return async (trx, { circulation: id = '' }, now) => {
    const circulation = await readCirculation(trx, id)
    if (circulation?.row.state !== 'sending') return
    const posted = await postToChats(trx, context, circulation, now)
    const people = await trx
      .selectFrom('circulation_person')
      .select('person')
      .where('circulation', '=', id)
      .where('state', '=', 'waiting')
      .orderBy('person')
      .limit(batch)
      .execute()
    const ids = people.map(({ person }) => person)
    const told = posted && (await tellPeople(trx, context, { circulation, people: ids, why: 'first' }, now))
    if (!told) return end(trx, id, 'stopped', now)
    await noteTold(trx, id, ids, told)
    context.wakeWorkers()
    if (people.length === batch) return setSending(trx, id, now)
    await end(trx, id, 'sent', now)
    await setLook(trx, id, 0, now)
  }
}

/** Who has it now; whose account was taken away meanwhile cannot be reached. */
async function noteTold(
  trx: Trx,
  id: string,
  people: readonly string[],
  told: ReadonlySet<string>,
): Promise<void> {
  const note = async (some: readonly string[], state: 'sent' | 'unreachable') => {
    for (const piece of inPieces(some)) {
      await trx
        .updateTable('circulation_person')
        .set({ state })
        .where('circulation', '=', id)
        .where('person', 'in', piece)
        .execute()
    }
  }
  await note([...told], 'sent')
  await note(
    people.filter((person) => !told.has(person)),
    'unreachable',
  )
}

async function end(trx: Trx, id: string, state: 'sent' | 'stopped', now: Date): Promise<void> {
  const at = now.toISOString()
  const when = state === 'sent' ? { sent_at: at } : { ended_at: at }
  await trx
    .updateTable('circulation')
    .set({ state, ...when })
    .where('id', '=', id)
    .execute()
}

/** Gives whether there is still something to send. */
async function postToChats(
  trx: Trx,
  context: CirculationContext,
  { row }: Circulation,
  now: Date,
): Promise<boolean> {
  const write = await writerOf(trx, context, row.origin, now)
  if (!write) return false
  const chats = await trx
    .selectFrom('circulation_chat')
    .selectAll()
    .where('circulation', '=', row.id)
    .where('state', '=', 'waiting')
    .orderBy('chat')
    .execute()
  const messages = chats.map(({ chat: key, message }): OutgoingMessage => {
    const chat = chatOfKey(key)
    const conversation: Conversation = { ...chat, thread: '' }
    const reader: CardReader = {
      ...{ why: 'first', language: 'zh-CN', person: null, chat },
    }
    const to = { type: 'conversation' as const, conversation }
    return { id: message, to, card: write(reader), lane: 'broadcast', now }
  })
  await enqueueMany(trx, messages)
  if (chats.length > 0) {
    await trx
      .updateTable('circulation_chat')
      .set({ state: 'sent' })
      .where('circulation', '=', row.id)
      .where('state', '=', 'waiting')
      .execute()
  }
  return true
}

interface Telling {
  circulation: Circulation
  people: readonly string[]
  why: CardReader['why']
}

/** Puts a card for each into the outbox; gives who could be reached, null: there is nothing to send any more. */
export async function tellPeople(
  trx: Trx,
  context: CirculationContext,
  { circulation: { row }, people, why }: Telling,
  now: Date,
): Promise<ReadonlySet<string> | null> {
  const write = await writerOf(trx, context, row.origin, now)
  if (!write) return null
  const addresses = await addressesOf(trx, people)
  const languages = await languagesOf(trx, people)
  const messages = people.flatMap((person): OutgoingMessage[] => {
    const to = addresses.get(person)
    if (!to) return []
    const reader: CardReader = { why, language: languages.get(person) ?? 'zh-CN', person, chat: null }
    const id = why === 'first' ? `circulation ${row.id} ${person}` : reminderId(row.id, person, row.reminders)
    return [{ id, to, card: write(reader), lane: 'broadcast', now }]
  })
  await enqueueMany(trx, messages)
  return new Set(addresses.keys())
}

/** In whose language each is written to. */
export async function languagesOf(trx: Trx, people: readonly string[]): Promise<Map<string, Language>> {
  const found = new Map<string, Language>()
  for (const piece of inPieces(people)) {
    const rows = await trx.selectFrom('person').select(['id', 'language']).where('id', 'in', piece).execute()
    for (const { id, language } of rows) found.set(id, language === 'en' ? 'en' : 'zh-CN')
  }
  return found
}
