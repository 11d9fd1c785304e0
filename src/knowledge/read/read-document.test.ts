import { readFileSync } from 'node:fs'
import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import { expect, test } from 'vitest'
import { makeArchive } from '../../../test/documents/make-archive.ts'
import { chineseFont, makePdf } from '../../../test/documents/make-pdf.ts'
import enKnowledge from '../../messages/en/knowledge.json' with { type: 'json' }
import { PlainError } from '../../messages/plain-error.ts'
import { explainError } from '../../messages/translate.ts'
import zhKnowledge from '../../messages/zh-CN/knowledge.json' with { type: 'json' }
import { parseDocument } from '../parse/parse-document.ts'
import { readAndParse, readDocument } from './read-document.ts'

const guideline = readFileSync(new URL('../../../knowledge/documents/guideline.md', import.meta.url), 'utf8')
const body = guideline.split('---\n').slice(2).join('---\n').trim()
const clauses = parseDocument(body, 'md').clauses

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

async function failure(name: string, bytes: Uint8Array, limits = {}): Promise<string> {
  const error: unknown = await readDocument(name, bytes, limits).catch((reason: unknown) => reason)
  if (!(error instanceof PlainError)) return `no plain error: ${String(error)}`
  for (const language of ['zh-CN', 'en'] as const) {
    expect(explainError(error, language)).toContain(name)
    expect(explainError(error, language)).not.toMatch(/\{\{|knowledge:/)
  }
  return error.key.replace('knowledge:read.', '')
}

test('front matter in YAML is parted from the text', async () => {
  const read = await readDocument('guideline.md', bytesOf(guideline))
  expect(read.frontMatter).toEqual({
    document: 'guideline',
    title: '关于加强国有企业科协组织建设的意见',
    issuers: '中国科协、国务院国资委',
  })
  expect(read.text.trim()).toBe(body)
  const lists = '---\nissuers: [甲, 乙]\neffective: 2024-05-01\nvisibleTo: 总部, 财务部\n---\n正文。'
  expect((await readDocument('a.md', bytesOf(lists))).frontMatter).toEqual({
    issuers: '甲、乙',
    effective: '2024-05-01',
    visibleTo: ['总部', '财务部'],
  })
})

test('a PDF with Chinese text gives the same clauses as its source', async () => {
  const pdf = await makePdf((page) => {
    page.font(chineseFont).fontSize(14)
    for (const paragraph of body.split('\n\n')) page.text(`　　${paragraph}`)
  })
  const read = await readDocument('意见.pdf', pdf)
  const parsed = parseDocument(read.text, 'pdf')
  expect(parsed.clauses.map(({ key }) => key)).toEqual(clauses.map(({ key }) => key))
  const bare = (text: string) => text.replaceAll(/\s/g, '')
  expect(parsed.clauses.map(({ text }) => bare(text))).toEqual(clauses.map(({ text }) => bare(text)))
})

test('a DOCX keeps headings, paragraphs and the rows of tables', async () => {
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] })
  const children = [
    new Paragraph({ text: '管理办法', heading: HeadingLevel.HEADING_1 }),
    new Paragraph('第一条　为了规范管理，制定本办法。'),
    new Paragraph('第二条　标准如下：'),
    new Table({ rows: [new TableRow({ children: [cell('项目'), cell('金额')] })] }),
  ]
  const file = await Packer.toBuffer(new Document({ sections: [{ children }] }))
  const read = await readDocument('办法.docx', new Uint8Array(file))
  expect(read.text.split('\n')).toEqual([
    '# 管理办法',
    '第一条　为了规范管理，制定本办法。',
    '第二条　标准如下：',
    '项目 | 金额',
  ])
})

test('HTML gives lines for blocks and drops what is not shown', async () => {
  const page = `<!doctype html><title> 规定 </title><style>p{}</style><h2>第一章 总则</h2>
    <p>第一条　为了<b>规范</b>\n管理。<br>另起一行。</p><script>alert(1)</script>
    <ol start="3"><li>甲</li><li>乙</li></ol>
    <table><tr><th>项目<th>金额<tr><td><p>会费</p><td>100</table><pre>原\n样</pre>`
  const read = await readDocument('规定.html', bytesOf(page))
  expect(read.title).toBe('规定')
  expect(read.text.split('\n')).toEqual([
    '## 第一章 总则',
    '第一条　为了规范 管理。',
    '另起一行。',
    '3. 甲',
    '4. 乙',
    '项目 | 金额',
    '会费 | 100',
    '原',
    '样',
  ])
})

