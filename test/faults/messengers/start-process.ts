import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessengerHouseOptions } from './house.ts'

/** A messenger's house in a process of its own, which stands. */
export interface RunningHouse {
  /** Where the vendor calls by HTTP; null with a socket. */
  address: string | null
  /** Resolves to how it ended: a signal, or a code. */
  ended: Promise<string>
  /** It is to end at the next passing of that step. */
  killAt(step: string): void
  signal(name: 'SIGKILL' | 'SIGTERM'): void
}

/** Rejects with what it said where it does not come to stand. */
export async function startMessengerHouse(options: MessengerHouseOptions): Promise<RunningHouse> {
  const script = new URL('./process.ts', import.meta.url).pathname
  const child: ChildProcess = fork(script, [JSON.stringify(options)], {
    ...{ execArgv: [], silent: true },
    // Most of a start is reading the vendors' SDKs.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
  })
  let errors = ''
  child.stderr!.on('data', (piece: Buffer) => {
    if (errors.length < 20_000) errors += piece
  })
  const ended = once(child, 'close').then(([code, signal]) => String(signal ?? code))
  const standing = once(child, 'message') as Promise<[{ address: string | null }]>
  const first = await Promise.race([standing, ended])
  if (typeof first === 'string') throw new Error(`it did not start: ${first} ${errors}`)
  return {
    address: first[0].address,
    ended,
    killAt: (step) => child.send(step),
    signal: (name) => child.kill(name),
  }
}
