import { randomUUID } from 'node:crypto'
import { guest } from '../../knowledge/clause.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import type { OpenedClause } from '../../knowledge/search/search-engine.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf } from '../../people/actor.ts'
import { readerOf } from '../../people/readers.ts'
import type { Store } from '../../store/store.ts'
import { type AnswerOutcome, answerRequest, declineRequest, sendSupplement } from './answer.ts'
import { openFor, type ReplyOptions } from './cited-clause.ts'
import { fetchByReceipt } from './receipt-code.ts'
import { nearestClause } from './receivers.ts'
import {
  conversationOf,
  factsOf,
  mayBeAsked,
  mayHandle,
  type RequestFacts,
  reaches,
  readRequest,
} from './requests.ts'
import { type RequestStatus, statusOf } from './status.ts'

/** A request as the console shows it to somebody who may see it. */
export interface DeskRequest extends RequestStatus {
  nearest: OpenedClause | null
  mayAnswer: boolean
}

/** What a receipt code opened. */
export type Fetched = { outcome: 'found'; status: RequestStatus } | { outcome: 'wrong' | 'too-many' }

/** What web pages do with questions that were put to a person. `person` is whoever is signed in. */
export interface HelpDesk {
  /** What they may see: open ones first, the earliest first, then the latest of those that are settled. */
  list(person: string): Promise<RequestFacts[]>
  /** Throws PlainError where there is none, or they may not see it. */
  read(person: string, id: string): Promise<DeskRequest>
  answer(person: string, reply: { request: string; text: string; clause: string }): Promise<AnswerOutcome>
  supplement(person: string, id: string): Promise<void>
  decline(person: string, given: { request: string; reason: string }): Promise<void>
  /** @param address The network address that asks, by which wrong codes are counted. */
  fetch(given: { number: string; code: string; address: string }): Promise<Fetched>
}

export interface DeskOptions extends ReplyOptions {
  store: Store
  wakeWorkers(): void
}

const mostListed = 200
/** Settled ones that are looked through for those within reach. */
const mostLookedAt = 1000

export function createDesk(options: DeskOptions): HelpDesk {
  const { store, library } = options

  /** What was written is sent at once. */
  async function change<T>(work: Parameters<typeof store.transaction<T>>[0]): Promise<T> {
    const result = await store.transaction(work)
    options.wakeWorkers()
    return result
  }

  return {
    async list(person) {
      const today = dayInChina(await store.now())
      const actor = await actorOf(store.db, person, today)
      const theirs = await store.db
        .selectFrom('help_receiver')
        .select('request')
        .where('person', '=', person)
        .where('active', '=', 1)
        .execute()
      const own = new Set(theirs.map(({ request }) => request))
      const rowsOf = store.db.selectFrom('help_request').selectAll()
      const waiting = await rowsOf.where('state', '=', 'open').orderBy('asked_at').orderBy('number').execute()
      const settled = await rowsOf
        .where('state', 'in', ['answered', 'closed'])
        .orderBy('asked_at', 'desc')
        .orderBy('number', 'desc')
        .limit(mostLookedAt)
        .execute()
      const reached = new Map<string, boolean>()
      const seen: typeof waiting = []
      for (const row of [...waiting, ...settled]) {
        if (seen.length === mostListed) break
        const place = JSON.stringify([row.organisation, row.lies_with])
        if (!reached.has(place)) reached.set(place, await reaches(store.db, actor, 'help.view', row))
        const isOwn = own.has(row.id) && (await mayBeAsked(store.db, person, row, today))
        if (reached.get(place) || isOwn) seen.push(row)
      }
      const facts: RequestFacts[] = []
      for (const row of seen) facts.push(await factsOf(store.db, row))
      return facts
    },

    async read(person, id) {
      const today = dayInChina(await store.now())
      const request = await readRequest(store.db, id)
      const may = (action: 'help.view' | 'help.answer') => mayHandle(store.db, person, action, request, today)
      if (!(await may('help.view')) || request.state === 'withdrawn') throw new PlainError('help:gone')
      // Known when the reply comes, for which nobody can wait then.
      if (request.in_group === 1) void options.membersOf(conversationOf(request.conversation))
      const readers = [await readerOf(store.db, person, today)]
      const nearest = openFor(library, await nearestClause(store.db, request), readers)
      const status = await statusOf(store.db, library, request, readers)
      return { ...status, nearest, mayAnswer: await may('help.answer') }
    },

    answer: (by, reply) =>
      change(async (trx) =>
        answerRequest(trx, options, { ...reply, id: randomUUID(), by }, await store.now(trx)),
      ),
    supplement: (by, id) => change(async (trx) => sendSupplement(trx, options, id, by, await store.now(trx))),
    async decline(by, given) {
      await change(async (trx) => declineRequest(trx, { ...given, by }, await store.now(trx)))
    },

    fetch: ({ number, code, address }) =>
      store.transaction(async (trx): Promise<Fetched> => {
        const now = await store.now(trx)
        const found = await fetchByReceipt(trx, { number, code, who: `address ${address}`, now })
        if (found.outcome !== 'found') return found
        return { outcome: 'found', status: await statusOf(trx, library, found.request, [guest]) }
      }),
  }
}
