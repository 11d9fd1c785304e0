/**
 * A thousand people who fill in a proposal, and 100,000 that are stored:
 * `npm run bench:submissions -- [--quick] [--json] [--write] [--postgres]`. What is measured, and how, stands in
 * docs/benchmarks.md, whose tables `--write` renews.
 */
import { noteProgress } from './note-progress.ts'
import { readOptions } from './options.ts'
import { type LocationOf, onEachDatabase, runBenchmark } from './run-benchmark.ts'
import type { FillingOrder, FillingReport } from './submissions/filling-process.ts'
import { type Figures, report } from './submissions/report.ts'
import { killAll, runProcess } from './submissions/run-process.ts'
import type { StoredOrder, StoredReport } from './submissions/stored-process.ts'

const options = readOptions({ flags: ['write', 'postgres'], texts: ['only'] })
const people = options.quick ? 100 : 1000
const count = options.quick ? 5000 : 100_000
const rounds = options.quick ? 20 : 200
/** Between two answers of one person, in milliseconds. */
const every = 5000

const figures: Figures = { filling: [], looking: [], exporting: [] }
const work = async (folder: string) => {
  await onEachDatabase(folder, options, measure)
  report(figures, options)
}
await runBenchmark('submissions', work, killAll)

async function measure(database: string, locationOf: LocationOf): Promise<void> {
  if (options.only !== 'stored') {
    const order: FillingOrder = { location: await locationOf('filling'), people, every }
    const filled = await runProcess<FillingOrder, FillingReport>('filling', order)
    figures.filling.push({ database, people, report: filled })
    noteProgress({ database, turns: filled.latencies.length, wrong: filled.wrong, used: filled.used })
  }
  if (options.only === 'filling') return
  const location = await locationOf('stored')
  const stored = (order: StoredOrder) => runProcess<StoredOrder, StoredReport>('stored', order)
  const { house, seconds } = await stored({ location, do: 'fill', count, people: 1000 })
  noteProgress({ database, filled: seconds })
  if (!house) throw new Error('nothing was filled')
  const { looks = {} } = await stored({ location, do: 'look', house, rounds })
  figures.looking.push({ database, looks })
  for (const format of ['xlsx', 'csv'] as const) {
    const done = await stored({ location, do: 'export', house, format })
    figures.exporting.push({ database, format, rows: count, report: done })
    noteProgress({ database, format, seconds: done.seconds, peak: done.peak })
  }
}
