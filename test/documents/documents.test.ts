import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readAndParse } from '../../src/knowledge/read/read-document.ts'

/**
 * Documents as enterprises write them, of an imaginary company, in the formats and encodings they come in. What
 * each must give stands beside it, in `<name>.clauses.txt`: title, issuers, then key, kind and lead of each clause.
 */
const folder = new URL('../data/documents/', import.meta.url)
const files = readdirSync(folder).filter((file) => !file.endsWith('.clauses.txt'))

async function read(file: string) {
  return readAndParse(file, new Uint8Array(readFileSync(new URL(encodeURIComponent(file), folder))))
}

describe.each(files)('%s', (file) => {
  test('gives its clauses', async () => {
    const { parsed } = await read(file)
    const clauses = parsed.clauses.map(({ key, kind, lead }) => `${key}｜${kind}｜${lead}`)
    const actual = [parsed.title ?? '', parsed.issuers ?? '', ...clauses]
    const expected = readFileSync(new URL(`${encodeURIComponent(file)}.clauses.txt`, folder), 'utf8')
    expect(actual).toEqual(expected.trimEnd().split('\n'))
  })

  test('loses no text', async () => {
    const { text, parsed } = await read(file)
    const headings = parsed.clauses.flatMap((clause) => [...clause.path, clause.text])
    const kept = [parsed.title ?? '', ...(parsed.issuers ?? '').split('、'), ...headings]
      .join('')
      .replaceAll(/\s/g, '')
    const lines = text.split('\n').map((line) => line.replaceAll(/^#+ |\*\*|\s/g, ''))
    const contents = /^(?:目录|-\[.*\]\(#.*\))$/
    expect(lines.filter((line) => !contents.test(line) && !kept.includes(line))).toEqual([])
  })
})

test('what was numbered by Word, and cells of a table, stand in the clause as printed', async () => {
  const notice = (await read('通知.docx')).parsed.clauses
  expect(notice.find(({ key }) => key === '二/一')?.text).toBe(
    '（一）主场活动。在集团展厅举办，内容包括：\n1．科普展览；\n2．专家讲座：\n（1）每场不超过90分钟；\n（2）每场不少于50人。',
  )
  const rules = (await read('实施细则.docx')).parsed.clauses
  expect(rules.find(({ key }) => key === '2/2.2')?.text).toContain(
    '2.2.2 每年12月汇总全年学时，按3.2的要求报送。',
  )
  expect(rules.find(({ key }) => key === '3/3.1')?.text).toContain('学术报告 | 4 | 每半天')
})

test('running headers and page numbers of a PDF stand in no clause', async () => {
  const texts = (await read('章程.pdf')).parsed.clauses.map(({ text }) => text).join('\n')
  expect(texts).not.toMatch(/制度汇编|第 \d 页/)
})
