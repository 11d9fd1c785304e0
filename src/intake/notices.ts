import type { Card } from '../chat/card.ts'
import { languageOf } from '../chat/language.ts'
import type { Platform } from '../chat/platform.ts'
import { enqueue } from '../delivery/outbox.ts'
import { translate } from '../messages/translate.ts'
import type { Logger } from '../platforms/logger.ts'
import type { Seals } from '../seal/passing.ts'
import type { Store } from '../store/store.ts'
import { type Served, waiting } from './inbox.ts'
import { readMessage } from './kept-message.ts'
import type { IntakeLimits } from './limits.ts'

export interface NoticeOptions {
  store: Store
  /** With what messages are kept. Default: in the open. */
  seals?: Seals
  serves: readonly Served[]
  platforms: readonly Pick<Platform, 'name' | 'abilities'>[]
  wakeWorkers(): void
  logger: Logger
  limits: Pick<IntakeLimits, 'noticeAfter' | 'noticeEvery' | 'noticeOthers'>
}

export interface Notices {
  start(): void
  /** A message was taken: it is looked in time whether it still waits. */
  expect(): void
  /** Tells everybody whose message has waited for too long, once each. Resolves to whether others still wait. */
  sweep(): Promise<boolean>
  stop(): Promise<void>
}

/** Messages in one commit. */
const most = 50

/** The outbox's id of what a person reads until the answer takes its place. */
export function noticeId(key: string): string {
  return `${key}#0`
}

/**
 * “Looking it up, one moment please” for messages whose turn has said nothing yet, whoever works them and whether
 * anybody does. The row of the inbox decides: as long as it waits, its answer is not committed, and it remembers that
 * the person was told.
 */
export function createNotices(options: NoticeOptions): Notices {
  const { store, serves, platforms, wakeWorkers, logger, limits } = options
  const told = serves
    .map(({ platform }) => platform)
    .filter((name) => platforms.some((one) => one.name === name && !one.abilities.showsWaiting))
  let isRunning = false
  let timer: NodeJS.Timeout | undefined
  let others: NodeJS.Timeout | undefined
  let sweeping: Promise<void> | undefined

  function arm(milliseconds: number): void {
    if (!isRunning || timer || told.length === 0) return
    timer = setTimeout(() => {
      sweeping = sweep()
        .catch((error) => {
          logger.error({ err: error }, 'nobody could be told that an answer takes longer')
          return true
        })
        .then((more) => {
          timer = undefined
          if (more) arm(limits.noticeEvery)
        })
    }, milliseconds)
    timer.unref()
  }

  /** Of each conversation the one whose turn it is: those behind it need not be told as well. */
  function waitingLong(before: string) {
    return store.db
      .selectFrom('inbox')
      .select('position')
      .where('state', '=', waiting)
      .where('noticed_at', 'is', null)
      .where('received_at', '<=', before)
      .where('platform', 'in', told)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('inbox as earlier')
              .select('earlier.position')
              .whereRef('earlier.conversation', '=', 'inbox.conversation')
              .where('earlier.state', '=', waiting)
              .whereRef('earlier.position', '<', 'inbox.position'),
          ),
        ),
      )
      .orderBy('position')
      .limit(most)
      .execute()
  }

  async function tell(positions: readonly number[]): Promise<number> {
    const count = await store.transaction(
      async (trx) => {
        const now = await store.now(trx)
        const rows = await trx
          .updateTable('inbox')
          .set({ noticed_at: now.toISOString() })
          .where('position', 'in', positions)
          .where('state', '=', waiting)
          .where('noticed_at', 'is', null)
          .returning(['key', 'payload'])
          .execute()
        for (const row of rows) {
          const { id, conversation, text, language } = readMessage(row, options.seals)
          await enqueue(trx, {
            id: noticeId(row.key),
            to: { type: 'conversation', conversation },
            card: lookingCard(translate(languageOf(text, language), 'chat:looking')),
            lane: 'reply',
            replyTo: id,
            open: true,
            now,
          })
        }
        return rows.length
      },
      { isolation: 'row-locks' },
    )
    if (count > 0) wakeWorkers()
    return count
  }

  async function sweep(): Promise<boolean> {
    if (told.length === 0) return false
    const now = await store.now()
    const rows = await waitingLong(new Date(now.getTime() - limits.noticeAfter).toISOString())
    if (rows.length > 0) await tell(rows.map(({ position }) => position))
    const next = await store.db
      .selectFrom('inbox')
      .select('position')
      .where('state', '=', waiting)
      .where('noticed_at', 'is', null)
      .where('platform', 'in', told)
      .limit(1)
      .executeTakeFirst()
    return next !== undefined
  }

  return {
    sweep,
    expect: () => arm(limits.noticeAfter),
    start() {
      isRunning = true
      arm(limits.noticeAfter)
      // What another process took, which ended since.
      others = setInterval(() => arm(0), limits.noticeOthers)
      others.unref()
    },
    async stop() {
      isRunning = false
      clearInterval(others)
      clearTimeout(timer)
      await sweeping
    },
  }
}

function lookingCard(text: string): Card {
  return { tone: 'info', blocks: [{ type: 'text', runs: [{ text }] }] }
}
