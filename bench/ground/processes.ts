import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { StoreLocation } from '../../src/store/store.ts'
import type { Order, Report } from './process.ts'

const script = fileURLToPath(new URL('./process.ts', import.meta.url))
/** Nothing that a process is told takes longer, in milliseconds. */
const limit = 60_000

/** One or several processes of the bot over one database. */
export class Processes {
  readonly #children: ChildProcess[]

  constructor(location: StoreLocation, count: number) {
    this.#children = Array.from({ length: count }, () => fork(script, [JSON.stringify(location)]))
  }

  /** Tells every process the same; a `count` is shared out among them. Resolves when all have done it. */
  async tell(order: Order): Promise<Report[]> {
    const reports = new Map<ChildProcess, Report>()
    const all = this.#listen((child, report) => {
      if (report.done === order.do) reports.set(child, report)
      return reports.size === this.#children.length
    })
    for (const [index, child] of this.#children.entries()) child.send(this.#shareOf(order, index))
    await all
    return [...reports.values()]
  }

  /** Milliseconds in which so many messages are kept with their answers by bare transactions. */
  async timeBare(run: string, count: number): Promise<number> {
    const start = performance.now()
    await this.tell({ do: 'bare', run, count })
    return performance.now() - start
  }

  /** Milliseconds until so many messages are taken, worked, sent and written down as such. */
  async timeGround(run: string, count: number): Promise<number> {
    await this.tell({ do: 'start' })
    const sent = new Map<ChildProcess, number>()
    const all = this.#listen((child, report) => {
      sent.set(child, report.sent ?? sent.get(child) ?? 0)
      return [...sent.values()].reduce((sum, one) => sum + one, 0) >= count
    })
    const start = performance.now()
    const taken = this.tell({ do: 'take', run, count })
    await all
    const took = performance.now() - start
    await taken
    await this.tell({ do: 'stop' })
    return took
  }

  async close(): Promise<void> {
    await this.tell({ do: 'close' })
  }

  kill(): void {
    for (const child of this.#children) child.kill()
  }

  #shareOf(order: Order, index: number): Order {
    if (order.do !== 'bare' && order.do !== 'take') return order
    const { length } = this.#children
    const count = Math.floor(order.count / length) + (index < order.count % length ? 1 : 0)
    return { ...order, run: `${order.run}-${index}`, count }
  }

  /** Resolves when `isLast` says so of a report; rejects where a process fails or ends. */
  #listen(isLast: (child: ChildProcess, report: Report) => boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => reject(new Error('a process took too long')), limit)
    const listeners = this.#children.map((child) => {
      const onMessage = (report: Report) => {
        if (report.problem !== undefined) reject(new Error(report.problem))
        else if (isLast(child, report)) resolve()
      }
      const onExit = () => reject(new Error('a process ended'))
      child.on('message', onMessage).on('exit', onExit)
      return () => child.off('message', onMessage).off('exit', onExit)
    })
    return promise.finally(() => {
      clearTimeout(timer)
      for (const leave of listeners) leave()
    })
  }
}
