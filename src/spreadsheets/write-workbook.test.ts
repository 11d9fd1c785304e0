import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import type { Cell } from './cell.ts'
import { csvCell, writeCsv } from './write-csv.ts'
import { writeWorkbook } from './write-workbook.ts'

async function* rowsOf(rows: readonly (readonly Cell[])[]) {
  yield* rows
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

const workbookOf = (rows: readonly (readonly Cell[])[]) =>
  bytesOf(writeWorkbook([{ name: '台账', rows: rowsOf(rows) }]))

test('a workbook holds texts, numbers, days and minutes as what they are', async () => {
  const book = await workbookOf([
    ['编号', '效益', '日期', '时间', '身份证'],
    ['JY-2026-0001', 120000.5, { day: '2026-03-01' }, { minute: '2026-03-01 16:30' }, '110101199001011234'],
    ['=cmd|x!A1', -3, null, null, '0012'],
  ])
  expect(await readSheet(book)).toEqual([
    ['编号', '效益', '日期', '时间', '身份证'],
    [
      ...['JY-2026-0001', 120000.5, new Date('2026-03-01T00:00:00Z'), new Date('2026-03-01T16:30:00Z')],
      '110101199001011234',
    ],
    ['=cmd|x!A1', -3, null, null, '0012'],
  ])
})

test('an independent reader finds a sound archive, well-formed parts and no formula', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kexie-book-'))
  try {
    const file = join(folder, 'book.xlsx')
    const nasty = ['=1+1', '<b>&"\u0001\ud800', '_x0041_', 'مرحبا 🙂', 'a\r\nb', '字'.repeat(40_000)]
    await writeFile(file, await workbookOf([nasty, nasty]))
    const script = `
import json, sys, zipfile, xml.dom.minidom
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
parts = {name: xml.dom.minidom.parseString(archive.read(name)) for name in archive.namelist()}
sheet = parts['xl/worksheets/sheet1.xml']
texts = [''.join(child.data for child in t.childNodes) for t in sheet.getElementsByTagName('t')]
print(json.dumps({'formulas': len(sheet.getElementsByTagName('f')), 'texts': texts}))`
    const found = JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' })) as {
      formulas: number
      texts: string[]
    }
    expect(found.formulas).toBe(0)
    expect(found.texts.slice(0, 5)).toEqual(['=1+1', '<b>&"\ufffd', '_x005F_x0041_', 'مرحبا 🙂', 'a\nb'])
    expect(found.texts[5]).toHaveLength(32_767)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('what fails while rows are read is told, and no archive ends as if it were whole', async () => {
  async function* broken() {
    yield ['编号']
    throw new Error('no more')
  }
  await expect(bytesOf(writeWorkbook([{ name: 'a', rows: broken() }]))).rejects.toThrow('no more')
})

test('a CSV file begins with its mark and ends lines as spreadsheets do', async () => {
  const text = (
    await bytesOf(
      writeCsv(
        rowsOf([
          ['编号', '"甲",乙'],
          ['行\n二', -1],
        ]),
      ),
    )
  ).toString('utf8')
  expect(text).toBe('\ufeff编号,"""甲"",乙"\r\n"行\n二",-1\r\n')
})

test.each([
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ['+1', "'+1"],
  ['-1+2', "'-1+2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\n=1"'],
  ['\0=1', "'=1"],
  ['＝1', "'＝1"],
  ['\u200b=1', "'\u200b=1"],
  ['110101199001011234', "'110101199001011234"],
  ['007', "'007"],
  ['1e5', "'1e5"],
  ['12.5', '12.5'],
  ['快换-夹具', '快换-夹具'],
])('%j stands in CSV as %j', (given, wanted) => {
  expect(csvCell(given)).toBe(wanted)
})

test('no text of anybody begins a cell as a formula', () => {
  const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\0', ' ', '"', '＝', '\u200b', '')
  fc.assert(
    fc.property(fc.array(start, { maxLength: 4 }), fc.string({ unit: 'binary' }), (begin, rest) => {
      const cell = csvCell(begin.join('') + rest).replace(/^"/, '')
      expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u)
    }),
  )
})

test('whatever is written is read again', async () => {
  const clean = fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map((text) => text.replaceAll(/[\p{Cc}\ufffe\uffff_]/gu, ''))
  await fc.assert(
    fc.asyncProperty(fc.array(clean, { minLength: 1, maxLength: 40 }), async (texts) => {
      const read = await readSheet(await workbookOf([['a'], ...texts.map((text) => [`:${text}`])]))
      expect(read.slice(1).map((row) => row[0])).toEqual(texts.map((text) => `:${text}`.trim()))
    }),
    { numRuns: 30 },
  )
})
