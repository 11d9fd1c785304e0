import type { Kysely } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { storeCampaign } from '../../bench/campaigns/store-campaign.ts'
import { statisticsOf } from '../../src/features/campaigns/making/campaign-statistics.ts'
import { readCampaign } from '../../src/features/campaigns/records.ts'
import type { SubmissionsContext } from '../../src/features/submissions/context.ts'
import { openKinds } from '../../src/features/submissions/definition/kinds.ts'
import { createComparingPort } from '../../src/features/submissions/port.ts'
import type { Figures } from '../../src/features/submissions/statistics/tally.ts'
import { createSealedFiles } from '../../src/seal/sealed-files.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { keepExpected } from '../../src/store/migrations/044-expected.ts'
import { openStore } from '../../src/store/store.ts'
import { freshLocation } from '../store/each-database.ts'

const outcomes = ['admitted', 'decided', 'adopted', 'declined', 'completed'] as const
const counted = ['number', ...outcomes, 'expected', 'benefit', 'senders'] as const
type Counted = Record<(typeof counted)[number], number>

test.each(['sqlite', 'postgres'] as const)(
  'a campaign is counted as record by record (%s)',
  async (dialect) => {
    const location = await freshLocation(dialect, cleanUps)
    const { campaign: id } = await storeCampaign(location, { entries: 150, reviewers: 3, people: 200 })
    const store = await openStore(location)
    cleanUps.push(() => store.close())
    const sealer = createSealer(Buffer.alloc(32, 'test'))
    const kinds = await openKinds({ store, folder: 'knowledge/submissions', refused: () => {} })
    const files = createSealedFiles({ store, blobs: openBlobs(store, location), sealer })
    const quiet = { publicUrl: () => 'http://bot.example', wakeWorkers() {} }
    const context: SubmissionsContext = { store, kinds, sealer, files, ...quiet }

    // Edges of days and of the period, amounts that are none, what was erased or taken out, co-authors, and nobody's.
    const all = await store.db.selectFrom('submission').selectAll().orderBy('number').execute()
    const instants = [
      ...['2026-02-10T03:00:00.000Z', '2026-02-28T15:59:59.999Z', '2026-02-28T16:00:00.000Z'],
      ...['2026-03-07T15:59:59.999Z', '2026-03-07T16:00:00.000Z', '2026-04-30T15:59:59.000Z'],
    ]
    const contents = [
      '',
      '{"expected":"1200"}',
      '{"expected":null}',
      '{"expected":12.34}',
      '{"expected":0.1}',
    ]
    await store.transaction(async (trx) => {
      for (const [at, row] of all.entries()) {
        const set = {
          ...(at % 7 === 0 ? { submitted_at: instants[(at / 7) % instants.length]! } : {}),
          ...(at % 5 === 0 ? { content: contents[(at / 5) % contents.length]! } : {}),
          ...(at % 11 === 0 ? { author: null } : {}),
        }
        if (Object.keys(set).length > 0) {
          await trx.updateTable('submission').set(set).where('id', '=', row.id).execute()
        }
        if (at % 13 === 0) {
          await trx
            .updateTable('campaign_entry')
            .set({ state: 'out' })
            .where('submission', '=', row.id)
            .execute()
        }
        if (at % 4 === 0) {
          const other = all[(at + 9) % all.length]!.author
          if (other === null || other === row.author) continue
          await trx
            .insertInto('submission_author')
            .values({
              submission: row.id,
              person: other,
              confirmed: at % 8 === 0 ? 1 : 0,
              answered_at: null,
              merged_from: null,
            })
            .execute()
        }
      }
    })

    // What is expected is taken out of the texts, as from a database of before it stood beside them.
    await store.transaction(async (trx) => {
      await trx.schema.dropIndex('submission_counted').execute()
      await trx.schema.alterTable('submission').dropColumn('expected').execute()
      await keepExpected(trx as unknown as Kysely<unknown>)
    })

    const campaign = (await readCampaign(store.db, id))!
    const statistics = await statisticsOf(
      store.db,
      { submissions: createComparingPort(context) },
      campaign,
      '2026-05-20',
    )
    const records = await recordsOf(context, id)
    expect(records.length).toBeGreaterThan(130)
    expect(shown(statistics.total)).toEqual(sum(records, () => true))
    expect(statistics.total.expected).toBeGreaterThan(1000)
    expect(statistics.total.adopted).toBeGreaterThan(0)
    const branches = await store.db.selectFrom('organisation').select(['id', 'name']).execute()
    const members = await store.db.selectFrom('membership').select(['person', 'organisation']).execute()
    for (const { name, figures } of statistics.byOrganisation) {
      const branch = branches.find((one) => one.name === name)!.id
      // Whoever helped from another branch is no head of this one.
      const isHead = (person: string) =>
        members.some((one) => one.person === person && one.organisation === branch)
      const own = records
        .filter(({ organisation }) => organisation === branch)
        .map((one) => ({ ...one, people: one.people.filter(isHead) }))
      expect([name, shown(figures)]).toEqual([name, sum(own, () => true)])
    }
    // The first is before the campaign began, since something older was entered.
    expect(statistics.period.from).toBe('2026-02-10')
    const weeks = statistics.byTime.map(({ name, figures }) => {
      const [from = '', until = ''] = name.split(' – ')
      return [shown(figures), sum(records, ({ day }) => day.slice(5) >= from && day.slice(5) <= until)]
    })
    expect(weeks.length).toBeGreaterThan(9)
    for (const [found, expected] of weeks) expect(found).toEqual(expected)
  },
)

