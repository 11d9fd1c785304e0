import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const running = new Set<ChildProcess>()

/** Ends whatever was started and still runs. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Carries an order out in a process of its own, and gives what it reports. Throws where it fails. */
export async function runProcess<Order extends object, Report>(
  script: 'filling' | 'stored',
  order: Order,
): Promise<Report> {
  const file = fileURLToPath(new URL(`./${script}-process.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  running.delete(child)
  if (code !== 0) throw new Error(`${script} ended with ${code}`)
  return JSON.parse(said) as Report
}
