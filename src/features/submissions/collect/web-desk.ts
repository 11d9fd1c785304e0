import { randomUUID } from 'node:crypto'
import type { Card } from '../../../chat/card.ts'
import type { Acknowledgement, FormView } from '../../../chat/form-view.ts'
import type { Account, Conversation, IncomingFile, IncomingPage } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'
import type { Say } from '../../../conversation/feature.ts'
import type { Forms } from '../../../conversation/forms-port.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Wording } from '../../../messages/translate.ts'
import { openCard } from '../../../seal/sealed-card.ts'
import type { Trx } from '../../../store/store.ts'
import { headline, stateLine } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { entryFormOf } from '../forms/entry-form.ts'
import { type HistoryLine, historyOf } from '../history.ts'
import { hasSent } from './adopt.ts'
import { type Entry, endEntry, entriesOf, entryOfToken, makeEntry } from './entries.ts'
import { commentByReceipt, endByReceipt, fetchByReceipt, lastWordOf, type Receipt } from './receipt.ts'

/** A web form as its visitor finds it. */
export interface WebEntry extends Entry {
  title: Wording
  /** The name of the organisation that reads it. */
  organisationName: string
}

/** What a page that was left came to, with the cards that are said to it. */
export interface Answered extends Acknowledgement {
  said: Card[]
}

/** A record as its author sees it by the receipt code. */
export interface Followed {
  /** Number, kind and subject. */
  title: string
  state: string
  /** What became of it and what was said about it, as its author reads it. */
  progress: HistoryLine[]
  /** What was published about it; empty: nothing. */
  published: string
  mayComment: boolean
  mayWithdraw: boolean
  /** Whether name and texts lie encrypted and can be erased for good. */
  mayErase: boolean
}

type Fetched = { outcome: 'found'; followed: Followed } | { outcome: 'wrong' | 'too-many' }

/** What web pages do for people without account, and for those who put the pages up. */
export interface SubmissionsDesk {
  /** Kinds that can be sent in, in order. */
  kinds(): { kind: string; title: Wording }[]
  entries(person: string): Promise<WebEntry[]>
  makeEntry(person: string, given: { kind: string; organisation: string }): Promise<void>
  endEntry(person: string, id: string): Promise<void>
  /** Tells the workers that something was committed. */
  wakeWorkers(): void
  /** Whether a guest has sent something in that could become a person's. */
  hasSent(account: Account): Promise<boolean>
  /** Throws PlainError `submissions:entry.ended` for a token that is none, or is over. */
  entry(token: string): Promise<WebEntry>
  /** The form where the guest stands in it. */
  open(entry: Entry, account: Account, language: Language): Promise<FormView>
  answer(
    entry: Entry,
    account: Account,
    language: Language,
    page: Pick<IncomingPage, 'draft' | 'page' | 'step' | 'values'>,
  ): Promise<Answered>
  /** Puts files into the draft that is open at this entry; whether it took them. */
  addFiles(entry: Entry, account: Account, language: Language, files: IncomingFile[]): Promise<boolean>
  fetch(receipt: Receipt, language: Language): Promise<Fetched>
  /** Throws PlainError where it cannot be done, or the code is wrong. */
  comment(receipt: Receipt, text: string): Promise<void>
  withdraw(receipt: Receipt): Promise<void>
  erase(receipt: Receipt): Promise<void>
}

