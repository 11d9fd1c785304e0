import { expect, test } from 'vitest'
import { readRecords } from './read-records.ts'

const options = {
  headings: { name: ['姓名', 'name'], unit: ['单位', 'unit'] },
  needed: ['name'],
  most: 2,
} as const
const read = (text: string) => readRecords(new TextEncoder().encode(text), options)

test('rows are read by what their columns are called, whatever their order', async () => {
  expect(await read('单位,备注,姓名\n一分公司,x,张三\n,,李四\n')).toEqual([
    { line: 2, values: { name: '张三', unit: '一分公司' } },
    { line: 3, values: { name: '李四', unit: '' } },
  ])
  expect(await read('Name\n张三\n')).toEqual([{ line: 2, values: { name: '张三', unit: '' } }])
})

test.each([
  ['', 'no-header'],
  ['单位\n一分公司\n', 'no-header'],
  ['姓名\na\nb\nc\n', 'too-large'],
  ['姓名\n张\0三\n', 'broken'],
])('%j is no such table: %s', async (text, why) => {
  await expect(read(text)).rejects.toMatchObject({ why })
})
