/**
 * Reminders of which very many are due in the same minute:
 * `npm run bench:reminders -- [--quick] [--json] [--write] [--postgres] [--reminders 100000] [--due 10000] [--looks 200]
 * [--seconds 30] [--pace 20]`. What is measured, and how, stands in docs/benchmarks.md, whose tables `--write` renews.
 */
import { readOptions } from './options.ts'
import { timeBoss } from './reminders/pg-boss.ts'
import { type Figures, report } from './reminders/report.ts'
import { timeReminders } from './reminders/run-due.ts'
import { onEachDatabase, runBenchmark } from './run-benchmark.ts'

const options = readOptions({
  flags: ['write', 'postgres'],
  numbers: {
    reminders: { quick: 5000, full: 100_000 },
    due: { quick: 1000, full: 10_000 },
    looks: { quick: 50, full: 200 },
    seconds: { quick: 5, full: 30 },
    pace: { quick: 20, full: 20 },
  },
})

await runBenchmark('reminders', async (folder) => {
  const figures: Figures = { runs: [], boss: null }
  await onEachDatabase(folder, options, async (database, locationOf) => {
    figures.runs.push(await timeReminders(await locationOf('ours'), database, options))
    if (database === 'SQLite') return
    const { dataDir, databaseUrl = '' } = await locationOf('boss')
    figures.boss = await timeBoss({ dataDir, databaseUrl }, options)
  })
  report(figures, options)
})
