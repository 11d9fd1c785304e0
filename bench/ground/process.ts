/** A process of the benchmark: does what `ground.ts` tells it, one thing after another. */
import { setTimeout as wait } from 'node:timers/promises'
import type { StoreLocation } from '../../src/store/store.ts'
import { openBare } from './bare.ts'
import { type House, openBenchStore, openHouse } from './house.ts'
import { clickOf, messageOf } from './load.ts'

/** What a process is told. All but `take` are reported when they are done. */
export type Order =
  | { do: 'open' | 'close' }
  /** The bare transactions of so many messages. */
  | { do: 'bare'; run: string; count: number }
  /** Intake and delivery begin to work, and end. */
  | { do: 'start' | 'stop' }
  /** Hands so many messages to the intake; reported by `sent` as they go out. */
  | { do: 'take'; run: string; count: number }
  | ({ do: 'click' } & OpenLoop)

/** Arrivals by the clock, whatever became of those before. */
export interface OpenLoop {
  run: string
  seconds: number
  /** A second. */
  clicks: number
  messages: number
  /** Bare transactions, by which it is seen what disk and machine add to everything. */
  bare: number
}

export interface Report {
  done?: Order['do']
  /** Messages sent since `start`, by this process. */
  sent?: number
  /** Milliseconds from each planned arrival of a click to its answer, and of a bare transaction to its end. */
  latencies?: number[]
  bareLatencies?: number[]
  failed?: number
  problem?: string
}

/** Messages that platforms hand over at the same time. */
const takenAtOnce = 128
const reportEvery = 10

const location: StoreLocation = JSON.parse(process.argv[2]!)
const store = await openBenchStore(location)
const bare = await openBare(location)
let house: House | undefined
let reporting: NodeJS.Timeout | undefined

const tell = (report: Report) => process.send!(report)

async function take(run: string, count: number): Promise<void> {
  let next = 0
  const platform = async () => {
    for (let n = next++; n < count; n = next++) await house!.intake.take(messageOf(run, n))
  }
  await Promise.all(Array.from({ length: takenAtOnce }, platform))
}

async function click({ run, seconds, clicks, messages, bare: controls }: OpenLoop): Promise<Report> {
  const { intake } = house!
  const latencies: number[] = []
  const bareLatencies: number[] = []
  let failed = 0
  const start = performance.now() + 50
  const arrivals = async (perSecond: number, arrive: (n: number, planned: number) => Promise<unknown>) => {
    const under: Promise<unknown>[] = []
    for (let n = 0; n < perSecond * seconds; n++) {
      const planned = start + (n * 1000) / perSecond
      await wait(Math.max(0, planned - performance.now()))
      under.push(arrive(n, planned).catch(() => (failed += 1)))
    }
    await Promise.all(under)
  }
  await Promise.all([
    arrivals(messages, (n) => intake.take(messageOf(run, n))),
    arrivals(clicks, async (n, planned) => {
      await intake.answer(clickOf(run, n))
      latencies.push(performance.now() - planned)
    }),
    arrivals(controls, async (n, planned) => {
      await bare.one(`${run}-bare`, n)
      bareLatencies.push(performance.now() - planned)
    }),
  ])
  return { latencies, bareLatencies, failed }
}

async function carryOut(order: Order): Promise<Report> {
  switch (order.do) {
    case 'open':
      return {}
    case 'bare':
      await bare.run(order.run, order.count)
      return {}
    case 'start': {
      const started = await openHouse(store)
      house = started
      let told = 0
      reporting = setInterval(() => {
        const { sent } = started
        if (sent !== told) tell({ sent })
        told = sent
      }, reportEvery)
      return {}
    }
    case 'take':
      await take(order.run, order.count)
      return {}
    case 'stop':
      clearInterval(reporting)
      await house!.stop()
      return {}
    case 'click':
      return click(order)
    case 'close':
      await bare.close()
      await store.close()
      return {}
  }
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    (report) => tell({ ...report, done: order.do }),
    (error: unknown) =>
      tell({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
// Whoever started it is gone.
process.on('disconnect', () => process.exit())
