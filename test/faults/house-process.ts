import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { HouseOptions } from './small-house.ts'

/** A small house in a process of its own. */
export interface HouseProcess {
  /** Where the platform's server listens; resolves when it does, or to null where the process ended before. */
  ready: Promise<string | null>
  /** How it ended: a signal, or a code. */
  ended: Promise<string>
  /** What it wrote as errors. */
  errors(): string
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void
}

/** @param blocks No file may grow larger, in blocks of 512 bytes, as on a full disk. Default: any size. */
export function startHouse(options: HouseOptions, blocks?: number): HouseProcess {
  const script = new URL('./small-house.ts', import.meta.url).pathname
  const node = [process.execPath, '--expose-gc', script, JSON.stringify(options)]
  const child: ChildProcess =
    blocks === undefined
      ? spawn(node[0]!, node.slice(1))
      : spawn('sh', ['-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`, ...node])
  let errors = ''
  child.stderr!.on('data', (piece: Buffer) => {
    // Enough to see what went wrong; a database that is away is complained about for long.
    if (errors.length < 20_000) errors += piece
  })
  const ended = once(child, 'close').then(([code, signal]) => String(signal ?? code))
  const said = new Promise<string>((resolve) => {
    let text = ''
    child.stdout!.on('data', (piece: Buffer) => {
      text += piece
      const [, port] = /ready (\d+)\n/.exec(text) ?? []
      if (port) resolve(`http://127.0.0.1:${port}`)
    })
  })
  return {
    ready: Promise.race([said, ended.then(() => null)]),
    ended,
    errors: () => errors,
    signal: (name) => child.kill(name),
  }
}
