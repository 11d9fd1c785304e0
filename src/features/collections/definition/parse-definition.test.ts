import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { languages } from '../../../chat/language.ts'
import { mistakeInWords } from '../making/read-collection-file.ts'
import { parseDefinition } from './parse-definition.ts'

const now = new Date('2026-03-02T01:00:00Z')
/** A file that is right; each case changes one thing. */
const right = `标题: 食堂调查
署名: 署名
截止: 2026-03-20
页面:
  - 题目:
      - 问题: 去食堂吗
        名称: goes
        类型: 单选
        选项: [去, 不去]
  - 条件: { 去食堂吗: 去 }
    题目:
      - 问题: 喜欢什么
        类型: 多选
        选项: [面, 米饭]
        最多: 2
`
const mistakesIn = (text: string | Uint8Array) => {
  const parsed = parseDefinition(typeof text === 'string' ? Buffer.from(text) : text, now)
  return Array.isArray(parsed) ? parsed : []
}

test('a file that is right is understood, in Chinese words and in English ones', () => {
  const parsed = parseDefinition(Buffer.from(right), now)
  if (Array.isArray(parsed)) throw new Error(JSON.stringify(parsed))
  expect(parsed.deadline?.toISOString()).toBe('2026-03-20T10:00:00.000Z')
  expect(parsed.definition.pages[1]?.when).toEqual([{ question: 'goes', is: ['去'] }])
  const english = 'title: Lunch\nquestions:\n  - label: Good?\n    type: checkbox\n'
  expect(mistakesIn(english)).toEqual([])
})

const changed = (from: string, to: string) => right.replace(from, to)

test.each([
  ['not-yaml', 6, changed('      - 问题: 去食堂吗', '     问题: 去食堂吗\n      - 类型')],
  ['tab', 6, changed('      - 问题: 去', '\t- 问题: 去')],
  ['unclosed', 9, changed('选项: [去, 不去]', '选项: [去, "不去]')],
  ['empty', 1, ' \n# 无\n'],
  ['no-names', 1, '- 标题'],
  ['many-documents', 16, `${right}---\n标题: 又一个\n`],
  ['anchor', 1, changed('食堂调查', '&a 食堂调查')],
  ['anchor', 2, changed('署名: 署名', '署名: *a')],
  ['name-twice', 2, changed('署名: 署名', '标题: 又一个')],
  ['too-large', 1, `${right}#${'长'.repeat(30_000)}`],
  ['too-deep', 2, changed('署名: 署名', `署名: ${'['.repeat(40)}${']'.repeat(40)}`)],
  ['missing', 1, changed('标题: 食堂调查\n', '')],
  ['missing', 6, changed('        类型: 单选\n', '')],
  ['name-unknown-near', 2, changed('署名: 署名', 'anonimity: named')],
  ['name-unknown', 2, changed('署名: 署名', '颜色: 红')],
  ['choice-unknown-near', 8, changed('单选', '单先')],
  ['choice-unknown', 2, changed('署名: 署名', '署名: 随便什么都行')],
  ['type-text', 1, changed('食堂调查', '[食堂]')],
  ['type-number', 15, changed('最多: 2', '最多: 两个')],
  ['type-boolean', 2, changed('署名: 署名', '公布结果: 也许')],
  ['type-list', 4, right.replace(/页面:[\s\S]*/, '页面: 一\n')],
  ['type-names', 2, changed('署名: 署名', '对象: 大家')],
  ['too-long', 1, changed('食堂调查', '长'.repeat(61))],
  ['too-small', 2, changed('署名: 署名', '提醒: [-1]')],
  ['too-many', 2, changed('署名: 署名', '提醒: [1, 2, 3, 4, 5, 6]')],
  ['empty-value', 1, changed('食堂调查', '""')],
  ['bad-name', 7, changed('goes', '1去')],
  ['pages-and-questions', 4, changed('页面:', '题目: [{ 问题: 一, 类型: 是否 }]\n页面:')],
  ['label-twice', 12, changed('喜欢什么', '去食堂吗')],
  ['question-twice', 13, changed('        类型: 多选', '        名称: goes\n        类型: 多选')],
  ['options-missing', 14, changed('选项: [面, 米饭]', '选项: [面]')],
  ['options-unwanted', 9, changed('类型: 单选', '类型: 日期')],
  ['option-twice', 14, changed('[面, 米饭]', '[面, 面]')],
  ['most-below-least', 15, changed('最多: 2', '最多: 1\n        最少: 2')],
  ['least-above-options', 15, changed('最多: 2', '最少: 3')],
  [
    'telling-anonymous',
    13,
    right
      .replace('署名: 署名', '署名: 匿名')
      .replace('多选', '人员')
      .replace(/\n {8}选项: \[面.*/, ''),
  ],
  ['unit-anonymous', 3, changed('署名: 署名', '署名: 匿名\n每份: 每单位')],
  ['braces', 1, changed('食堂调查', '"{{definition}}"')],
  ['condition-later', 10, changed('去食堂吗: 去', '喜欢什么: 面')],
  ['condition-unknown', 10, changed('{ 去食堂吗: 去', '{ 去吗: 去')],
  ['condition-value', 10, changed('{ 去食堂吗: 去', '{ 去食堂吗: 常去')],
  ['deadline-form', 3, changed('2026-03-20', '三月二十')],
  ['deadline-past', 3, changed('2026-03-20', '2026-03-01')],
])('%s is told with line %i', (what, line, text) => {
  const found = mistakesIn(text)
  expect(found).toContainEqual(expect.objectContaining({ what, line }))
  for (const mistake of found) {
    for (const language of languages)
      expect(mistakeInWords(mistake, language)).not.toMatch(/\{\{(?!definition)|undefined/)
  }
})

test('a file in another encoding is told as such', () => {
  expect(mistakesIn(new Uint8Array([0xb1, 0xea, 0xcc, 0xe2]))).toMatchObject([{ what: 'not-utf8', line: 1 }])
})

test('the templates of the product are right', () => {
  const folder = 'knowledge/collections'
  const files = readdirSync(folder)
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) expect(mistakesIn(readFileSync(`${folder}/${file}`))).toEqual([])
})