/** @param forms Asked when a page is opened: forms are made of all features. */
export function createDesk(context: SubmissionsContext, forms: () => Forms): SubmissionsDesk {
  const { store, kinds } = context

  async function change<T>(work: (trx: Trx, now: Date) => Promise<T>): Promise<T> {
    const result = await store.transaction(async (trx) => work(trx, await store.now(trx)))
    context.wakeWorkers()
    return result
  }

  const named = async (entry: Entry): Promise<WebEntry> => {
    const row = await store.db
      .selectFrom('organisation')
      .select('name')
      .where('id', '=', entry.organisation)
      .executeTakeFirst()
    return { ...entry, title: kinds.current(entry.kind).title, organisationName: row?.name ?? '' }
  }

  /** The record of a code. What is thrown must not undo that a wrong code was counted. */
  async function follow(receipt: Receipt, work: (trx: Trx, found: Found, now: Date) => Promise<void>) {
    const outcome = await change(async (trx, now) => {
      const found = await fetchByReceipt(trx, context, receipt, now)
      if (found.outcome !== 'found') return found.outcome
      await work(trx, found.submission, now)
      return null
    })
    if (outcome !== null) throw new PlainError(`submissions:code.${outcome}`)
  }

  return {
    kinds: () => kinds.all().map(({ kind, title }) => ({ kind, title })),

    async entries(person) {
      const entries = await entriesOf(store.db, context, person, dayInChina(await store.now()))
      const known = new Set(kinds.all().map(({ kind }) => kind))
      return Promise.all(entries.filter(({ kind }) => known.has(kind)).map(named))
    },

    makeEntry: (person, given) =>
      change((trx, now) => makeEntry(trx, context, { ...given, person, today: dayInChina(now), now })),

    endEntry: (person, id) =>
      change((trx, now) => endEntry(trx, { id, person, today: dayInChina(now), now })),

    wakeWorkers: () => context.wakeWorkers(),
    hasSent: (account) => hasSent(store.db, context, account),

    entry: async (token) => named(await entryOfToken(store.db, context, token)),

    open: (entry, account, language) =>
      change(async (trx, now) => {
        const shown = await forms().open(trx, {
          form: entryFormOf(kinds.current(entry.kind)),
          ...{ account, person: null, conversation: placeOf(entry, account), language, now, asView: true },
          values: {},
          context: { group: '', entry: entry.id },
        })
        if (!('view' in shown)) throw new Error('a form without pages')
        return shown.view
      }),

    async answer(entry, account, language, page) {
      let said: Card[] = []
      const answer = await change((trx, now) => {
        // Anew at each try of the transaction.
        said = []
        const say: Say = async (card) => {
          said.push(card)
          return ''
        }
        const left: IncomingPage = {
          ...{
            type: 'page',
            id: randomUUID(),
            account,
            conversation: placeOf(entry, account),
            language,
            at: now,
          },
          ...page,
        }
        return forms().answerPage(trx, left, { now, language, say })
      })
      // A page shows them itself: what lies encrypted is opened for whoever wrote it.
      const opened = (card: Card) => openCard(store.db, context.sealer, card)
      return {
        ...answer,
        ...(answer.beside ? { beside: await opened(answer.beside) } : {}),
        said: await Promise.all(said.map(opened)),
      }
    },

    addFiles: (entry, account, language, files) =>
      forms().receiveFiles({
        message: {
          ...{ type: 'message', id: randomUUID(), account, language, at: new Date(0), text: '', files },
          conversation: placeOf(entry, account),
        },
        language,
        signal: new AbortController().signal,
        commit: (work) => change((trx) => work(trx, async () => '')),
        edit: async () => {},
      }),

    async fetch(receipt, language) {
      return change(async (trx, now): Promise<Fetched> => {
        const found = await fetchByReceipt(trx, context, receipt, now)
        if (found.outcome !== 'found') return found
        const { submission } = found
        const { row, kind } = submission
        return {
          outcome: 'found',
          followed: {
            title: headline(submission, language),
            state: stateLine(submission, language),
            progress: await historyOf(trx, context, submission, 'told', language),
            published: row.published ?? '',
            mayComment: !kind.states[row.state]?.final,
            mayWithdraw: lastWordOf(submission, 'withdraw') !== null,
            mayErase: lastWordOf(submission, 'erase') !== null,
          },
        }
      })
    },

    comment: (receipt, text) =>
      follow(receipt, async (trx, found, now) => {
        await commentByReceipt(trx, context, found, text, now)
      }),
    withdraw: (receipt) =>
      follow(receipt, (trx, found, now) => endByReceipt(trx, context, found, 'withdraw', now)),
    erase: (receipt) => follow(receipt, (trx, found, now) => endByReceipt(trx, context, found, 'erase', now)),
  }
}

type Found = Parameters<typeof commentByReceipt>[2]

/** Where a draft of this entry stands: apart from the chat of the same browser. */
function placeOf({ id }: Entry, { platform, installation, user }: Account): Conversation {
  return { platform, installation, chat: `submit ${id} ${user}`, thread: '' }
}
