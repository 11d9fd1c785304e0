import { expect, test } from 'vitest'
import { PlainError } from '../../messages/plain-error.ts'
import { splitFrontMatter } from './front-matter.ts'

function refusal(lines: string): PlainError {
  try {
    splitFrontMatter(`---\n${lines}\n---\n正文。`, '办法.md')
  } catch (error) {
    if (error instanceof PlainError) return error
  }
  throw new Error(`not refused: ${lines}`)
}

test.each([
  ['visible-to: role:cadre', 'visible-to', 'visibleTo'],
  ['visible_to: role:cadre', 'visible_to', 'visibleTo'],
  ['visibleto: role:cadre', 'visibleto', 'visibleTo'],
  ['Visible To: role:cadre', 'Visible To', 'visibleTo'],
  ['visibelTo: role:cadre', 'visibelTo', 'visibleTo'],
  ['visibility: role:cadre', 'visibility', 'visibleTo'],
  ['可见范围: role:cadre', '可见范围', 'visibleTo'],
  ['Title: 办法', 'Title', 'title'],
  ['Issuer: 总部', 'Issuer', 'issuer'],
  ['issued_by: 总部', 'issued_by', 'issuers'],
  ['effectiveDate: 2024-05-01', 'effectiveDate', 'effective'],
  ['efective: 2024-05-01', 'efective', 'effective'],
])('“%s” is refused, and the right name given', (line, field, meant) => {
  const values = { file: '办法.md', field, meant }
  expect(refusal(`document: d\n${line}`)).toEqual(new PlainError('knowledge:read.frontMatterName', values))
})

test.each(['visibleTo:', 'visibleTo: []', "visibleTo: ''", 'visibleTo: "，"'])(
  '“%s” names nobody, and does not open the document to all',
  (line) => {
    expect(refusal(line).key).toBe('knowledge:read.frontMatterField')
  },
)

test('details after blank lines count, and those that never end are refused', () => {
  const source = '\n---\nvisibleTo: role:cadre\n---\n正文。'
  expect(splitFrontMatter(source, 'a.md')).toEqual({
    frontMatter: { visibleTo: ['role:cadre'] },
    text: '正文。',
  })
  expect(() => splitFrontMatter('---\nvisible-to: role:cadre\n\n正文。', 'a.md')).toThrow('frontMatterOpen')
})

test('what has nothing to do with us is let pass', () => {
  const source = '---\nauthor: 张三\ndate: 2024-01-01\ntags: [a]\nissuer: 总部\n---\n正文。'
  expect(splitFrontMatter(source, 'a.md')).toEqual({ frontMatter: { issuers: '总部' }, text: '正文。' })
})

test('a rule at the top, and text between two rules, are text', () => {
  for (const source of ['---\n正文。', '---\n正文一。\n---\n正文二。']) {
    expect(splitFrontMatter(source, 'a.md')).toEqual({ frontMatter: {}, text: source })
  }
})
