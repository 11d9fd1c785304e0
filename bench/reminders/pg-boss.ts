import { setTimeout as wait } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { plain } from '../../src/chat/card.ts'
import { enqueueMany } from '../../src/delivery/outbox.ts'
import { inPieces } from '../../src/store/in-pieces.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import { accountOf } from '../../test/events/rush/people.ts'

export interface BossFigures {
  stored: number
  /** Milliseconds until what was due was in the outbox. */
  queued: number
  /** Milliseconds of each fetch when nothing is due. */
  sweeps: number[]
  rss: number
}

const queue = 'reminders'
const together = 500
/** Due ones begin so much later than they were stored, in milliseconds. */
const ahead = 3000

/**
 * The same at pg-boss on the same server: as many scheduled jobs, those that are due fetched by the five hundred and each
 * put into the same outbox as one message. It knows nothing of items, calendars, or who has which account.
 */
export async function timeBoss(
  location: StoreLocation & { databaseUrl: string },
  { reminders, due, looks }: { reminders: number; due: number; looks: number },
): Promise<BossFigures> {
  const store = await openStore(location)
  const boss = new PgBoss({ connectionString: location.databaseUrl, supervise: false, schedule: false })
  boss.on('error', (error) => process.stderr.write(`${error.message}\n`))
  await boss.start()
  try {
    await boss.createQueue(queue)
    const began = performance.now()
    const later = new Date(Date.now() + 7 * 24 * 3600_000)
    const numbers = Array.from({ length: reminders - due }, (_, n) => due + n)
    for (const piece of inPieces(numbers)) {
      await boss.insert(
        queue,
        piece.map((n) => ({ data: { n }, startAfter: later })),
      )
    }
    const sweeps: number[] = []
    for (let look = 0; look < looks; look += 1) {
      const from = performance.now()
      await boss.fetch(queue, { batchSize: together })
      sweeps.push(performance.now() - from)
    }
    const soon = new Date(Date.now() + ahead)
    for (const piece of inPieces(Array.from({ length: due }, (_, n) => n))) {
      await boss.insert(
        queue,
        piece.map((n) => ({ data: { n }, startAfter: soon })),
      )
    }
    const stored = performance.now() - began
    await wait(Math.max(0, soon.getTime() - Date.now()) + 500)
    const from = performance.now()
    for (;;) {
      const jobs = await boss.fetch<{ n: number }>(queue, { batchSize: together })
      if (jobs.length === 0) break
      await store.transaction(async (trx) => {
        const now = await store.now(trx)
        const messages = jobs.map(({ id, data }) => ({
          ...{
            id,
            to: { type: 'account' as const, account: accountOf(data.n) },
            lane: 'reminder' as const,
            now,
          },
          card: {
            tone: 'info' as const,
            title: '交联络记录',
            blocks: [{ type: 'text' as const, runs: plain('请于今日下班前提交本月联络记录。') }],
          },
        }))
        await enqueueMany(trx, messages)
      })
      await boss.complete(
        queue,
        jobs.map(({ id }) => id),
      )
    }
    return { stored, queued: performance.now() - from, sweeps, rss: process.memoryUsage().rss }
  } finally {
    await boss.stop({ graceful: false })
    await store.close()
  }
}