interface OneRecord extends Counted {
  day: string
  organisation: string | null
  people: string[]
}

/** Each record by itself, read as it stands. */
async function recordsOf({ store, kinds }: SubmissionsContext, campaign: string): Promise<OneRecord[]> {
  const entries = await store.db
    .selectFrom('campaign_entry')
    .innerJoin('submission', 'submission.id', 'campaign_entry.submission')
    .selectAll('submission')
    .where('campaign_entry.campaign', '=', campaign)
    .where('campaign_entry.state', '=', 'in')
    .execute()
  const history = await store.db.selectFrom('submission_history').select(['submission', 'to_state']).execute()
  const authors = await store.db
    .selectFrom('submission_author')
    .selectAll()
    .where('confirmed', '=', 1)
    .execute()
  return entries.map((row) => {
    const { states } = kinds.of(row)
    const reached = history.flatMap((one) => (one.submission === row.id ? states[one.to_state]!.counts : []))
    const amount = row.content === '' ? 0 : (JSON.parse(row.content) as { expected?: unknown }).expected
    const beside = authors.flatMap(({ submission, person }) => (submission === row.id ? [person] : []))
    const ever = Object.fromEntries(outcomes.map((one) => [one, reached.includes(one) ? 1 : 0]))
    return {
      ...(ever as Record<(typeof outcomes)[number], number>),
      ...{ number: 1, senders: 0, benefit: row.benefit ?? 0, organisation: row.organisation },
      expected: typeof amount === 'number' ? amount : 0,
      day: new Date(Date.parse(row.submitted_at) + 8 * 3_600_000).toISOString().slice(0, 10),
      people: [...(row.author === null ? [] : [row.author]), ...beside],
    }
  })
}

function sum(records: readonly OneRecord[], isMeant: (record: OneRecord) => boolean): Counted {
  const meant = records.filter(isMeant)
  const sums = counted.map((what) => [
    what,
    Math.round(meant.reduce((total, one) => total + one[what], 0) * 100) / 100,
  ])
  const senders = new Set(meant.flatMap(({ people }) => people)).size
  return { ...(Object.fromEntries(sums) as Counted), senders }
}

function shown(figures: Figures): Counted {
  return {
    ...(Object.fromEntries(counted.map((what) => [what, what === 'senders' ? 0 : figures[what]])) as Counted),
    senders: figures.participants,
  }
}

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})
