import { expect, test } from 'vitest'
import { castBallot } from '../../src/features/collections/answering/ballot.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const at = '2026-03-01T01:00:00.000Z'
const rounds = 60
const voters = 4

describeEachDatabase('anonymous answers', (open) => {
  test('lie in an order that says nothing of who came last, and all of them are kept', async () => {
    const { store } = await open()
    const places: number[] = []
    await store.transaction(async (trx) => {
      const place = { name: '一分公司', kind: 'branch' as const, parent: null }
      const { id: organisation } = await createOrganisation(trx, place)
      const { id: maker } = await createPerson(trx, { name: '王强' })
      const row = {
        ...{ id: 'c', number: 'SJ-2026-0001', title: '食堂', organisation, version: 1, shares: 0 as const },
        ...{ anonymity: 'anonymous' as const, per: 'person' as const, audience: null, deadline: null },
        ...{ remind: '[]', state: 'open' as const, revision: 0, made_by: maker, made_at: at, opened_at: at },
      }
      await trx
        .insertInto('collection')
        .values({ ...row, ended_at: null })
        .execute()
      for (let round = 0; round < rounds; round += 1) {
        for (let n = 0; n < voters; n += 1) {
          await castBallot(trx, { collection: 'c', values: { q1: String(n) } })
        }
        // As the database keeps them, by no order of ours.
        const rows = await trx.selectFrom('collection_ballot').selectAll().execute()
        const given = rows.map(({ content }) => (JSON.parse(content) as { q1: string }).q1)
        expect(given.toSorted()).toEqual(['0', '1', '2', '3'])
        places.push(given.indexOf(String(voters - 1)))
        await trx.deleteFrom('collection_ballot').execute()
      }
    })
    // By lot each place has 15 of 60: that one has none, or 40, happens about once in ten million.
    for (let place = 0; place < voters; place += 1) {
      const count = places.filter((one) => one === place).length
      expect(count).toBeGreaterThan(0)
      expect(count).toBeLessThan(40)
    }
  })
})
