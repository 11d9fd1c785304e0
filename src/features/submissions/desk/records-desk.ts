import { randomUUID } from 'node:crypto'
import type { Block } from '../../../chat/card.ts'
import type { FormView } from '../../../chat/form-view.ts'
import type { Account, Conversation, IncomingFile, IncomingPage } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'
import type { ActionHandler, Click, Say } from '../../../conversation/feature.ts'
import type { Forms } from '../../../conversation/forms-port.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { webAccountOf } from '../../../people/sign-in.ts'
import type { Trx } from '../../../store/store.ts'
import { attachmentFor, attachmentsFor } from '../attachments.ts'
import type { SubmissionsContext } from '../context.ts'
import { type HistoryLine, historyOf, historyViewOf } from '../history.ts'
import { possibleActions } from '../life/life.ts'
import { readSubmission } from '../records.ts'
import { partOf } from '../relations.ts'
import { duplicateBlocks } from '../search/similar-cards.ts'
import { standingOf } from '../standing.ts'
import { cardOfRecord } from '../view-record.ts'

/** A record as one person may read it, with what they can do. */
export interface RecordPage {
  id: string
  number: string
  title: string
  /** What stands on its card in chat, buttons included. */
  blocks: Block[]
  /** First to last; empty where it is not theirs to read. */
  history: HistoryLine[]
  /** What came with it, as far as they may open it. */
  files: { name: string /** Bytes. */; size: number }[]
}

/** Somebody at a page. */
export interface Visitor {
  person: string
  language: Language
}

/** What a button or a page came to: a form to go on with, or it is done. */
export interface Pressed {
  form: FormView | null
  /** What is said about it; empty: nothing. */
  toast: string
  /** Whether something became of it; else `toast` says why not. */
  isDone: boolean
  /** What a button shows beside the record, such as all offers; null: nothing. */
  beside: { title: string; blocks: Block[] } | null
}

/** What pages do with single records: all of it as in chat, by the same rules. */
export interface RecordsDesk {
  /** Throws PlainError `submissions:gone` where there is none, or it is not for them. */
  show(visitor: Visitor, idOrNumber: string): Promise<RecordPage>
  /** One of a record's files, by its place from 0. Throws PlainError `submissions:gone` where it is not for them. */
  file(visitor: Visitor, idOrNumber: string, at: number): Promise<IncomingFile>
  /** @param button As it stands on the record's card. */
  press(visitor: Visitor, button: { action: string; value: Record<string, string> }): Promise<Pressed>
  answer(
    visitor: Visitor,
    page: Pick<IncomingPage, 'draft' | 'page' | 'step' | 'values' | 'files'>,
  ): Promise<Pressed>
}

const feature = 'submissions.'

/**
 * @param actions The feature's own, by their names without its name.
 * @param forms Asked when a page is opened: forms are made of all features.
 */
export function createRecordsDesk(
  context: SubmissionsContext,
  actions: Readonly<Record<string, ActionHandler>>,
  forms: () => Forms,
): RecordsDesk {
  const { store } = context

  async function change<T>(work: (trx: Trx, now: Date) => Promise<T>): Promise<T> {
    const result = await store.transaction(async (trx) => work(trx, await store.now(trx)))
    context.wakeWorkers()
    return result
  }

  return {
    show: ({ person, language }, idOrNumber) =>
      store.snapshot(async (trx) => {
        const submission = await readSubmission(trx, context, idOrNumber)
        const today = dayInChina(await store.now(trx))
        const part = await partOf(trx, submission, person, today)
        if (part.as.length === 0) throw new PlainError('submissions:gone')
        const possible = possibleActions(submission.kind, await standingOf(trx, submission), part)
        const more = await duplicateBlocks(trx, context, submission, possible, { person, today, language })
        const card = await cardOfRecord(trx, context, submission, part, language, { whole: true, more })
        const view = historyViewOf(part)
        const history = view === null ? [] : await historyOf(trx, context, submission, view, language)
        const { id, number } = submission.row
        return {
          id,
          number,
          title: card.title ?? number,
          blocks: card.blocks,
          history,
          files: attachmentsFor(submission, part),
        }
      }),

    file: ({ person }, idOrNumber, at) =>
      store.snapshot(async (trx) => {
        const submission = await readSubmission(trx, context, idOrNumber)
        const today = dayInChina(await store.now(trx))
        const part = await partOf(trx, submission, person, today)
        return attachmentFor(submission, part, at)
      }),

    async press({ person, language }, { action, value }) {
      const name = action.startsWith(feature) ? action.slice(feature.length) : ''
      const handler = Object.hasOwn(actions, name) ? actions[name] : undefined
      if (!handler) throw new PlainError('submissions:refused.unknown')
      const before = await revisionOf(store.db, value.submission)
      const answered = await change(async (trx, now) => {
        const account = await webAccountOf(trx, person, now)
        const conversation = placeOf(account)
        const click: Click = {
          action: {
            ...{ type: 'action', id: randomUUID(), action, value, account, conversation },
            ...{ language, at: now, group: false },
          },
          ...{ language, trx, now },
          // What would be said beside the button stands on the page itself.
          say: unsaid,
          async openForm(form, { values = {}, context: about = {} } = {}) {
            const shown = await forms().open(trx, {
              ...{ form, account, person, conversation, language, values, now },
              ...{ context: about, asView: true },
            })
            return 'view' in shown ? { form: shown.view } : {}
          },
        }
        return handler.run(click)
      })
      const after = await revisionOf(store.db, value.submission)
      const beside = answered.beside && { title: answered.beside.title ?? '', blocks: answered.beside.blocks }
      return {
        ...{ form: answered.form ?? null, toast: answered.toast ?? '', isDone: after !== before },
        beside: beside ?? null,
      }
    },

    async answer({ person, language }, page) {
      const answered = await change(async (trx, now) => {
        const account = await webAccountOf(trx, person, now)
        const left: IncomingPage = {
          ...{ type: 'page', id: randomUUID(), account, conversation: placeOf(account), language, at: now },
          ...page,
        }
        return forms().answerPage(trx, left, { now, language, say: unsaid })
      })
      const isDone = answered.closed === true && page.step === 'submit'
      return { form: answered.form ?? null, toast: answered.toast ?? '', isDone, beside: null }
    },
  }
}

const unsaid: Say = async () => ''

/** Where a draft of these pages stands: apart from the chat of the same account. */
function placeOf({ platform, installation, user }: Account): Conversation {
  return { platform, installation, chat: `console ${user}`, thread: '' }
}

async function revisionOf(db: SubmissionsContext['store']['db'], id = ''): Promise<number> {
  const row = await db.selectFrom('submission').select('revision').where('id', '=', id).executeTakeFirst()
  return row?.revision ?? 0
}
