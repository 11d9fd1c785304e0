import { fork, spawn } from 'node:child_process'
import type { Batch, BatchReport } from './answer-process.ts'
import { environmentOf } from './prepare-library.ts'

const script = new URL('./answer-process.ts', import.meta.url).pathname
/** A system that opens for longer is left out. */
const openLimit = 300_000

/** A system that runs in a process of its own and answers when it is asked to. */
export class AnswerChild {
  readonly #child
  /** Resolves when the system is open. */
  readonly opened: Promise<BatchReport>

  constructor(system: string, library: string) {
    // The sizes that MiniSearch takes on 58,000 clauses are near Node's usual limit.
    this.#child = fork(script, [system, library], { execArgv: ['--max-old-space-size=8192'] })
    this.opened = this.#nextReport(openLimit)
  }

  answer(batch: Batch): Promise<BatchReport> {
    this.#child.send(batch)
    // One answer may be under way when the time is up.
    return this.#nextReport(batch.seconds * 1000 + 60_000)
  }

  stop(): void {
    this.#child.kill()
  }

  #nextReport(limit: number): Promise<BatchReport> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        this.#child.off('message', take)
        this.#child.off('exit', fail)
      }
      const take = (report: unknown) => {
        settle()
        resolve(report as BatchReport)
      }
      const fail = () => {
        settle()
        this.stop()
        reject(new Error('the process ended or took too long'))
      }
      const timer = setTimeout(fail, limit)
      this.#child.once('message', take)
      this.#child.once('exit', fail)
    })
  }
}

/**
 * Milliseconds from the start of a process until it has printed its first answer: of `kexie ask` for ours, of
 * a process with that system alone for the others. Null where it gives none.
 */
export function timeFirstAnswer(system: string, library: string, question: string): Promise<number | null> {
  const command =
    system === 'kexie-bot' ? ['src/cli.ts', 'ask', question] : [script, system, library, question]
  const start = performance.now()
  return new Promise((resolve) => {
    let printed: number | null = null
    const child = spawn(process.execPath, command, {
      env: { ...process.env, ...environmentOf(library) },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: openLimit,
    })
    child.stdout.on('data', () => {
      printed ??= performance.now() - start
    })
    child.once('close', (code) => resolve(code === 0 ? printed : null))
  })
}
