import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fillIndex, keepIndex } from '../bot/index-cache.ts'

const program = fileURLToPath(new URL('../../bin/kexie.js', import.meta.url))

/** What a command printed, and how it ended. */
export interface Ended {
  code: number | null
  output: string
  errors: string
}

/** Starts the command line as a process of its own, with these settings and no others. */
export function startKexie(words: readonly string[], environment: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const inherited = { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }) }
  return spawn(process.execPath, [program, ...words], { env: { ...inherited, ...environment } })
}

/** Runs a command to its end; `input` is what it reads. */
export async function runKexie(
  words: readonly string[],
  environment: Record<string, string>,
  input = '',
): Promise<Ended> {
  const { DATA_DIR = '' } = environment
  // Where there is no folder, or none that can be one, the command has to say so itself.
  const shares = DATA_DIR !== '' && statSync(DATA_DIR, { throwIfNoEntry: false })?.isDirectory() === true
  if (shares) await fillIndex(DATA_DIR)
  const child = startKexie(words, environment)
  let output = ''
  let errors = ''
  child.stdout!.setEncoding('utf8').on('data', (piece) => {
    output += piece
  })
  child.stderr!.setEncoding('utf8').on('data', (piece) => {
    errors += piece
  })
  child.stdin!.on('error', () => undefined)
  child.stdin!.end(input)
  const [code] = await once(child, 'close')
  if (shares) await keepIndex(DATA_DIR)
  return { code, output, errors }
}

/** What no message for people holds: a stack, a machine path of ours, the name of a defect. */
export const traces = /\n\s+at .*:\d+:\d+|node:internal|\.ts:\d+|TypeError|RangeError|ReferenceError|\bError:/
