import type { Card } from '../../src/chat/card.ts'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import type { IncomingAction, IncomingMessage } from '../../src/chat/incoming.ts'
import { languageOf } from '../../src/chat/language.ts'
import type { Recipient } from '../../src/chat/outgoing.ts'
import type { ActionHandler, Turn } from '../../src/conversation/feature.ts'
import type { Store } from '../../src/store/store.ts'

export interface FakeTurn extends Turn {
  /** Whether the commit fails at its end. */
  failing: boolean
  abort(): void
}

/** A turn whose rows are kept and whose cards are shown when they are committed, without inbox and outbox. */
export function fakeTurn(
  store: Store,
  message: IncomingMessage,
  show: (card: Card, open: boolean, to?: Recipient) => void,
): FakeTurn {
  const stopping = new AbortController()
  const turn: FakeTurn = {
    message,
    language: languageOf(message.text, message.language),
    signal: stopping.signal,
    failing: false,
    abort: () => stopping.abort(),
    async commit(work) {
      const said: [Card, boolean, Recipient | undefined][] = []
      await store.transaction(async (trx) => {
        await work(trx, async (card, { open = false, to } = {}) => {
          said.push([structuredClone(card), open, to])
          return `said ${said.length}`
        })
        if (turn.failing) throw new Error('not committed')
      })
      for (const [card, open, to] of said) show(card, open, to)
    },
    async edit(_said, card, { open = false } = {}) {
      show(structuredClone(card), open)
    },
  }
  return turn
}

/** A button's work in a transaction of its own; it may not say anything or open a form. */
export function fakeClick(
  store: Store,
  action: IncomingAction,
  now: Date,
  handler: ActionHandler,
): Promise<Acknowledgement> {
  const refuse = async () => {
    throw new Error('nothing is said here')
  }
  const within = handler.reads ? store.snapshot.bind(store) : store.transaction.bind(store)
  return within((trx) =>
    handler.run({ action, language: action.language, trx, now, say: refuse, openForm: refuse }),
  )
}
