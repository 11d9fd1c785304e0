import { randomUUID } from 'node:crypto'
import { withdraw } from '../../delivery/outbox.ts'
import { addressesOf } from '../../people/address.ts'
import { type Audience, peopleOfAudience } from '../../people/audience.ts'
import { chatKey } from '../../people/chats.ts'
import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import { setTimer } from '../../timers/set-timer.ts'
import {
  type AskedOf,
  countCirculation,
  type Figures,
  goneChats,
  listAnswered,
  listAnswering,
  listAsked,
  listChats,
  listMissing,
  type MissingPage,
  type PostedChat,
} from './figures.ts'
import { mustReachAudience } from './may-send.ts'
import { noteAnswer, noteAnswerOfAll } from './note-answers.ts'
import { type Circulation, findCirculation } from './records.ts'
import { mustBeCalm, remindRest, setReminders, withdrawReminders } from './remind.ts'
import { renewAll, renewChatsSoon } from './renew.ts'
import { gatherTimer } from './send.ts'
import { markOf, type Reached } from './shown-reach.ts'

export { audienceOf, audiencePages } from './audience-pages.ts'
export { audienceInWords } from './audience-words.ts'
export { type ChosenAudience, chosenBy, chosenIn, filledAudience } from './chosen-audience.ts'
export type { CardReader, WriteCard, Writer } from './context.ts'
export type { Figures } from './figures.ts'
export { endOf, remindMoments } from './moments.ts'
export type { Circulation } from './records.ts'
export { mustBeAsShown, type Reached, reachedInShort } from './shown-reach.ts'

/** Something that is to be sent to an audience. */
export interface NewCirculation {
  /** `feature:id`; the feature's writer is asked for the cards. */
  origin: string
  organisation: string
  audience: Audience
  /** Whether each of those in its chats is asked too, and reminded in private. Default false. */
  asksChats?: boolean
  /** Until when answers are wanted. Default null: no limit. */
  closesAt?: Date | null
  /** When whoever has not answered is reminded. Default: never by itself. */
  remindAt?: readonly Date[]
}

/** What other features do with what they send to many. */
export interface CirculationPort {
  /** Throws PlainError where somebody may not send to all of it. */
  mustReach(db: Reads, audience: Audience, doing: { by: string; now: Date }): Promise<void>
  /** How far it would reach today. */
  reach(db: Reads, audience: Audience, now: Date): Promise<Reached>
  /** Sends it, once: the same origin again is nothing new. The right is to be asked before (`mustReach`). */
  begin(trx: Trx, given: NewCirculation, doing: { by: string | null; now: Date }): Promise<void>
  /** Nothing more of it goes out; gives how many had not gone out yet. */
  stop(trx: Trx, origin: string, now: Date): Promise<number>
  /** No answer is wanted any more, nobody is reminded. */
  close(trx: Trx, origin: string, now: Date): Promise<void>
  /** Answers are wanted until another time, the rest is reminded at other times. */
  extend(
    trx: Trx,
    origin: string,
    to: { closesAt: Date | null; remindAt: readonly Date[] },
    now: Date,
  ): Promise<void>
  /** Reminds whoever has not answered now. Throws PlainError where they were reminded within some hours. */
  remind(trx: Trx, origin: string, now: Date): Promise<void>
  /** Somebody has answered, who may have it from a colleague; gives whether it was the first time. */
  answered(trx: Trx, origin: string, person: string, now: Date): Promise<boolean>
  /** One has answered for all of an organisation. */
  answeredTogether(
    trx: Trx,
    origin: string,
    place: { people: readonly string[]; organisation: string },
    now: Date,
  ): Promise<void>
  /** Whoever has answered is asked anew, and may be reminded at once: it is not what they answered any more. */
  askAgain(trx: Trx, origin: string): Promise<void>
  /** Every card of it that went out, or waits to, is written anew; those in chats alone soon, at a calm pace. */
  renew(trx: Trx, origin: string, what: 'all' | 'chats', now: Date): Promise<void>
  find(db: Reads, origin: string): Promise<Circulation | null>
  /** Whether it was sent to somebody; of an answer it matters only where it is not for everybody. */
  isAsked(db: Reads, origin: string, person: string): Promise<boolean>
  /** The outbox's id of the card that somebody got in private; null: none. */
  messageOf(db: Reads, origin: string, person: string): Promise<string | null>
  figures(db: Reads, origin: string): Promise<Figures>
  /**
   * Whose groups the last of the matters with such an origin did not reach, for they are closed or the bot was removed;
   * names of organisations. @param origin How the origins begin.
   */
  goneChats(db: Reads, origin: string): Promise<string[]>
  /** The chats of all matters with such an origin, each as it stands in the last. @param origin How the origins begin. */
  chats(db: Reads, origin: string): Promise<PostedChat[]>
  /** Who has not answered, by organisation and name. */
  missing(
    db: Reads,
    origin: string,
    page: MissingPage,
  ): Promise<{ person: string; organisation: string | null }[]>
  /** Who has answered last, by name. */
  answeredNames(db: Reads, origin: string, most: number): Promise<string[]>
  /** Ids of all who have answered, in an order that says nothing of when. */
  answering(db: Reads, origin: string): Promise<string[]>
  /** The organisation by which somebody was asked; null: none, or they were not asked. */
  organisationOf(db: Reads, origin: string, person: string): Promise<string | null>
  /** What of a feature somebody was asked, the last first. */
  askedOf(db: Reads, feature: string, person: string, most: number): Promise<AskedOf[]>
}

