import { expect, test } from 'vitest'
import { openTestStore } from '../../test/store/open-test-store.ts'
import { createOrganisation } from '../people/organisations.ts'
import { csvTemplate } from './csv-template.ts'
import { readTable, takeRows } from './import-records.ts'

const headings = { name: ['姓名', 'name'], unit: ['单位', 'unit'] } as const
const refusals = { header: 'problems:command.no-header', table: 'problems:command.no-table' }
const read = (text: string) =>
  readTable(new TextEncoder().encode(text), { headings, needed: ['name'], refusals })

test('a template is a table that is taken in as it stands', async () => {
  const template = csvTemplate(headings, ['李梅', '一分公司'])
  expect(template.startsWith('\ufeff姓名,单位\r\n')).toBe(true)
  expect(await read(template)).toEqual([{ line: 2, values: { name: '李梅', unit: '一分公司' } }])
})

test('what is no such table is refused in words, with the cause beside', async () => {
  await expect(read('电话\r\n1\r\n')).rejects.toMatchObject({
    key: refusals.header,
    cause: { why: 'no-header' },
  })
  const long = `姓名\r\n${'李梅\r\n'.repeat(5001)}`
  await expect(read(long)).rejects.toMatchObject({ key: refusals.table, cause: { why: 'too-large' } })
})

test('rows are taken in their order, and what was committed before a failure stays', async () => {
  const { store, close } = await openTestStore()
  const rows = Array.from({ length: 120 }, (_, at) => `row ${at}`)
  const keep = (fails: string) =>
    takeRows(store, rows, async (trx, row) => {
      if (row === fails) throw new Error('no more')
      await createOrganisation(trx, { name: row, kind: 'branch', parent: null })
      return row
    })
  await expect(keep('row 70')).rejects.toThrow('no more')
  const kept = await store.db.selectFrom('organisation').select('name').execute()
  // Whole transactions of fifty.
  expect(kept.map(({ name }) => name).sort()).toEqual(rows.slice(0, 50).sort())
  await store.transaction((trx) => trx.deleteFrom('organisation').execute())
  expect(await keep('none')).toEqual(rows)
  await close()
})
