import { afterEach, expect, test } from 'vitest'
import { storeCampaign } from '../../bench/campaigns/store-campaign.ts'
import {
  readPlace,
  readRanking,
  readRankingWindow,
} from '../../src/features/campaigns/judging/read-ranking.ts'
import { readCampaign } from '../../src/features/campaigns/records.ts'
import { openStore } from '../../src/store/store.ts'
import { freshLocation } from '../store/each-database.ts'

const entries = 120

test.each([
  ['sqlite', 'resolved'],
  ['sqlite', 'shared'],
  ['postgres', 'resolved'],
  ['postgres', 'shared'],
] as const)('pages and single places are those of the whole ranking (%s, %s)', async (dialect, ties) => {
  const location = await freshLocation(dialect, cleanUps)
  const { campaign: id } = await storeCampaign(location, { entries, reviewers: 5, people: 200 })
  const store = await openStore(location)
  cleanUps.push(() => store.close())
  await store.transaction(async (trx) => {
    const judging = { ended_at: null, notice_until: null, stopped_at: null, confirmed_by: null }
    await trx
      .insertInto('campaign_judging')
      .values({ campaign: id, ties, ...judging, confirmed_at: null })
      .execute()
    const all = await trx.selectFrom('campaign_entry').select('submission').orderBy('submission').execute()
    for (const [at, { submission }] of all.entries()) {
      // Few scores, so that very many are equal; some have none, some one review only.
      const score = at % 10 === 0 ? null : 1000 * (60 + (at % 7))
      await trx
        .updateTable('campaign_entry')
        .set({ score, given: at % 4, state: at % 13 === 0 ? 'out' : 'in' })
        .where('submission', '=', submission)
        .execute()
    }
  })
  const campaign = await readCampaign(store.db, id)
  if (!campaign) throw new Error('no campaign was stored')
  const plain = ({ entry, ...one }: { entry: { submission: string } }) => ({ ...one, of: entry.submission })
  const whole = await readRanking(store.db, campaign)
  const expected = whole.placed.map(plain)
  expect(expected.length).toBeGreaterThan(80)
  for (let from = 0; from <= expected.length; from += 3) {
    const window = await readRankingWindow(store.db, campaign, { from, count: 8 })
    expect(window.placed.map(plain)).toEqual(expected.slice(from, from + 8))
    expect(window.ranked).toBe(expected.length)
    expect(window.unranked).toBe(whole.all.length - expected.length)
    const page = window.placed[0]
    if (page) expect(await readPlace(store.db, campaign, page.entry.submission)).toEqual(page)
  }
  const unplaced = whole.all.find(({ score }) => score === null)
  expect(await readPlace(store.db, campaign, unplaced!.submission)).toBeNull()
  const given = await store.db
    .selectFrom('campaign_entry')
    .select('submission')
    .where('state', '=', 'in')
    .where('score', 'is not', null)
    .where('given', '<', campaign.rubric.reviews)
    .execute()
  expect((await readRankingWindow(store.db, campaign, { from: 0, count: 1 })).few).toBe(given.length)
})

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})
