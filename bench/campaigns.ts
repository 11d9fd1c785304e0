/**
 * A campaign with very many entries, reviewers and scores:
 * `npm run bench:campaigns -- [--quick] [--json] [--write] [--postgres] [--entries 50000] [--reviewers 200] [--rounds 20]`.
 * What is measured, and how, stands in docs/benchmarks.md, whose tables `--write` renews.
 */

import { type Figures, report } from './campaigns/report.ts'
import { storeCampaign } from './campaigns/store-campaign.ts'
import { timeCertificates } from './campaigns/time-certificates.ts'
import { timeReads } from './campaigns/time-reads.ts'
import { noteProgress } from './note-progress.ts'
import { readOptions } from './options.ts'
import { keepHouse, onEachDatabase, runBenchmark } from './run-benchmark.ts'

const options = readOptions({
  flags: ['write', 'postgres'],
  numbers: {
    entries: { quick: 2000, full: 50_000 },
    reviewers: { quick: 20, full: 200 },
    rounds: { quick: 5, full: 20 },
    certificates: { quick: 20, full: 200 },
  },
})

await runBenchmark('campaigns', async (folder) => {
  const figures: Figures = { reads: [], certificates: [] }
  await onEachDatabase(folder, options, async (database, locationOf) => {
    const location = await locationOf('campaign')
    const stored = await storeCampaign(location, options)
    await keepHouse(location)
    noteProgress({ database, entries: options.entries, scores: stored.scores })
    figures.reads.push({ database, ...stored, took: await timeReads(location, stored, options.rounds) })
  })
  figures.certificates = await timeCertificates(options.certificates)
  report(figures, options)
})
