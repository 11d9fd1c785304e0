import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseDocument } from './parse-document.ts'

const raw = readFileSync(new URL('../../../test/data/guideline-raw.txt', import.meta.url), 'utf8')
const copy = readFileSync(new URL('../../../knowledge/documents/guideline.md', import.meta.url), 'utf8')
const parsed = parseDocument(raw, 'txt')
const [preamble, ...clauses] = parsed.clauses

function bare(text: string): string {
  return text.replaceAll(/\s/g, '')
}

test('the raw extraction gives one preamble, four chapters and seventeen clauses', () => {
  expect(preamble).toMatchObject({ key: 'preamble', kind: 'preamble', number: null, label: '', path: [] })
  expect(clauses.map((clause) => clause.number)).toEqual(Array.from({ length: 17 }, (_, index) => index + 1))
  expect(clauses.every((clause) => clause.kind === 'clause')).toBe(true)
  expect([...new Set(clauses.flatMap((clause) => clause.path))]).toEqual([
    '一、加强国有企业科协组织建设的重要意义',
    '二、国有企业科协的主要任务',
    '三、国有企业科协组织建设的方法措施',
    '四、加强组织领导',
  ])
})

test('title and issuers are read from the text', () => {
  expect(parsed.title).toBe('关于加强国有企业科协组织建设的意见')
  expect(parsed.issuers).toBe('中国科协、国资委')
})

test('a clause has its key, label, path and lead, and its text on one line', () => {
  expect(clauses[9]).toMatchObject({
    key: '三/十',
    label: '（十）',
    path: ['三、国有企业科协组织建设的方法措施'],
    lead: '坚持组织建设模式创新。',
  })
  expect(clauses[9]!.text).toContain('科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建')
  expect(clauses.every((clause) => !clause.text.includes('\n'))).toBe(true)
})

test('no character is lost, added or moved but white space', () => {
  const pieces = [parsed.issuers!.replaceAll('、', ''), parsed.title!]
  let chapter = ''
  for (const clause of parsed.clauses) {
    const heading = clause.path.join('')
    if (heading !== chapter) pieces.push(heading)
    chapter = heading
    pieces.push(clause.text)
  }
  expect(bare(pieces.join(''))).toBe(bare(raw))
})

test("the project's own copy is the raw text under its front matter, and parses alike", () => {
  const body = copy.split('---\n').slice(2).join('---\n')
  expect(bare(body)).toBe(bare(raw))
  expect(parseDocument(body, 'md')).toEqual(parsed)
})
