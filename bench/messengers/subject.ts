import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const bot = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const raisedPace = fileURLToPath(new URL('./raised-pace.ts', import.meta.url))
const bareApps = {
  Slack: fileURLToPath(new URL('./bare-slack.ts', import.meta.url)),
  Feishu: fileURLToPath(new URL('./bare-feishu.ts', import.meta.url)),
}

/** The first start builds the index, beside other work. Milliseconds. */
const startLimit = 60_000
const stopLimit = 15_000

/** What is measured, in a process of its own. */
export interface Subject {
  /** Where it listens; empty where it does not. */
  address: string
  /** Milliseconds of processor time that it has used, all its threads together; NaN where the system does not say. */
  used(): number
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()

/** Ends, without a word, whatever was started and still runs. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** The whole bot, as `npm start` runs it. `raised`: with the paces of raised-pace.ts. */
export function startBot(
  environment: Record<string, string>,
  { raised }: { raised: boolean },
): Promise<Subject> {
  return start([...(raised ? ['--import', raisedPace] : []), bot, 'start'], environment)
}

export function startBare(
  name: keyof typeof bareApps,
  environment: Record<string, string>,
): Promise<Subject> {
  return start([bareApps[name]], environment)
}

/** Resolves when it has said on its first line that it is started, and where. */
async function start(command: string[], environment: Record<string, string>): Promise<Subject> {
  const { PATH = '', TMPDIR = '' } = process.env
  const child = spawn(process.execPath, command, {
    env: {
      PATH,
      ...(TMPDIR ? { TMPDIR } : {}),
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  running.add(child)
  const gone = once(child, 'exit').finally(() => running.delete(child))
  let said = ''
  const ready = Promise.withResolvers<void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.includes('\n')) ready.resolve()
  })
  const timer = setTimeout(() => ready.reject(new Error('a process did not start in time')), startLimit)
  void gone.then(() => ready.reject(new Error(`a process ended at its start: ${said}`)))
  try {
    await ready.promise
  } finally {
    clearTimeout(timer)
  }
  return {
    address: /http:\/\/[\d.]+:\d+/.exec(said)?.[0] ?? '',
    used: () => usedBy(child.pid!),
    async stop() {
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), stopLimit)
      await gone
      clearTimeout(hard)
    },
  }
}

/** Linux counts in hundredths of a second: proc(5), fields 14 and 15. */
function usedBy(pid: number): number {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const [user, system] = fields.split(' ').slice(11, 13).map(Number)
    return (user! + system!) * 10
  } catch {
    return Number.NaN
  }
}
