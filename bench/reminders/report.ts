import { describeMachine, formatMs, markdownTable, quantile } from '../figures.ts'
import { writeBetweenMarks } from '../write-tables.ts'
import type { BossFigures } from './pg-boss.ts'
import type { Replies } from './time-replies.ts'

export interface RunFigures {
  database: string
  reminders: number
  due: number
  /** Milliseconds to store them, and until what was due was in the outbox. */
  stored: number
  queued: number
  /** Messages in the outbox: one for each person. */
  messages: number
  /** Milliseconds of each look when nothing was due. */
  sweeps: number[]
  /** Bytes of the process when all was in the outbox. */
  rss: number
  replies: Replies
}

export interface Figures {
  runs: RunFigures[]
  boss: BossFigures | null
}

/** Writes the tables to the output, and with `write` into docs/benchmarks.md. */
export function report(figures: Figures, { json, write }: { json: boolean; write: boolean }): void {
  if (json) {
    console.log(JSON.stringify(figures))
    return
  }
  const { runs, boss } = figures
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
  const queued = markdownTable([
    [
      ...['', 'stored', 'due', 'messages', 'in the outbox after s', 'a second', 'idle sweep median ms'],
      ...['p99 ms', 'memory MiB'],
    ],
    ...runs.map((run) => [
      ...[run.database, String(run.reminders), String(run.due), String(run.messages)],
      ...[(run.queued / 1000).toFixed(2), ((run.due / run.queued) * 1000).toFixed(0)],
      ...[formatMs(quantile(run.sweeps, 0.5)), formatMs(quantile(run.sweeps, 0.99)), mib(run.rss)],
    ]),
    ...(boss && runs[0]
      ? [
          [
            ...['pg-boss, PostgreSQL', String(runs[0].reminders), String(runs[0].due), String(runs[0].due)],
            ...[(boss.queued / 1000).toFixed(2), ((runs[0].due / boss.queued) * 1000).toFixed(0)],
            ...[formatMs(quantile(boss.sweeps, 0.5)), formatMs(quantile(boss.sweeps, 0.99)), mib(boss.rss)],
          ],
        ]
      : []),
  ])
  const replies = markdownTable([
    ['', 'replies', 'sent meanwhile', 'median ms', 'p99 ms'],
    ...runs.map(({ database, replies: { took, sent } }) => [
      ...[database, String(took.length), String(sent)],
      ...[formatMs(quantile(took, 0.5)), formatMs(quantile(took, 0.99))],
    ]),
  ])
  const text = [describeMachine(), queued, replies].join('\n\n')
  console.log(text)
  if (write) writeBetweenMarks('docs/benchmarks.md', 'bench:reminders', text)
}
