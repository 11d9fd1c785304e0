import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exportPlan } from '../../src/features/planning/plans/export-plan.ts'
import { type ItemRow, previewItems, readItemTable } from '../../src/features/planning/plans/import-plan.ts'
import { changeItems, type ItemDraft } from '../../src/features/planning/plans/keep-items.ts'
import { createPlan } from '../../src/features/planning/plans/keep-plan.ts'
import { openPlans } from '../../src/features/planning/plans/open-plans.ts'
import { readPlan } from '../../src/features/planning/plans/records.ts'
import { namesIn } from '../../src/features/planning/plans/show-plans.ts'
import { openDutiesHouse } from '../reminders/duties-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

/** Texts as people type them, also those that spreadsheets would compute or cut; no white space at the ends. */
const text = (most: number) =>
  fc
    .oneof(
      fc.string({ minLength: 1, maxLength: most, unit: 'grapheme' }),
      fc.constantFrom('=1+1', '00123', '2026-03-01', '"引号",逗号', '第一行\n第二行', '-'),
    )
    .map((given) => given.replaceAll(/[\p{Cc}\p{Cn}\p{Co}\p{Cs}\ufffe\uffff]/gu, '\n').trim())
    .filter((given) => given !== '' && Array.from(given).length <= most)

const draft: fc.Arbitrary<ItemDraft> = fc.record({
  ...{ section: text(40), goal: text(200), measure: text(60), target: text(60) },
  clause: fc.option(fc.integer({ min: 1, max: 99 })),
  owner: fc.constant(null),
  budget: fc.option(fc.integer({ min: 0, max: 1_000_000_00 }).map((cents) => cents / 100)),
  ...{
    startsOn: fc.constantFrom('2026-01-01', '2026-02-28'),
    endsOn: fc.constantFrom('2026-03-01', '2026-12-31'),
  },
})

async function bytesOf(pieces: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

const row = (line: number, values: Partial<ItemRow['values']>): ItemRow => ({
  line,
  values: {
    ...{ position: '', section: '普及', goal: '开放日', clause: '', measure: '', target: '', owner: '' },
    ...{ budget: '', starts: '2026-05-01', ends: '2026-05-31' },
    ...values,
  },
})

describeEachDatabase('items of a plan as a table', (open) => {
  test('come back as they went out, and what is wrong is told by row and column', async () => {
    const house = await openDutiesHouse(open)
    const { store, people } = house
    const context = openPlans(house.duties.planning)
    const doing = { by: people.王强!, now: house.time.now }
    const made = await store.transaction((trx) =>
      createPlan(trx, context, { organisation: people.branch!, year: 2026, source: 'empty' }, doing),
    )
    const id = made.row.id
    await fc.assert(
      fc.asyncProperty(
        fc.array(draft, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('xlsx' as const, 'csv' as const),
        async (add, format) => {
          await store.transaction((trx) =>
            changeItems(trx, context, { plan: id, seen: null }, { add, change: new Map() }, doing),
          )
          const plan = await readPlan(store.db, id)
          const names = await namesIn(store.db, [plan])
          const { pieces } = exportPlan(plan, names, { format, language: 'zh-CN' })
          const preview = await previewItems(store.db, plan, await readItemTable(await bytesOf(pieces)))
          expect(preview.rows.filter(({ outcome }) => outcome !== 'same')).toEqual([])
          expect(preview.rows).toHaveLength(plan.items.length)
        },
      ),
      { numRuns: 12 },
    )
    const plan = await readPlan(store.db, id)
    const { rows, changes } = await previewItems(store.db, plan, [
      row(2, { owner: '张三', budget: '1,200.50' }),
      row(3, { position: '1', goal: '改过的' }),
      row(4, { position: '1' }),
      row(5, { position: '999' }),
      row(6, { goal: '' }),
      row(7, { owner: '无此人' }),
      row(8, { starts: '2027-01-01' }),
      row(9, { ends: '昨天' }),
      row(10, { ends: '2026-04-01' }),
      row(11, { budget: '很多' }),
      row(12, { goal: '长'.repeat(201) }),
      row(13, { section: '', goal: '', starts: '', ends: '' }),
    ])
    expect(rows.map(({ line, outcome, reason, column }) => [line, reason?.key ?? outcome, column])).toEqual([
      [2, 'add', null],
      [3, 'change', null],
      [4, 'planning:import.twice', 'position'],
      [5, 'planning:import.no-position', 'position'],
      [6, 'planning:import.empty', 'goal'],
      [7, 'planning:no-person', 'owner'],
      [8, 'planning:other-year', 'starts'],
      [9, 'planning:no-day', 'ends'],
      [10, 'planning:end-before-start', null],
      [11, 'planning:no-budget', 'budget'],
      [12, 'planning:import.too-long', 'goal'],
    ])
    expect(changes.add).toMatchObject([{ owner: people.张三, budget: 1200.5 }])
    expect([...changes.change.keys()]).toEqual([plan.items[0]!.id])
    await expect(readItemTable(Buffer.from('甲,乙\r\n1,2\r\n'))).rejects.toThrow('planning:import.no-header')
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
