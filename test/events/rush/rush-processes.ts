import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StoreLocation } from '../../../src/store/store.ts'
import type { RushOrder, RushReport } from './rush-process.ts'

const script = fileURLToPath(new URL('./rush-process.ts', import.meta.url))

/** What somebody read who pressed. */
export interface Answered {
  person: number
  said: string
  /** Milliseconds after they pressed. */
  took: number
}

/** One or several processes of the house over one database, among which people are shared out. */
export class RushProcesses {
  readonly answered: Answered[] = []
  readonly problems: string[] = []
  readonly #children: ChildProcess[]
  readonly #open = new Set<ChildProcess>()
  readonly #looking = new Set<() => void>()
  #closed = 0

  constructor(location: StoreLocation, count: number) {
    this.#children = Array.from({ length: count }, () => fork(script, [JSON.stringify(location)]))
    for (const child of this.#children) child.on('message', (report: RushReport) => this.#hear(child, report))
  }

  async open(): Promise<void> {
    await this.until(() => this.#open.size === this.#children.length)
  }

  /** So many people press, each in one of the processes. */
  press(event: string, people: number, within = 0): void {
    const share = Math.ceil(people / this.#children.length)
    for (const [index, child] of this.#children.entries()) {
      const from = Math.min(people, index * share)
      const order: RushOrder = { do: 'press', event, from, to: Math.min(people, from + share), within }
      child.send(order)
    }
  }

  /** Resolves when it holds after a report; rejects where a process ends before. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve()
    const gone = this.#children.find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null)
    if (gone) return Promise.reject(new Error(`a process ended with ${gone.signalCode ?? gone.exitCode}`))
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const look = () => {
      if (holds()) resolve()
    }
    const onExit = (code: number | null, signal: string | null) =>
      reject(new Error(`a process ended with ${signal ?? code}`))
    this.#looking.add(look)
    for (const child of this.#children) child.on('exit', onExit)
    return promise.finally(() => {
      this.#looking.delete(look)
      for (const child of this.#children) child.off('exit', onExit)
    })
  }

  /** Ends one of them in the middle of whatever it does. */
  async kill(which: number): Promise<void> {
    const child = this.#children[which]!
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    this.#children.splice(which, 1)
  }

  async close(): Promise<void> {
    const exits = this.#children.map((child) => once(child, 'exit'))
    const order: RushOrder = { do: 'close' }
    for (const child of this.#children) child.send(order)
    await Promise.all(exits)
    if (this.#closed < this.#children.length) throw new Error('a process ended before it was closed')
  }

  /** Ends whatever is still there. */
  end(): void {
    for (const child of this.#children) child.kill('SIGKILL')
  }

  #hear(child: ChildProcess, report: RushReport): void {
    if (report.type === 'open') this.#open.add(child)
    else if (report.type === 'answered') this.answered.push(report)
    else if (report.type === 'problem') this.problems.push(report.problem)
    else this.#closed += 1
    for (const look of [...this.#looking]) look()
  }
}
