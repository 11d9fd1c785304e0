import { inPieces } from '../../../store/in-pieces.ts'
import type { Store } from '../../../store/store.ts'
import type { Outcome } from '../seats/outcome.ts'

/** Whoever waits for what becomes of a press. */
export interface Outcomes {
  /** Null: not known before the signal was aborted. */
  wait(key: string, within: AbortSignal): Promise<Outcome | null>
  /** It is known now. */
  tell(key: string, outcome: Outcome): void
  stop(): void
}

/** How often it is looked what other processes settled, while somebody waits, in milliseconds. */
const lookEvery = 100

export function createOutcomes(store: Pick<Store, 'db'>): Outcomes {
  const waiting = new Map<string, Set<(outcome: Outcome | null) => void>>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function tell(key: string, outcome: Outcome | null): void {
    for (const resolve of waiting.get(key) ?? []) resolve(outcome)
  }

  async function look(): Promise<void> {
    for (const keys of inPieces([...waiting.keys()])) {
      const rows = await store.db
        .selectFrom('event_press')
        .select(['key', 'outcome'])
        .where('key', 'in', keys)
        .where('outcome', 'is not', null)
        .execute()
      for (const { key, outcome } of rows) tell(key, JSON.parse(outcome!) as Outcome)
    }
  }

  function lookLater(): void {
    if (waiting.size === 0) return
    timer ??= setTimeout(() => {
      // A database that is away now may be back before anybody has to be told that it takes longer.
      look()
        .catch(() => {})
        .finally(() => {
          timer = undefined
          lookLater()
        })
    }, lookEvery)
  }

  return {
    wait: (key, within) =>
      new Promise((resolve) => {
        const end = (outcome: Outcome | null) => {
          within.removeEventListener('abort', giveUp)
          const others = waiting.get(key)
          others?.delete(end)
          if (others?.size === 0) waiting.delete(key)
          resolve(outcome)
        }
        const giveUp = () => end(null)
        if (within.aborted) return resolve(null)
        within.addEventListener('abort', giveUp)
        waiting.set(key, (waiting.get(key) ?? new Set()).add(end))
        lookLater()
      }),
    tell,
    stop() {
      clearTimeout(timer)
      for (const key of [...waiting.keys()]) tell(key, null)
    },
  }
}