export function createCirculationPort(): CirculationPort {
  return {
    mustReach: mustReachAudience,
    async reach(db, audience, now) {
      const people = [...(await peopleOfAudience(db, audience, now)).keys()]
      const addresses = await addressesOf(db, people)
      const chats = [...new Set(audience.chats.map(chatKey))]
      const unreachable = people.length - addresses.size
      return { people: people.length, unreachable, chats: chats.length, whom: markOf(people, chats) }
    },
    async begin(trx, given, { by, now }) {
      const id = randomUUID()
      const { origin, organisation, audience, asksChats = false, closesAt = null, remindAt = [] } = given
      const made = await trx
        .insertInto('circulation')
        .values({
          ...{ id, origin, organisation, audience: JSON.stringify(audience), state: 'gathering' },
          ...{ asks_chats: asksChats ? 1 : 0, closes_at: closesAt?.toISOString() ?? null, reminders: 0 },
          ...{ made_by: by, made_at: now.toISOString(), sent_at: null, ended_at: null },
          reminded_at: null,
        })
        .onConflict((conflict) => conflict.column('origin').doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) return
      await setGathering(trx, id, now)
      await setReminders(trx, id, remindAt, now)
    },
    stop: stopCirculation,
    close: closeCirculation,
    extend: extendCirculation,
    async remind(trx, origin, now) {
      const circulation = await findCirculation(trx, origin)
      if (!circulation) return
      if (circulation.row.state === 'sent') mustBeCalm(circulation.row, now)
      await remindRest(trx, circulation.row.id, now)
    },
    answered: noteAnswer,
    answeredTogether: noteAnswerOfAll,
    async askAgain(trx, origin) {
      const circulation = await findCirculation(trx, origin)
      if (!circulation) return
      await trx
        .updateTable('circulation_person')
        .set({ state: 'sent', answered_at: null })
        .where('circulation', '=', circulation.row.id)
        .where('state', '=', 'answered')
        .execute()
      const { id } = circulation.row
      await trx.updateTable('circulation').set({ reminded_at: null }).where('id', '=', id).execute()
    },
    async renew(trx, origin, what, now) {
      const circulation = await findCirculation(trx, origin)
      if (circulation) await (what === 'all' ? renewAll : renewChatsSoon)(trx, circulation.row.id, now)
    },
    find: findCirculation,
    async isAsked(db, origin, person) {
      return (await placeIn(db, origin, person)) !== null
    },
    async messageOf(db, origin, person) {
      return (await placeIn(db, origin, person))?.message ?? null
    },
    figures: countCirculation,
    goneChats,
    chats: listChats,
    missing: listMissing,
    answeredNames: listAnswered,
    answering: listAnswering,
    async organisationOf(db, origin, person) {
      return (await placeIn(db, origin, person))?.organisation ?? null
    },
    askedOf: listAsked,
  }
}

