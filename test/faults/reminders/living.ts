import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Card } from '../../../src/chat/card.ts'
import type { Operation } from '../../../src/chat/outgoing.ts'
import type { Kill } from '../steps.ts'
import type { Done, LivingOptions, Order } from './living-process.ts'

/** A process with reminders. */
export interface Living {
  /** Null: it was killed before it could answer. */
  tell(order: Order): Promise<Done | null>
  kill(): void
  ended: Promise<unknown>
}

const script = new URL('./living-process.ts', import.meta.url).pathname

export async function startLiving(options: LivingOptions): Promise<Living> {
  const child: ChildProcess = fork(script, [JSON.stringify(options)], { stdio: 'pipe' })
  let complaints = ''
  child.stderr!.on('data', (piece: Buffer) => {
    complaints = `${complaints}${piece}`.slice(-2000)
  })
  const ended = once(child, 'exit')
  const answer = async (): Promise<Done | null> => {
    const said = once(child, 'message').then(([done]) => done as Done)
    return Promise.race([said, ended.then(() => null)])
  }
  if ((await answer()) === null) throw new Error(`it did not start: ${complaints}`)
  return {
    async tell(order) {
      if (child.exitCode !== null || child.signalCode !== null) return null
      const done = answer()
      child.send(order, () => {})
      return done
    },
    kill: () => void child.kill('SIGKILL'),
    ended,
  }
}

/** What reached people: each message once by its key, as platforms do, and every try. */
export interface Vendor {
  url: string
  readonly sends: { id: string; to: string; card: Card }[]
  /** As they stand, by message. */
  readonly shown: Map<string, Card>
  /** Keys of sends that came more than once: allowed, and seen once. */
  repeats: number
  /** The process that it kills, when a call comes or has had its effect. */
  killAt: { kill: Kill; living: Living } | null
  close(): Promise<void>
}

export async function openVendor(): Promise<Vendor> {
  let passings = 0
  const dies = (step: string) => {
    if (vendor.killAt?.kill.step !== step) return false
    passings += 1
    if (passings < vendor.killAt.kill.passing) return false
    passings = 0
    vendor.killAt.living.kill()
    vendor.killAt = null
    return true
  }
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const { id, name, to, card, message } = JSON.parse(Buffer.concat(pieces).toString()) as Operation
    if (dies('vendor:received')) return response.destroy()
    const shown = name === 'edit' ? message! : `shown ${id}`
    if (name === 'send' && vendor.shown.has(shown)) vendor.repeats += 1
    else {
      if (name === 'send') {
        const reader = to.type === 'conversation' ? to.conversation.chat : to.account.user
        vendor.sends.push({ id, to: reader, card })
      }
      vendor.shown.set(shown, card)
    }
    if (dies('vendor:shown')) return response.destroy()
    response.end(JSON.stringify({ message: shown }))
  })
  const vendor: Vendor = {
    ...{ url: '', sends: [], shown: new Map(), repeats: 0, killAt: null },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  vendor.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return vendor
}
