/**
 * Something that is sent to very many people:
 * `npm run bench:circulation -- [--quick] [--json] [--write] [--postgres] [--people 10000] [--seconds 30] [--pace 50]`.
 * What is measured, and how, stands in docs/benchmarks.md, whose table `--write` renews.
 */
import { type CirculationFigures, report } from './circulation/report.ts'
import { timeCirculation } from './circulation/send-to-many.ts'
import { readOptions } from './options.ts'
import { onEachDatabase, runBenchmark } from './run-benchmark.ts'

const options = readOptions({
  flags: ['write', 'postgres'],
  numbers: {
    people: { quick: 1000, full: 10_000 },
    seconds: { quick: 5, full: 30 },
    pace: { quick: 50, full: 50 },
  },
})

await runBenchmark('circulation', async (folder) => {
  const runs: CirculationFigures[] = []
  await onEachDatabase(folder, options, async (database, locationOf) => {
    runs.push(await timeCirculation(await locationOf('ours'), database, options))
  })
  report(runs, options)
})
