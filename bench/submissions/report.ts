import { describeMachine, formatMs, markdownTable, quantile } from '../figures.ts'
import { writeBetweenMarks } from '../write-tables.ts'
import type { FillingReport } from './filling-process.ts'
import type { StoredReport } from './stored-process.ts'

export interface Figures {
  filling: { database: string; people: number; report: FillingReport }[]
  looking: { database: string; looks: Record<string, number[]> }[]
  exporting: { database: string; format: string; rows: number; report: StoredReport }[]
}

/** What is aimed at: milliseconds of a turn and of a page of the list; seconds and MiB of an export. */
const aims = { turn: 150, list: 50, export: 10, peak: 300 }

/** Prints the figures and what of the aims is missed; throws where anything was lost, or kept twice. */
export function report(figures: Figures, { json, write }: { json: boolean; write: boolean }): void {
  const text = tables(figures)
  if (json) console.log(JSON.stringify({ machine: describeMachine(), ...figures }))
  else console.log(`${text}\n\n${verdicts(figures)}`)
  const wrong = figures.filling.filter(({ report }) => !isWhole(report))
  if (wrong.length > 0)
    throw new Error(`lost or kept twice on ${wrong.map(({ database }) => database).join()}`)
  if (write) writeBetweenMarks('docs/benchmarks.md', 'bench:submissions', text)
}

function isWhole({ unanswered, surplus, wrong }: FillingReport): boolean {
  return unanswered + surplus + wrong === 0
}

function verdicts({ filling, looking, exporting }: Figures): string {
  const turns = filling.filter(({ report }) => !(quantile(report.latencies, 0.99) < aims.turn))
  const lists = looking.filter(({ looks }) =>
    Object.values(looks).some((times) => !(quantile(times, 0.99) < aims.list)),
  )
  const slow = exporting.filter(({ report }) => !(report.seconds < aims.export))
  const large = exporting.filter(({ report }) => !(report.peak < aims.peak))
  const verdict = (missed: readonly { database: string }[]) =>
    missed.length === 0 ? 'yes' : `no (${missed.map(({ database }) => database).join()})`
  return [
    `p99 of a turn under ${aims.turn} ms: ${verdict(turns)}`,
    `p99 of a page under ${aims.list} ms: ${verdict(lists)}`,
    `export under ${aims.export} s: ${verdict(slow)}, and ${aims.peak} MiB: ${verdict(large)}.`,
  ].join('; ')
}

function tables({ filling, looking, exporting }: Figures): string {
  const names = Object.keys(looking[0]?.looks ?? {})
  return [
    describeMachine(),
    markdownTable([
      [
        ...['database', 'people', 'turns', 'lost', 'double', 'median ms', 'p99 ms', 'slowest ms'],
        'processor ms',
      ],
      ...filling.map(({ database, people, report: one }) => [
        ...[
          database,
          `${people}`,
          `${one.latencies.length}`,
          `${one.unanswered + one.wrong}`,
          `${one.surplus}`,
        ],
        ...[0.5, 0.99, 1].map((part) => formatMs(quantile(one.latencies, part))),
        one.used.toFixed(2),
      ]),
    ]),
    markdownTable([
      ['page', ...looking.flatMap(({ database }) => [`${database} median ms`, 'p99 ms'])],
      ...names.map((name) => [
        name,
        ...looking.flatMap(({ looks }) =>
          [0.5, 0.99].map((part) => formatMs(quantile(looks[name] ?? [], part))),
        ),
      ]),
    ]),
    markdownTable([
      ['export', 'database', 'rows', 's', 'processor s', 'file MiB', 'peak MiB', 'before it MiB'],
      ...exporting.map(({ database, format, rows, report: one }) => [
        ...[format, database, `${rows}`, one.seconds.toFixed(1), one.used.toFixed(1)],
        ...[(one.bytes ?? 0) / 2 ** 20, one.peak, one.base].map((mib) => mib.toFixed(0)),
      ]),
    ]),
  ].join('\n\n')
}
