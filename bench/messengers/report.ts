import { describeMachine, formatMs, markdownTable, quantile } from '../figures.ts'
import { writeBetweenMarks } from '../write-tables.ts'
import type { Latencies, Outcome } from './load.ts'

interface Row {
  database: string
  messenger: string
  transport: string
  outcome: Outcome
}

export interface RateRow extends Row {
  /** Answers a second, of each pair. */
  ours: number[]
  bare: number[]
  /** Milliseconds of processor time that an answer took, of each pair. */
  oursUsed: number[]
  bareUsed: number[]
  /** Shares of a core that fake and load took, in the order of the runs. */
  busy: number[]
}

export interface LatencyRow extends Row, Latencies {}

export interface Figures {
  rates: RateRow[]
  latencies: LatencyRow[]
}

/** What is aimed at: the share of the bare app's answers; milliseconds to an acknowledgement, p99. */
const share = 0.5
const longestAcknowledgement = 100

/** Prints the figures, and what of the aims is missed; throws where a question was lost or answered twice. */
export function report(figures: Figures, { json, write }: { json: boolean; write: boolean }): void {
  const { rates, latencies } = figures
  const text = tables(figures)
  if (json) {
    const short = latencies.map((row) => ({
      ...row,
      acknowledged: quantilesOf(row.acknowledged),
      seen: quantilesOf(row.seen),
    }))
    console.log(JSON.stringify({ machine: describeMachine(), rates, latencies: short }))
  } else {
    const slow = rates.filter((row) => shareOf(row) < share)
    const late = latencies.filter(
      ({ acknowledged }) => !(quantile(acknowledged, 0.99) < longestAcknowledgement),
    )
    console.log(`${text}\n`)
    console.log(
      `Half of the bare app: ${verdict(slow)}; p99 of an acknowledgement under 100 ms: ${verdict(late)}.`,
    )
  }
  const wrong = [...rates, ...latencies].filter(({ outcome }) => !isWhole(outcome))
  if (wrong.length > 0) throw new Error(`not every question was answered once: ${names(wrong)}`)
  if (write) writeBetweenMarks('docs/benchmarks.md', 'bench:messengers', text)
}

/** Whether every question was taken, and answered once. */
export function isWhole({ lost, surplus, refused }: Outcome): boolean {
  return lost + surplus + refused === 0
}

/** The median of what each pair gives. */
function shareOf({ ours, bare }: RateRow): number {
  return quantile(
    ours.map((one, pair) => one / bare[pair]!),
    0.5,
  )
}

function quantilesOf(values: readonly number[]) {
  return { median: quantile(values, 0.5), p99: quantile(values, 0.99), slowest: quantile(values, 1) }
}

function names(rows: readonly Row[]): string {
  return rows
    .map(({ messenger, transport, database }) => `${messenger} by ${transport} on ${database}`)
    .join(', ')
}

function verdict(missed: readonly Row[]): string {
  return missed.length === 0 ? 'reached' : `not reached (${names(missed)})`
}

function tables({ rates, latencies }: Figures): string {
  const headOf = ({ messenger, transport, database }: Row) => [`${messenger}, ${transport}`, database]
  const ends = ['asked', 'lost', 'surplus', 'noticed'] as const
  const endOf = ({ outcome }: Row) => ends.map((end) => String(outcome[end]))
  return [
    describeMachine(),
    markdownTable([
      ['messenger', 'database', 'bare /s', 'ours /s', 'share', 'shares of the pairs', ...ends],
      ...rates.map((row) => [
        ...headOf(row),
        ...[quantile(row.bare, 0.5).toFixed(0), quantile(row.ours, 0.5).toFixed(0), shareOf(row).toFixed(2)],
        row.ours.map((one, pair) => (one / row.bare[pair]!).toFixed(2)).join(' '),
        ...endOf(row),
      ]),
    ]),
    markdownTable([
      [
        ...['messenger', 'database', 'ack. median ms', 'ack. p99 ms', 'ack. slowest ms'],
        ...['seen median ms', 'seen p99 ms', ...ends],
      ],
      ...latencies.map((row) => [
        ...headOf(row),
        ...[0.5, 0.99, 1].map((part) => formatMs(quantile(row.acknowledged, part))),
        ...[0.5, 0.99].map((part) => formatMs(quantile(row.seen, part))),
        ...endOf(row),
      ]),
    ]),
  ].join('\n\n')
}
