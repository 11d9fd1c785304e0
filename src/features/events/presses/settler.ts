import { sql } from 'kysely'
import { PlainError } from '../../../messages/plain-error.ts'
import { createLoop, type LoopLogger } from '../../../workers/loop.ts'
import type { EventsContext } from '../context.ts'
import type { Outcome } from '../seats/outcome.ts'
import { createOutcomes } from './outcomes.ts'
import { type Settled, settleAlone, settleBatch } from './settle-batch.ts'

/** Works the presses that were accepted, in their order. */
export interface Settler {
  start(): void
  /** There may be presses to settle. */
  wake(): void
  stop(): Promise<void>
  /** Until nothing waits. */
  idle(): Promise<void>
  /** What became of a press; null: not known before the signal was aborted. Also where another process settled it. */
  outcomeOf(key: string, within: AbortSignal): Promise<Outcome | null>
}

/** Presses in one transaction: others who write wait for it to end. */
const batch = 200
/** How often it is looked for presses that other processes accepted and left, in milliseconds. */
const every = 1000

/** Written out, not bound: SQLite uses an index of what waits only where it reads that it is asked for just that. */
const waiting = sql.lit('waiting' as const)

export function createSettler(context: EventsContext, logger: LoopLogger): Settler {
  const { store } = context
  const outcomes = createOutcomes(store)
  let settling: Promise<boolean> | undefined
  let stopping = false

  /** One round at a time, whoever asks for it. True: something was settled. */
  function settleAll(): Promise<boolean> {
    settling ??= settleEvents().finally(() => {
      settling = undefined
    })
    return settling
  }

  async function settleEvents(): Promise<boolean> {
    const rows = await store.db
      .selectFrom('event_press')
      .select('event')
      .where('state', '=', waiting)
      .groupBy('event')
      .orderBy((order) => order.fn.min('seq'))
      .execute()
    let any = false
    for (const { event } of rows) {
      try {
        if (await settleEvent(event)) any = true
      } catch (error) {
        logger.error({ err: error, event }, 'the presses of an event could not be settled')
      }
    }
    if (any) context.wakeWorkers()
    return any
  }

  async function settleEvent(event: string): Promise<boolean> {
    let any = false
    let alone = 0
    for (let more = true; more && !stopping; ) {
      try {
        const settled = await settleSome(event, alone > 0)
        alone = Math.max(0, alone - 1)
        any ||= (settled?.outcomes.size ?? 0) > 0
        more = settled?.more ?? false
      } catch (error) {
        if (error instanceof PlainError || alone > 0) throw error
        logger.error({ err: error, event }, 'presses could not be settled together: now one by one')
        alone = batch
      }
    }
    return any
  }

  async function settleSome(event: string, alone: boolean): Promise<Settled | null> {
    return tell(
      await store.transaction(
        (trx) => (alone ? settleAlone(trx, context, event, logger) : settleBatch(trx, context, event, batch)),
        { isolation: 'row-locks' },
      ),
    )
  }

  function tell(settled: Settled | null): Settled | null {
    for (const [key, outcome] of settled?.outcomes ?? []) outcomes.tell(key, outcome)
    return settled
  }

  const loop = createLoop({
    name: 'presses',
    every,
    logger,
    round: settleAll,
  })
  return {
    start: () => loop.start(),
    wake: () => loop.wake(),
    async stop() {
      stopping = true
      await loop.stop()
      await settling
      outcomes.stop()
    },
    async idle() {
      while (await settleAll());
    },
    outcomeOf(key, within) {
      const known = outcomes.wait(key, within)
      void settleAll().catch((error) => logger.error({ err: error }, 'presses could not be settled'))
      return known
    },
  }
}
