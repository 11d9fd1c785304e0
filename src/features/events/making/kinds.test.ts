import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PlainError } from '../../../messages/plain-error.ts'
import { explainError } from '../../../messages/translate.ts'
import { openEventKinds, readEventKind } from './kinds.ts'

/** What a person reads of the refusal; empty: it was taken. */
function refusal(text: string, file = 'lecture.yaml'): string {
  try {
    readEventKind(text, file)
    return ''
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return explainError(error, 'zh-CN')
  }
}

test('the kinds of the product hold together', async () => {
  const refused: string[] = []
  const kinds = await openEventKinds({
    folder: 'knowledge/events',
    refused: (file, why) => refused.push(`${file} ${why}`),
  })
  expect(refused).toEqual([])
  expect(kinds.all().map(({ name }) => name)).toEqual([
    ...['forum', 'lecture', 'contest', 'training', 'open-day', 'carrier-activity', 'report-meeting'],
  ])
  expect(kinds.byName('forum')?.questions.map(({ label }) => label['zh-CN'])).toContain('论文题目')
  expect(kinds.byName('open-day')).toMatchObject({
    mostSeats: 100,
    defaults: { public: true, capacity: 100 },
  })
  expect(kinds.byName('no-such')).toBeNull()
})

test('a file that is short has the usual of everything', () => {
  const kind = readEventKind('kind: lecture\ntitle: 沙龙\n', 'lecture.yaml')
  expect(kind).toMatchObject({ title: { 'zh-CN': '沙龙', en: '沙龙' }, mostSeats: null, questions: [] })
  expect(kind.defaults).toMatchObject({
    capacity: null,
    waitingList: true,
    mode: 'first-come',
    offerHours: 4,
  })
})

test.each([
  ['kind: lecture\ntitle: 沙龙\ndefaults:\n  capacity: 0\n', '第 4 行'],
  ['kind: lecture\ntitle: 沙龙\nsets: 3\n', 'sets'],
  ['kind: lecture\ntitle: [', '第 2 行'],
  ['kind: salon\ntitle: 沙龙\n', 'salon'],
  ['kind: lecture\ntitle: 沙龙\n---\nkind: lecture\n', '一个'],
  ['', '一个'],
  ['kind: lecture\ntitle: x\nquestions:\n  - { name: a, label: 甲, type: select }\n', '第 4 行'],
  [
    'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]',
    '过',
  ],
])('what is wrong in %j is named with its line', (text, words) => {
  const said = refusal(text)
  expect(said.replaceAll(/(\d+): /g, '第 $1 行 ')).toContain(words)
})

test('a file that is wrong is told of, and the others hold', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kinds-'))
  await writeFile(join(folder, 'a.yaml'), 'kind: a\ntitle: 甲\n')
  await writeFile(join(folder, 'b.yaml'), 'kind: b\ntitle: 甲\n')
  await writeFile(join(folder, 'c.yaml'), 'kind: c\ntitle: {}\n')
  const refused: string[] = []
  const kinds = await openEventKinds({ folder, refused: (file) => refused.push(file) })
  await rm(folder, { recursive: true })
  expect(kinds.all().map(({ name }) => name)).toEqual(['a'])
  expect(refused).toEqual(['b.yaml', 'c.yaml'])
})