async function setGathering(trx: Trx, id: string, now: Date): Promise<void> {
  const payload = { circulation: id }
  await setTimer(trx, { id: `${gatherTimer}:${id}`, kind: gatherTimer, payload, at: now, now })
}

async function closeCirculation(trx: Trx, origin: string, now: Date): Promise<void> {
  const circulation = await findCirculation(trx, origin)
  if (!circulation || circulation.row.state === 'stopped' || circulation.row.state === 'closed') return
  const { id } = circulation.row
  await trx
    .updateTable('circulation')
    .set({ state: 'closed', ended_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
  await setReminders(trx, id, [], now)
  await withdrawReminders(trx, circulation.row, await peopleWithout(trx, id))
}

/** What was closed before all of it had gone out goes on where it was. */
async function extendCirculation(
  trx: Trx,
  origin: string,
  { closesAt, remindAt }: { closesAt: Date | null; remindAt: readonly Date[] },
  now: Date,
): Promise<void> {
  const circulation = await findCirculation(trx, origin)
  if (!circulation || circulation.row.state === 'stopped') return
  const { id, state, sent_at: sent } = circulation.row
  let next = state
  if (state === 'closed') {
    next = sent === null ? 'gathering' : 'sent'
    if (sent === null) await setGathering(trx, id, now)
  }
  await trx
    .updateTable('circulation')
    .set({ closes_at: closesAt?.toISOString() ?? null, state: next, ended_at: null })
    .where('id', '=', id)
    .execute()
  await setReminders(trx, id, remindAt, now)
}

/** Who has it and has not answered. */
async function peopleWithout(trx: Trx, circulation: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('circulation_person')
    .select('person')
    .where('circulation', '=', circulation)
    .where('state', '=', 'sent')
    .execute()
  return rows.map(({ person }) => person)
}

async function placeIn(db: Reads, origin: string, person: string) {
  const row = await db
    .selectFrom('circulation_person')
    .innerJoin('circulation', 'circulation.id', 'circulation_person.circulation')
    .select(['circulation_person.message', 'circulation_person.organisation'])
    .where('circulation.origin', '=', origin)
    .where('circulation_person.person', '=', person)
    .executeTakeFirst()
  return row ?? null
}

async function stopCirculation(trx: Trx, origin: string, now: Date): Promise<number> {
  const circulation = await findCirculation(trx, origin)
  if (!circulation || circulation.row.state === 'stopped' || circulation.row.state === 'closed') return 0
  const { id } = circulation.row
  await trx
    .updateTable('circulation')
    .set({ state: 'stopped', ended_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
  await setReminders(trx, id, [], now)
  await withdrawReminders(trx, circulation.row, await peopleWithout(trx, id))
  const sent = [
    ...(await trx
      .selectFrom('circulation_person')
      .select('message')
      .where('circulation', '=', id)
      .where('state', '=', 'sent')
      .where('message', 'is not', null)
      .execute()),
    ...(await trx
      .selectFrom('circulation_chat')
      .select('message')
      .where('circulation', '=', id)
      .where('state', '=', 'sent')
      .execute()),
  ].flatMap(({ message }) => message ?? [])
  const withdrawn = await withdraw(trx, sent)
  for (const table of ['circulation_person', 'circulation_chat'] as const) {
    for (const piece of inPieces(withdrawn)) {
      await trx
        .updateTable(table)
        .set({ state: 'stopped' })
        .where('circulation', '=', id)
        .where('message', 'in', piece)
        // An answer that came by another way stays one.
        .where('state', '=', 'sent')
        .execute()
    }
    await trx
      .updateTable(table)
      .set({ state: 'stopped' })
      .where('circulation', '=', id)
      .where('state', '=', 'waiting')
      .execute()
  }
  const stopped = await trx
    .selectFrom('circulation_person')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('circulation', '=', id)
    .where('state', '=', 'stopped')
    .executeTakeFirstOrThrow()
  return Number(stopped.count)
}
