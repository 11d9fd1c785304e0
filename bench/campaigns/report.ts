import { describeMachine, formatMs, markdownTable, quantile } from '../figures.ts'
import { writeBetweenMarks } from '../write-tables.ts'
import type { StoredCampaign } from './store-campaign.ts'
import type { CertificateFigures } from './time-certificates.ts'
import type { Read } from './time-reads.ts'

export interface Figures {
  reads: (StoredCampaign & { database: string; took: Record<Read, number[]> })[]
  certificates: CertificateFigures[]
}

/** What is aimed at, in milliseconds at the 95th hundredth. */
const aims: Record<Read, number> = {
  'standing of organisations': 200,
  'standing of people': 200,
  'page of the ranking': 200,
  'place of an entry': 200,
  'whole ranking': 200,
  statistics: 500,
}
/** Certificates a second. */
const certificatesAimed = 20

/** Prints the figures and what of the aims is missed; with `write` the tables go into docs/benchmarks.md. */
export function report(figures: Figures, { json, write }: { json: boolean; write: boolean }): void {
  const text = tables(figures)
  if (json) console.log(JSON.stringify({ machine: describeMachine(), ...figures }))
  else console.log(`${text}\n\n${missed(figures)}`)
  if (write) writeBetweenMarks('docs/benchmarks.md', 'bench:campaigns', text)
}

const speedOf = ({ pages, files, seconds }: CertificateFigures) => (pages * files) / seconds

function missed({ reads, certificates }: Figures): string {
  const slow = reads.flatMap(({ database, took }) =>
    readsOf(took)
      .filter(([read, times]) => !(quantile(times, 0.95) < aims[read]))
      .map(([read]) => `${read} on ${database}`),
  )
  const few = certificates.filter((one) => !(speedOf(one) >= certificatesAimed))
  const all = [...slow, ...few.map(({ pages }) => `certificates, ${pages} in a file`)]
  return all.length === 0 ? 'All aims are reached.' : `Missed: ${all.join('; ')}.`
}

const readsOf = (took: Record<Read, number[]>) => Object.entries(took) as [Read, number[]][]

function tables({ reads, certificates }: Figures): string {
  return [
    describeMachine(),
    markdownTable([
      ['', 'entries', 'reviewers', 'scores', 'aim ms', 'median ms', 'p95 ms', 'slowest ms'],
      ...reads.flatMap(({ database, entries, reviewers, scores, took }) =>
        readsOf(took).map(([read, times]) => [
          ...[`${read}, ${database}`, `${entries}`, `${reviewers}`, `${scores}`, `${aims[read]}`],
          ...[0.5, 0.95, 1].map((share) => formatMs(quantile(times, share))),
        ]),
      ),
    ]),
    markdownTable([
      ['certificates', 'files', 's', 'a second', 'KiB each'],
      ...certificates.map((one) => [
        one.files === 1 ? 'all in one file' : 'a file each',
        ...[`${one.files}`, one.seconds.toFixed(2), speedOf(one).toFixed(0)],
        (one.bytes / 1024 / (one.pages * one.files)).toFixed(0),
      ]),
    ]),
  ].join('\n\n')
}
