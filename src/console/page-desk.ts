import { randomUUID } from 'node:crypto'
import type { Button, Card } from '../chat/card.ts'
import type { FormView } from '../chat/form-view.ts'
import type { Account, Conversation, IncomingPage } from '../chat/incoming.ts'
import type { ActionHandler, Click, Say } from '../conversation/feature.ts'
import type { Forms } from '../conversation/forms-port.ts'
import { enqueue } from '../delivery/outbox.ts'
import { PlainError } from '../messages/plain-error.ts'
import { explainError } from '../messages/translate.ts'
import { webAccountOf } from '../people/sign-in.ts'
import type { Store, Trx } from '../store/store.ts'
import type { Visit } from './visit.ts'

export interface PageDeskOptions {
  store: Store
  /** Throws PlainError where no button does that any more. */
  handlerOf(action: string): ActionHandler
  forms: Forms
  wakeWorkers(): void
}

/** What a button or a form's page came to. */
export interface Pressed {
  /** To be gone on with; null: none. */
  form: FormView | null
  /** Shown on the page: what a chat would show beside the button or say in answer. */
  cards: Card[]
  /** A line about it; empty: nothing. */
  toast: string
  /** Nothing was done, as `toast` says. */
  isRefused: boolean
}

/** What pages do with buttons and forms of features: all of it as in chat, by the same rules. */
export interface PageDesk {
  press(visit: Visit, button: Pick<Button, 'action' | 'value'>): Promise<Pressed>
  answer(
    visit: Visit,
    page: Pick<IncomingPage, 'draft' | 'page' | 'step' | 'values' | 'files'>,
  ): Promise<Pressed & { isSubmitted: boolean }>
}

/** @param features Whose buttons stand on pages of this desk. */
export function createPageDesk(
  { store, handlerOf, forms, wakeWorkers }: PageDeskOptions,
  features: readonly string[],
): PageDesk {
  async function change<T>(
    visit: Visit,
    work: (
      trx: Trx,
      place: { account: Account; conversation: Conversation; now: Date; say: Say },
    ) => Promise<T>,
  ): Promise<{ result: T; said: Card[] }> {
    const done = await store.transaction(async (trx) => {
      const now = await store.now(trx)
      const account = await webAccountOf(trx, visit.who.id, now)
      // The transaction may run again: what an earlier try said is not shown.
      const said: Card[] = []
      const say: Say = async (card, { to } = {}) => {
        const id = randomUUID()
        // What goes to somebody else goes there; what answers the visitor stands on the page.
        if (to && !(to.type === 'account' && to.account.user === account.user)) {
          return enqueue(trx, { id, to, card, lane: 'reply', now })
        }
        said.push(card)
        return id
      }
      const { platform, installation, user } = account
      // Drafts of these pages stand apart from the chat of the same account.
      const conversation = { platform, installation, chat: `console ${user}`, thread: '' }
      return { result: await work(trx, { account, conversation, now, say }), said }
    })
    wakeWorkers()
    return done
  }

  /** What people are told is shown on the page; a defect goes on. */
  async function refusable(visit: Visit, work: () => Promise<Pressed>): Promise<Pressed> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      return { form: null, cards: [], toast: explainError(error, visit.language), isRefused: true }
    }
  }

  return {
    press: (visit, { action, value }) =>
      refusable(visit, async () => {
        if (!features.includes(action.split('.')[0] ?? '')) throw new PlainError('console:not-understood')
        const handler = handlerOf(action)
        const { language } = visit
        const { result, said } = await change(visit, (trx, { account, conversation, now, say }) => {
          const click: Click = {
            action: {
              ...{ type: 'action', id: randomUUID(), action, value, account, conversation },
              ...{ language, at: now, group: false },
            },
            ...{ language, trx, now, say },
            async openForm(form, { values = {}, context = {} } = {}) {
              const shown = await forms.open(trx, {
                ...{ form, account, person: visit.who.id, conversation, language, values, context, now },
                asView: true,
              })
              return 'view' in shown ? { form: shown.view } : { beside: shown.card }
            },
          }
          return handler.run(click)
        })
        const cards = [
          ...(result.beside ? [result.beside] : []),
          ...(result.replace ? [result.replace] : []),
          ...said,
        ]
        return { form: result.form ?? null, cards, toast: result.toast ?? '', isRefused: false }
      }),

    async answer(visit, page) {
      let isSubmitted = false
      const pressed = await refusable(visit, async () => {
        const { result, said } = await change(visit, (trx, { account, conversation, now, say }) => {
          const left: IncomingPage = {
            ...{ type: 'page', id: randomUUID(), account, conversation, language: visit.language, at: now },
            ...page,
          }
          return forms.answerPage(trx, left, { now, language: visit.language, say })
        })
        isSubmitted = result.closed === true && page.step === 'submit'
        return { form: result.form ?? null, cards: said, toast: result.toast ?? '', isRefused: false }
      })
      return { ...pressed, isSubmitted }
    },
  }
}