test('markup nested very deep is read', async () => {
  const page = `${'<div>'.repeat(50_000)}深处${'</div>'.repeat(50_000)}`
  expect((await readDocument('deep.html', bytesOf(page))).text).toBe('深处')
})

test('a file with nothing in it, or of a type we do not read', async () => {
  expect(await failure('a.txt', new Uint8Array())).toBe('empty')
  expect(await failure('a.md', bytesOf('---\ntitle: 题\n---\n \n'))).toBe('empty')
  expect(await failure('a.html', bytesOf('<script>1</script>'))).toBe('empty')
  expect(await failure('a.xlsx', bytesOf('x'))).toBe('unknownType')
  expect(await failure('README', bytesOf('x'))).toBe('unknownType')
  expect(await failure('a.doc', bytesOf('x'))).toBe('oldWord')
  expect(await failure('a.txt', new Uint8Array(11), { fileSize: 10 })).toBe('tooLarge')
})

test('binary data in a text file', async () => {
  const noise = Uint8Array.from({ length: 5000 }, (_, index) => (index * index * 7 + index * 13) % 256)
  expect(await failure('a.txt', noise)).toBe('binary')
})

test('a PDF that is scanned, encrypted or broken', async () => {
  const scanned = await makePdf((pdf) => pdf.rect(50, 50, 200, 200).fill('black'))
  expect(await failure('扫描.pdf', scanned)).toBe('scanned')
  const locked = await makePdf((pdf) => pdf.text('secret'), { userPassword: 'a', ownerPassword: 'b' })
  expect(await failure('a.pdf', locked)).toBe('encrypted')
  expect(await failure('a.pdf', bytesOf('%PDF-1.7\nnonsense'))).toBe('broken')
  expect(await failure('a.pdf', bytesOf('plain text'))).toBe('broken')
})

test('a DOCX that is encrypted, broken or a bomb', async () => {
  const ole = Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ])
  expect(await failure('a.docx', new Uint8Array(ole))).toBe('encrypted')
  expect(await failure('a.docx', bytesOf('PK\x03\x04 cut'))).toBe('broken')
  const bomb = makeArchive({ 'word/document.xml': new Uint8Array(3_000_000) }, 10)
  expect(await failure('a.docx', bomb, { unpackedSize: 1_000_000 })).toBe('unpacksTooLarge')
  // The same file within the limit is merely no DOCX.
  expect(await failure('a.docx', bomb, { unpackedSize: 4_000_000 })).toBe('broken')
})

test('reading and parsing in one go gives what the two give apart, long texts included', async () => {
  const long = Array.from(
    { length: 12_000 },
    (_, index) => `第${index + 1}条　科协应当依照本办法开展活动。`,
  ).join('\n')
  for (const [name, source] of [
    ['短.md', guideline],
    ['长.txt', `办法\n${long}`],
    ['页.html', '<h1>办法</h1><p>第一条　甲。<p>第二条　乙。'],
  ] as const) {
    const apart = await readDocument(name, bytesOf(source))
    const { parsed, ...read } = await readAndParse(name, bytesOf(source))
    expect(read).toEqual(apart)
    expect(parsed).toEqual(parseDocument(apart.text, apart.format))
  }
  // It must be the thread that is cut off, not this one that parses.
  const cut = readAndParse('长.txt', bytesOf(long), { time: 0 })
  await expect(cut).rejects.toThrow('tooComplex')
})

test('a file that takes too long', async () => {
  expect(await failure('a.html', bytesOf('<p>x</p>'), { time: 0 })).toBe('tooComplex')
})

test('front matter that cannot be read names its line or field', async () => {
  expect(await failure('a.md', bytesOf('---\ntitle: [\n---\n正文'))).toBe('frontMatter')
  expect(await failure('a.md', bytesOf('---\neffective: 明年\n---\n正文'))).toBe('frontMatterField')
})

test('both languages have the same messages', () => {
  expect(Object.keys(enKnowledge.read)).toEqual(Object.keys(zhKnowledge.read))
})
