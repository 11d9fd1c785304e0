import { setTimeout as wait } from 'node:timers/promises'

/** People who speak in a few chats and press buttons, and a platform that sends again what was not acknowledged. */
export interface Traffic {
  /** Begins another message in each chat and another press, beside what is still to be acknowledged. */
  speak(): void
  /** Messages of a chat in the order in which they were said, acknowledged or not yet. */
  readonly said: ReadonlyMap<string, readonly string[]>
  readonly messages: ReadonlySet<string>
  readonly presses: ReadonlySet<string>
  /** How often something was not acknowledged, and how often it was refused in plain words. */
  readonly refusals: { unacknowledged: number; plain: number }
  /** Resolves when all that was said is acknowledged. */
  acknowledged(within: number): Promise<void>
  stop(): void
}

const chats = ['chat 1', 'chat 2', 'chat 3']
/** How soon the platform sends again, in milliseconds. */
const again = 40
/** How long it waits for an acknowledgement. */
const patience = 5000

/** @param address Of a process that can be reached; null: there is none at the moment. */
export function createTraffic(address: () => Promise<string | null>): Traffic {
  const said = new Map<string, string[]>(chats.map((chat) => [chat, []]))
  const messages = new Set<string>()
  const presses = new Set<string>()
  const refusals = { unacknowledged: 0, plain: 0 }
  const lanes = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  let count = 0

  /** In its chat one after another: the next is said when the one before is acknowledged. */
  function inTurn(lane: string, incoming: object, done: () => void): void {
    const before = lanes.get(lane) ?? Promise.resolve()
    lanes.set(
      lane,
      before.then(async () => {
        if (await send(incoming)) done()
      }),
    )
  }

  async function send(incoming: object): Promise<boolean> {
    const body = JSON.stringify(incoming)
    while (!stopping.signal.aborted) {
      const to = await address()
      const status = to && (await post(to, body))
      if (status === 200) {
        // Platforms also send again what was acknowledged.
        if (count % 5 === 0) await post(to!, body)
        return true
      }
      if (status === 409) refusals.plain += 1
      else refusals.unacknowledged += 1
      await wait(again)
    }
    return false
  }

  async function post(to: string, body: string): Promise<number | null> {
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(patience)])
      const response = await fetch(to, { method: 'POST', body, signal })
      await response.text()
      return response.status
    } catch {
      return null
    }
  }

  function incoming(chat: string, id: string) {
    const platform = { platform: 'faults', installation: '' }
    return {
      ...{ id, language: 'en', at: new Date() },
      account: { ...platform, user: chat },
      conversation: { ...platform, chat, thread: '' },
    }
  }

  return {
    said,
    messages,
    presses,
    refusals,
    speak() {
      count += 1
      for (const chat of chats) {
        const id = `${count} in ${chat}`
        said.get(chat)!.push(id)
        const message = { ...incoming(chat, id), type: 'message', text: id }
        inTurn(chat, message, () => messages.add(id))
      }
      const id = `press ${count}`
      const press = { ...incoming(chats[count % chats.length]!, id), type: 'action', action: 'faults.press' }
      inTurn('presses', { ...press, value: { of: id } }, () => presses.add(id))
    },
    async acknowledged(within) {
      const giveUp = new AbortController()
      const late = wait(within, 'late', { signal: giveUp.signal }).catch(() => 'late')
      const end = await Promise.race([Promise.all(lanes.values()), late])
      giveUp.abort()
      if (end === 'late') throw new Error('not everything was acknowledged')
    },
    stop: () => stopping.abort(),
  }
}
