import { expect, test } from 'vitest'
import { forgetSmallUnits, openBoxes, putInBox } from '../../src/features/consultations/boxes.ts'
import { saidIn } from '../../src/features/consultations/said.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { testSealer } from '../fakes/test-sealer.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const questions = [{ text: '是否立项？', choices: ['同意', '不同意'] }]
const said = (n: number, unit: string) =>
  saidIn(questions, { q0: String(n % 2), remark: `第${n}人的话` }, unit)

/** A consultation to which answers can belong. */
async function begin(store: Store): Promise<void> {
  await store.transaction(async (trx) => {
    const { id: organisation } = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
    const { id: person } = await createPerson(trx, { name: '张三' })
    const at = '2026-03-02T01:00:00.000Z'
    const row = {
      ...{ id: 'c', number: 'ZX-2026-0001', kind: 'title' as const, title: '', text: '', questions: '[]' },
      ...{ organisation, audience: '{}', naming: 'unsigned' as const, until: at, remind: '[]', revision: 0 },
      ...{ decider: person, state: 'open' as const, reason: '', decision: '', adoption: '', adopted: '[]' },
      ...{ made_by: person, made_at: at, sent_at: at, closed_at: null, decided_at: null },
    }
    await trx.insertInto('consultation').values(row).execute()
  })
}

const boxesOf = (store: Store) => store.db.selectFrom('consultation_box').selectAll().execute()

describeEachDatabase('a box of answers', (open, dialect) => {
  test('keeps what many say at the same moment', async () => {
    const { store } = await open()
    await begin(store)
    const all = Array.from({ length: 8 }, (_, n) => said(n, 'a'))
    await Promise.all(all.map((one) => store.transaction((trx) => putInBox(trx, testSealer, 'c', one))))
    const found = await openBoxes(store.db, testSealer, 'c')
    expect(found?.votes).toHaveLength(8)
    expect(new Set(found?.remarks.map(({ text }) => text)).size).toBe(8)
    expect(await boxesOf(store)).toHaveLength(1)
  })

  if (dialect === 'postgres') return

  test('is parted by chance when it is full, and forgets the units of which few answered', async () => {
    const { store } = await open()
    await begin(store)
    await store.transaction(async (trx) => {
      for (let n = 0; n < 230; n += 1)
        await putInBox(trx, testSealer, 'c', said(n, n < 3 ? 'few' : n < 100 ? 'a' : 'b'))
    })
    const boxes = await boxesOf(store)
    expect(boxes).toHaveLength(2)
    for (const { sealed } of boxes) expect(sealed).not.toContain('人的话')
    const found = await openBoxes(store.db, testSealer, 'c')
    expect(new Set(found?.remarks.map(({ text }) => text)).size).toBe(230)
    await store.transaction((trx) => forgetSmallUnits(trx, testSealer, 'c'))
    const left = await openBoxes(store.db, testSealer, 'c')
    expect(left?.votes).toHaveLength(230)
    // The smaller of the large ones goes with the few: by what is left of all, these would be told.
    expect(new Set(left?.votes.map(({ unit }) => unit))).toEqual(new Set(['b', null]))
  })
})
