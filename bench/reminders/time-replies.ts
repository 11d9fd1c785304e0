import { setTimeout as wait } from 'node:timers/promises'
import { plain } from '../../src/chat/card.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import type { Store } from '../../src/store/store.ts'
import { platformName, silentPlatform } from '../submissions/silent-platform.ts'

export interface Replies {
  /** Milliseconds from when each was said to when the platform had it. */
  took: number[]
  /** Operations that went out meanwhile. */
  sent: number
}

/** While what waits in the outbox goes out at the platform's pace, says a reply each second and times its way out. */
export async function timeReplies(
  store: Store,
  { seconds, pace }: { seconds: number; pace: number },
): Promise<Replies> {
  const saidAt = new Map<string, number>()
  const took: number[] = []
  let sent = 0
  const platform = silentPlatform(({ id }) => {
    sent += 1
    const at = saidAt.get(id)
    if (at !== undefined) took.push(performance.now() - at)
  })
  const delivery = createDelivery({
    ...{ store, serves: [{ platform: platformName }] },
    platforms: [{ ...platform, pace: { perChat: null, perApp: { per: 1000, most: pace } } }],
    logger: {
      error: (details) => process.stderr.write(`${JSON.stringify(details)}\n`),
    },
  })
  delivery.start()
  for (let second = 0; second < seconds; second += 1) {
    const id = `reply-${second}`
    const account = { platform: platformName, installation: 'r', user: `u${second * 7}` }
    const card = { tone: 'answer' as const, blocks: [{ type: 'text' as const, runs: plain('好的') }] }
    saidAt.set(id, performance.now())
    await store.transaction(async (trx) => {
      await enqueue(trx, {
        ...{ id, to: { type: 'account', account }, card, lane: 'reply' },
        now: await store.now(trx),
      })
    })
    delivery.wake()
    await wait(1000)
  }
  await delivery.stop()
  if (took.length < seconds) throw new Error(`${seconds - took.length} replies never went out`)
  return { took, sent }
}
