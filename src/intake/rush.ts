import type { Acknowledgement } from '../chat/form-view.ts'
import type { IncomingAction } from '../chat/incoming.ts'
import { incomingKey } from '../chat/keys.ts'
import type { RushedPress, RushLane } from '../conversation/feature.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Store } from '../store/store.ts'
import { createDeadline } from './deadline.ts'
import type { IntakeLimits } from './limits.ts'
import type { AtStep } from './steps.ts'

export interface RushOptions {
  store: Store
  wakeWorkers(): void
  atStep: AtStep
  limits: Pick<IntakeLimits, 'batch' | 'rushAnswer' | 'rushKept'>
}

export interface Rush {
  /** Keeps a press and says what became of it, or that it is in the queue. */
  answer(lane: RushLane, action: IncomingAction): Promise<Acknowledgement>
  /** Resolves when nothing is being kept or waited for. */
  idle(): Promise<void>
}

interface Waiting {
  press: RushedPress
  resolve(): void
  reject(error: unknown): void
}

/**
 * Takes presses of which very many come at the same moment. Those that come while a commit is under way go together in
 * the next one of their lane; what each led to is found out after it, within the time that platforms wait.
 */
export function createRush({ store, wakeWorkers, atStep, limits }: RushOptions): Rush {
  const queues = new Map<RushLane, Waiting[]>()
  const underWay = new Set<Promise<unknown>>()

  function keep(lane: RushLane, press: RushedPress): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { press, resolve, reject }
      const queue = queues.get(lane)
      if (queue) {
        queue.push(waiting)
        return
      }
      const begun = [waiting]
      queues.set(lane, begun)
      follow(keepAll(lane, begun))
    })
  }

  async function keepAll(lane: RushLane, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) await keepBatch(lane, queue.splice(0, limits.batch))
    queues.delete(lane)
  }

  async function keepBatch(lane: RushLane, waiting: readonly Waiting[], isAgain = false): Promise<void> {
    try {
      await store.transaction(
        async (trx) => {
          const presses = waiting.map(({ press }) => press)
          await lane.accept(trx, presses, await store.now(trx))
          await atStep('answer-worked')
        },
        { isolation: 'row-locks' },
      )
      await atStep('answer-committed')
      for (const { resolve } of waiting) resolve()
    } catch (error) {
      // One that the database refuses must not take the others with it; a busy one refuses them all alike. A connection
      // may break when the commit has gone through: kept once more, they are nothing new.
      if (!isAgain && !(error instanceof PlainError)) {
        for (const one of waiting) await keepBatch(lane, [one], true)
      } else {
        for (const { reject } of waiting) reject(error)
      }
    }
  }

  async function answer(lane: RushLane, action: IncomingAction): Promise<Acknowledgement> {
    const press = { key: incomingKey(action), action }
    const within = AbortSignal.timeout(limits.rushAnswer)
    const deadline = createDeadline(limits.rushKept)
    try {
      await deadline.race(keep(lane, press))
    } finally {
      deadline.clear()
    }
    wakeWorkers()
    return (await lane.answer(press, within)) ?? lane.queued(press)
  }

  function follow<T>(task: Promise<T>): Promise<T> {
    underWay.add(task)
    const forget = () => underWay.delete(task)
    task.then(forget, forget)
    return task
  }

  return {
    answer: (lane, action) => follow(answer(lane, action)),
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}
