import type { LoopLogger } from '../../../workers/loop.ts'
import type { EventsContext } from '../context.ts'
import type { Outcome } from '../seats/outcome.ts'

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

export function createSettler(_context: EventsContext, _logger: LoopLogger): Settler {
  return { start() {}, wake() {}, async stop() {}, async idle() {}, outcomeOf: async () => null }
}
