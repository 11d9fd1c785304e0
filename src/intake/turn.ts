import type { Card } from '../chat/card.ts'
import type { IncomingMessage } from '../chat/incoming.ts'
import { accountKey } from '../chat/keys.ts'
import { languageOf } from '../chat/language.ts'
import type { Say, SayOptions, Turn } from '../conversation/feature.ts'
import { enqueue, enqueueEdit } from '../delivery/outbox.ts'
import { takePlace } from '../delivery/take-place.ts'
import { translate } from '../messages/translate.ts'
import type { Store, Trx } from '../store/store.ts'
import type { Claimed, Inbox } from './inbox.ts'
import { intakeLimits } from './limits.ts'
import { noticeId } from './notices.ts'
import type { AtStep } from './steps.ts'

/** The message is somebody else's by now, or done: whoever held it has nothing more to do about it. */
export class LeaseLost extends Error {}

/** What a turn is carried out with. */
export interface TurnTools {
  store: Store
  inbox: Inbox
  /** Tells the workers of messages and events that there may be something for them. */
  wakeWorkers(): void
  atStep: AtStep
  /** After how many milliseconds an answer is late. Default: `intakeLimits.late`. */
  late?: number
}

/** A turn, and what became of it. */
export interface RunningTurn extends Turn {
  readonly committed: boolean
  /** Commits another answer than the handler's: a refusal, an apology. */
  close(state: 'done' | 'failed', work: (trx: Trx, say: Say) => Promise<void>): Promise<void>
}

export function createTurn(
  { store, inbox, wakeWorkers, atStep, late = intakeLimits.late }: TurnTools,
  claimed: Claimed,
  message: IncomingMessage,
  signal: AbortSignal,
): RunningTurn {
  const language = languageOf(message.text, message.language)
  let committed = false
  /** What was said first, where that comes late: its edits keep the apology. */
  let apologised: string | null = null

  const withApology = (card: Card): Card => ({
    ...card,
    blocks: [...card.blocks, { type: 'note', text: translate(language, 'chat:late') }],
  })

  async function close(state: 'done' | 'failed', work: Parameters<Turn['commit']>[0]): Promise<void> {
    if (committed) throw new Error('a turn is committed once')
    await store.transaction(async (trx) => {
      const now = await store.now(trx)
      const finished = await inbox.finish(trx, claimed, state, now)
      if (!finished) throw new LeaseLost()
      const isLate = now.getTime() - message.at.getTime() > late
      const teller = createSay(trx, { key: claimed.key, incoming: message, now })
      apologised = null
      let notice = finished.noticed ? noticeId(claimed.key) : null
      const say: Say = async (given, options = {}) => {
        const isFirst = isLate && teller.said() === 0
        const card = isFirst ? withApology(given) : given
        const { to, open = false } = options
        const inPlace = !to && notice !== null && (await takePlace(trx, { of: notice, card, open, now }))
        const said = inPlace ? teller.count(notice!) : await teller.say(card, options)
        if (!to) notice = null
        if (isFirst) apologised = said
        return said
      }
      await work(trx, say)
      if (teller.said() === 0) throw new Error('a turn was committed without an answer')
      if (notice !== null) {
        const text = translate(language, 'chat:sent-alone')
        const card: Card = { tone: 'info', blocks: [{ type: 'text', runs: [{ text }] }] }
        await takePlace(trx, { of: notice, card, open: false, now })
      }
      await atStep('worked')
    })
    committed = true
    await atStep('committed')
    wakeWorkers()
  }

  return {
    message,
    language,
    signal,
    get committed() {
      return committed
    },
    commit: (work) => close('done', work),
    close,
    async edit(said, card, { open = false } = {}) {
      if (!committed) throw new Error('what was not committed cannot be edited')
      await store.transaction(async (trx) =>
        enqueueEdit(trx, {
          of: said,
          card: said === apologised ? withApology(card) : card,
          open,
          lane: 'reply',
          now: await store.now(trx),
        }),
      )
      wakeWorkers()
    },
  }
}

/** Who is answered, and under which key. */
export interface Answered {
  /** `incomingKey`: ids of what is said are made of it, so that a second try says the same and not once more. */
  key: string
  incoming: Pick<IncomingMessage, 'id' | 'account' | 'conversation'>
  now: Date
}

export interface Teller {
  say: Say
  /** Counts what was said in the place of a notice, and gives its id back. */
  count(said: string): string
  said(): number
}

/** Says things in one transaction. A new one is to be made for each try: the numbers begin again. */
export function createSay(trx: Trx, { key, incoming, now }: Answered): Teller {
  let count = 0
  return {
    say: (card, { to, open = false }: SayOptions = {}) => {
      count += 1
      return enqueue(trx, {
        id: `${key}#${count}`,
        to: to ?? { type: 'conversation', conversation: incoming.conversation },
        card,
        lane: 'reply',
        replyTo: incoming.id,
        open,
        // Whoever wrote to somebody else is told when it does not arrive; an answer's reader would not be reached either.
        sender: to ? accountKey(incoming.account) : null,
        now,
      })
    },
    count(said) {
      count += 1
      return said
    },
    said: () => count,
  }
}
