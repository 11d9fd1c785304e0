import { describeMachine, formatMs, markdownTable, quantile } from '../figures.ts'
import type { Replies } from '../reminders/time-replies.ts'
import { writeBetweenMarks } from '../write-tables.ts'

export interface CirculationFigures {
  database: string
  people: number
  /** Milliseconds: how far it would reach, and until all of it was in the outbox. */
  reach: number
  queued: number
  /** In the outbox: one for each person who can be reached. */
  messages: number
  replies: Replies
  /** Milliseconds to stop it, how many had not got it by then, and how many had. */
  stopped: number
  left: number
  gone: number
}

/** Writes the table to the output, and with `write` into docs/benchmarks.md. */
export function report(
  runs: readonly CirculationFigures[],
  { json, write }: { json: boolean; write: boolean },
): void {
  if (json) {
    console.log(JSON.stringify(runs))
    return
  }
  const table = markdownTable([
    [
      ...['', 'people', 'preview ms', 'in the outbox after s', 'messages', 'sent until the stop'],
      ...['taken back', 'stop ms', 'replies', 'reply median ms', 'p99 ms'],
    ],
    ...runs.map((run) => [
      ...[run.database, String(run.people), formatMs(run.reach), (run.queued / 1000).toFixed(2)],
      ...[String(run.messages), String(run.gone), String(run.left), formatMs(run.stopped)],
      ...[String(run.replies.took.length), formatMs(quantile(run.replies.took, 0.5))],
      formatMs(quantile(run.replies.took, 0.99)),
    ]),
  ])
  const text = `${describeMachine()}\n\n${table}`
  console.log(text)
  if (write) writeBetweenMarks('docs/benchmarks.md', 'bench:circulation', text)
}
