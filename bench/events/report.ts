import { describeMachine, formatMs, markdownTable, quantile } from '../figures.ts'
import { writeBetweenMarks } from '../write-tables.ts'

export interface RushFigures {
  database: string
  processes: number
  people: number
  seats: number
  /** Milliseconds over which they pressed. */
  within: number
  /** Milliseconds from each press to what its person read. */
  acknowledged: number[]
  /** Who read that they are in the queue, and who something else than a result. */
  queued: number
  failed: number
  /** Seats that were given; registrations out of their order; presses without registration. */
  given: number
  disorder: number
  lost: number
  /** Milliseconds from the first press until everybody's result was kept, and delivered. */
  settledAfter: number
  deliveredAfter: number
  /** Milliseconds of the bare transactions; null: not measured. */
  bare: number | null
}

export interface Figures {
  rushes: RushFigures[]
  looking: { database: string; events: number; registrations: number; looks: Record<string, number[]> }[]
}

/** What is aimed at, in milliseconds. */
const aims = { acknowledged: 3000, final: 10_000, list: 50 }

/** Prints the figures and what of the aims is missed; throws where seats or presses were lost, or given twice. */
export function report(figures: Figures, { json, write }: { json: boolean; write: boolean }): void {
  const text = tables(figures)
  if (json) console.log(JSON.stringify({ machine: describeMachine(), ...figures }))
  else console.log(`${text}\n\n${verdicts(figures)}`)
  const wrong = figures.rushes.filter(
    ({ given, seats, people, disorder, lost, failed }) =>
      given !== Math.min(seats, people) || disorder + lost + failed > 0,
  )
  if (wrong.length > 0)
    throw new Error(`a rush went wrong on ${wrong.map(({ database }) => database).join()}`)
  if (write) writeBetweenMarks('docs/benchmarks.md', 'bench:events', text)
}

function verdicts({ rushes, looking }: Figures): string {
  const verdict = (missed: readonly { database: string }[]) =>
    missed.length === 0 ? 'yes' : `no (${[...new Set(missed.map(({ database }) => database))].join()})`
  const late = rushes.filter(({ acknowledged }) => !(quantile(acknowledged, 1) < aims.acknowledged))
  const slow = rushes.filter(({ deliveredAfter }) => !(deliveredAfter < aims.final))
  const lists = looking.filter(({ looks }) =>
    Object.values(looks).some((times) => !(quantile(times, 0.99) < aims.list)),
  )
  return [
    `every press acknowledged within ${aims.acknowledged} ms: ${verdict(late)}`,
    `all results delivered within ${aims.final} ms: ${verdict(slow)}`,
    `p99 of a page under ${aims.list} ms: ${verdict(lists)}`,
  ].join('; ')
}

function tables({ rushes, looking }: Figures): string {
  const names = Object.keys(looking[0]?.looks ?? {})
  const perSecond = (count: number, milliseconds: number) => ((count * 1000) / milliseconds).toFixed(0)
  const parts = [describeMachine()]
  if (rushes.length > 0) {
    parts.push(
      markdownTable([
        [
          ...['database', 'processes', 'people in s', 'seats', 'given', 'lost', 'queued'],
          ...['acknowledged p50 ms', 'p99 ms', 'slowest ms', 'all settled ms', 'all delivered ms'],
        ],
        ...rushes.map((one) => [
          ...[one.database, `${one.processes}`, `${one.people} in ${one.within / 1000}`],
          ...[`${one.seats}`, `${one.given}`, `${one.lost + one.failed}`, `${one.queued}`],
          ...[0.5, 0.99, 1].map((share) => formatMs(quantile(one.acknowledged, share))),
          ...[formatMs(one.settledAfter), formatMs(one.deliveredAfter)],
        ]),
      ]),
      markdownTable([
        ['database', 'connections', 'registrations a second', 'bare transactions a second', 'ratio'],
        ...rushes.flatMap(({ bare, ...one }) =>
          bare === null
            ? []
            : [
                [
                  ...[one.database, one.database === 'SQLite' ? '1' : `${one.processes * 4}`],
                  ...[perSecond(one.people, one.settledAfter), perSecond(one.people, bare)],
                  (bare / one.settledAfter).toFixed(2),
                ],
              ],
        ),
      ]),
    )
  }
  if (looking.length > 0) {
    parts.push(
      markdownTable([
        ['page', ...looking.flatMap(({ database }) => [`${database} median ms`, 'p99 ms'])],
        ...names.map((name) => [
          name,
          ...looking.flatMap(({ looks }) =>
            [0.5, 0.99].map((share) => formatMs(quantile(looks[name] ?? [], share))),
          ),
        ]),
      ]),
    )
  }
  return parts.join('\n\n')
}
