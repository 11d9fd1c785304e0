import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { describeEachDatabase } from '../../../../test/store/each-database.ts'
import { readCommonWords } from '../../../knowledge/search/common-words.ts'
import { Vocabulary } from '../../../knowledge/search/vocabulary.ts'
import { createOrganisation } from '../../../people/organisations.ts'
import type { Store } from '../../../store/store.ts'
import { enterExpert, readFields, settleExpert } from './directory.ts'
import { createExpertSearch } from './expert-search.ts'
import { matchReasons } from './match-reasons.ts'

interface Pair {
  problem: string
  fields: string
  description: string
}

const pairs = readFileSync('test/data/problems-experts.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Pair)
const now = new Date('2026-03-02T01:00:00Z')

describeEachDatabase('the search for experts', (open) => {
  let store: Store
  afterEach(() => store.close())

  async function settle() {
    ;({ store } = await open({ clock: () => now, databaseClock: () => now }))
    const root = await store.transaction(async (trx) => {
      const { id } = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
      for (const [at, { fields, description }] of pairs.entries()) {
        await enterExpert(trx, {
          ...{
            root: id,
            person: null,
            name: `专家${at}`,
            organisation: '',
            fields,
            description,
            contact: '',
          },
          ...{ source: 'cadre', consent: true, enteredBy: null, approved: true, now },
        })
      }
      return id
    })
    const words = { vocabulary: new Vocabulary([]), commonWords: await readCommonWords() }
    return { root, search: createExpertSearch(words) }
  }

  test(`finds the one who knows it for each of ${pairs.length} problems, and says why`, async () => {
    const { root, search } = await settle()
    expect(pairs.length).toBeGreaterThanOrEqual(20)
    let first = 0
    const missed: string[] = []
    for (const [at, { problem }] of pairs.entries()) {
      const found = await search.match(store.db, { root, text: problem, limit: 3 })
      if (found[0]?.expert.name === `专家${at}`) first += 1
      const right = found.find(({ expert }) => expert.name === `专家${at}`)
      if (!right) missed.push(problem)
      else expect(right.reasons.length).toBeGreaterThan(0)
    }
    expect(missed).toEqual([])
    expect(first).toBeGreaterThanOrEqual(pairs.length - 1)
  })

  test('suggests nobody for what nobody knows', async () => {
    const { root, search } = await settle()
    for (const text of ['食堂菜价太贵，排队时间长。', '希望多组织青年联谊和趣味运动会。', '停车位不够用。']) {
      expect(await search.match(store.db, { root, text, limit: 5 })).toEqual([])
    }
  })

  test('forgets whoever was taken out, and knows nobody of another root', async () => {
    const { root, search } = await settle()
    const [{ problem }] = pairs as [Pair]
    const [best] = await search.match(store.db, { root, text: problem, limit: 1 })
    expect(await search.match(store.db, { root: 'other', text: problem, limit: 5 })).toEqual([])
    await store.transaction((trx) => settleExpert(trx, best!.expert, 'retired', null, now))
    const left = await search.match(store.db, { root, text: problem, limit: 5 })
    expect(left.map(({ expert }) => expert.id)).not.toContain(best!.expert.id)
  })
})

describe('reasons', () => {
  test('are fields of work that the problem is about, then what both say', () => {
    const expert = { fields: '变形控制、财务审计', description: '做过法兰件的变形校正。' }
    expect(matchReasons('法兰件变形控制困难，校正费时', expert)).toEqual(['变形控制', '法兰件'])
    expect(matchReasons('食堂排队时间长', expert)).toEqual([])
  })

  test('stand in both texts, whatever these are', () => {
    const text = fc.stringMatching(/^[\u4e00-\u4e0a，a-c ]{0,40}$/)
    fc.assert(
      fc.property(text, text, (problem, description) => {
        for (const reason of matchReasons(problem, { fields: '', description })) {
          expect(problem).toContain(reason)
          expect(description).toContain(reason)
        }
      }),
    )
  })
})

test.each([
  ['焊接，铸造; 焊接', '焊接、铸造'],
  ['焊接/热处理、', '焊接、热处理'],
  [' 焊接 ', '焊接'],
])('fields typed as %s are kept as %s', (typed, kept) => {
  expect(readFields(typed)).toBe(kept)
})

test('an expert without a field is none', () => {
  expect(() => readFields(' 、，')).toThrow('problems:experts.fields-missing')
})
