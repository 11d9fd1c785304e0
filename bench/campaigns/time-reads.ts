import {
  readPlace,
  readRanking,
  readRankingWindow,
} from '../../src/features/campaigns/judging/read-ranking.ts'
import { statisticsOf } from '../../src/features/campaigns/making/campaign-statistics.ts'
import { standingOfOrganisations, standingOfPeople } from '../../src/features/campaigns/making/standing.ts'
import { readCampaign } from '../../src/features/campaigns/records.ts'
import type { SubmissionsContext } from '../../src/features/submissions/context.ts'
import { openKinds } from '../../src/features/submissions/definition/kinds.ts'
import { createComparingPort } from '../../src/features/submissions/port.ts'
import { createSealedFiles } from '../../src/seal/sealed-files.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import type { StoredCampaign } from './store-campaign.ts'

export type Read =
  | 'standing of organisations'
  | 'standing of people'
  | 'page of the ranking'
  | 'place of an entry'
  | 'whole ranking'
  | 'statistics'

/** Places of a page, as a card shows them. */
const onPage = 8

/** Milliseconds of each round, by what was read. Throws where what is read is not all that was stored. */
export async function timeReads(
  location: StoreLocation,
  { campaign: id, entries }: StoredCampaign,
  rounds: number,
): Promise<Record<Read, number[]>> {
  const store = await openStore(location)
  try {
    const { db } = store
    const sealer = createSealer(Buffer.alloc(32, 'bench'))
    const knowledgeDir = 'knowledge'
    const refused = (file: string, reason: string) => process.stderr.write(`${file}: ${reason}\n`)
    const kinds = await openKinds({ store, folder: `${knowledgeDir}/submissions`, refused })
    const files = createSealedFiles({ store, blobs: openBlobs(store, location), sealer })
    const quiet = { publicUrl: () => 'http://bot.example', wakeWorkers() {} }
    const records: SubmissionsContext = { store, kinds, sealer, files, knowledgeDir, ...quiet }
    const context = { submissions: createComparingPort(records) }
    const campaign = await readCampaign(db, id)
    if (!campaign) throw new Error('no campaign was stored')
    const by = 'number' as const
    const half = { from: Math.floor(entries / 2), count: 1 }
    const middle = (await readRankingWindow(db, campaign, half)).placed[0]?.entry.submission ?? ''
    const asked: Record<Read, () => Promise<number>> = {
      'standing of organisations': async () =>
        (await standingOfOrganisations(db, context, campaign, { day: '2026-05-01', by })).total.number,
      'standing of people': async () => (await standingOfPeople(db, context, campaign, { by })).total.number,
      'page of the ranking': async () => {
        const { placed, ranked } = await readRankingWindow(db, campaign, { ...half, count: onPage })
        return placed.length === onPage ? ranked : placed.length
      },
      'place of an entry': async () => ((await readPlace(db, campaign, middle)) ? entries : 0),
      'whole ranking': async () => (await readRanking(db, campaign)).placed.length,
      statistics: async () => (await statisticsOf(db, context, campaign, '2026-05-01')).total.number,
    }
    const took = {} as Record<Read, number[]>
    for (const [read, ask] of Object.entries(asked) as [Read, () => Promise<number>][]) {
      const count = await ask()
      if (count !== entries) throw new Error(`${read} found ${count} of ${entries}`)
      took[read] = []
      for (let round = 0; round < rounds; round += 1) {
        const from = performance.now()
        await ask()
        took[read].push(performance.now() - from)
      }
    }
    return took
  } finally {
    await store.close()
  }
}
