import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell } from './cell.ts'
import type { ReadRow } from './read-cell.ts'
import { readRows } from './read-rows.ts'
import { isDateFormat, serialToDate } from './workbook-dates.ts'
import { writeCsv } from './write-csv.ts'
import { writeWorkbook } from './write-workbook.ts'
import { zipStream } from './zip-stream.ts'

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

async function* each<T>(items: Iterable<T>) {
  yield* items
}

async function rowsOf(bytes: Uint8Array): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  for await (const row of readRows(bytes)) rows.push(row)
  return rows
}

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook with these parts, beside what every one has. */
function bookOf(sheet: Iterable<string>, more: Record<string, string> = {}): Promise<Buffer> {
  const parts: Record<string, Iterable<string>> = {
    'xl/workbook.xml': [
      `<workbook xmlns:r="${relations}"><sheets><sheet name="a>b" sheetId="1" state="hidden" r:id="rId9"/><sheet name="b" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    ],
    'xl/_rels/workbook.xml.rels': [
      `<Relationships><Relationship Id="rId1" Target="worksheets/sheet2.xml"/></Relationships>`,
    ],
    'xl/worksheets/sheet2.xml': sheet,
    ...Object.fromEntries(Object.entries(more).map(([path, text]) => [path, [text]])),
  }
  return bytesOf(zipStream(Object.entries(parts).map(([path, text]) => ({ path, text }))))
}

test('what another program wrote is read: shared texts, dates, errors, hidden sheets, gaps', async () => {
  const book = await bookOf(
    [
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2" t="s"><x:v>1</x:v></x:c><x:c r="D2" s="1"><x:v>45356</x:v></x:c>',
      '<x:c r="E2" s="1"><x:v>45356.5</x:v></x:c></x:row><x:row r="3"/><x:row><x:c t="e"><x:v>#REF!</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c>',
      '<x:c t="str"><x:f>A1&amp;B1</x:f><x:v>a&#x4e2d;_x0041_</x:v></x:c><x:c><x:v>1e3</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    ],
    {
      'xl/sharedStrings.xml':
        '<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst><si><t>零</t></si><si><r><t xml:space="preserve">换 </t></r><r><t>型&a;</t></r><rPh><t>かん</t></rPh></si></sst>',
      'xl/styles.xml':
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    },
  )
  expect(await rowsOf(book)).toEqual([
    { line: 2, cells: [null, '换 型&a;', null, { day: '2024-03-05' }, { minute: '2024-03-05 12:00' }] },
    { line: 4, cells: [{ error: '#REF!' }, true, 'a中A', 1000] },
  ])
})

test('a sheet that says it is as wide and long as can be takes no more than it holds', async () => {
  const book = await bookOf([
    '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row></sheetData>',
  ])
  expect(await rowsOf(book)).toEqual([{ line: 1_048_576, cells: [1] }])
})

test('a text of any length is cut where its length is known to be too much', async () => {
  function* huge() {
    yield '<sheetData><row><c t="inlineStr"><is><t>'
    for (let i = 0; i < 50; i++) yield '字'.repeat(100_000)
    yield '</t></is></c></row></sheetData>'
  }
  const [row] = await rowsOf(await bookOf(huge()))
  expect(String(row!.cells[0])).toHaveLength(100_001)
})

test('an archive that unpacks to more than a table is refused while it is unpacked', async () => {
  function* bomb() {
    yield '<sheetData>'
    for (let i = 0; i < 300; i++) yield ' '.repeat(1024 * 1024)
    yield '</sheetData>'
  }
  await expect(rowsOf(await bookOf(bomb()))).rejects.toMatchObject({ why: 'too-large' })
})

test.each([
  [
    'a document that is no workbook',
    () => bytesOf(zipStream([{ path: 'word/document.xml', text: ['<a/>'] }])),
  ],
  ['half an archive', async () => (await bookOf(['<sheetData/>'])).subarray(0, 200)],
  ['a tag without end', () => bookOf([`<sheetData><row r="1" ${'a'.repeat(70_000)}`])],
  ['pictures', async () => Buffer.from([0x89, 0x50, 0, 1, 2, 3, 0, 0, 0, 0, 5, 6, 0, 0, 7])],
])('%s is refused as broken', async (_, make) => {
  await expect(rowsOf(await make())).rejects.toMatchObject({ why: 'broken' })
})

test('a workbook of the old format is told as such', () => {
  expect(() => readRows(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toThrow('old')
})

test.each([
  [14, undefined, true],
  [2, undefined, false],
  [164, '0.00"天"', false],
  [164, '[Red]General', false],
  [164, '[$-804]yyyy/m/d', true],
  [164, '#,##0_ ;[红色]\\-#,##0', false],
])('format %s %s: a date? %s', (id, code, isDate) => {
  expect(isDateFormat(id, code)).toBe(isDate)
})

test.each([
  [1, false, { day: '1900-01-01' }],
  [61, false, { day: '1900-03-01' }],
  [0, true, { day: '1904-01-01' }],
  [-3, false, { error: '-3' }],
  [1e9, false, { error: '1000000000' }],
])('the serial %s is %j', (serial, from1904, found) => {
  expect(serialToDate(serial, from1904)).toEqual(found)
})

test('CSV is read in the encodings and with the separators that spreadsheets write', async () => {
  const gb18030 = Buffer.from([
    0xbd, 0xa8, 0xd2, 0xe9, 0xc3, 0xfb, 0xb3, 0xc6, 0x3b, 0xb5, 0xa5, 0xce, 0xbb, 0x0a,
  ])
  expect(await rowsOf(gb18030)).toEqual([{ line: 1, cells: ['建议名称', '单位'] }])
  expect(await rowsOf(Buffer.from('\ufeffa\tb\r\n\r\n"c\nd"\t\r\n'))).toMatchObject([
    { cells: ['a', 'b'] },
    { cells: ['c\nd', null] },
  ])
})

test('whatever is written is read again, from either format', async () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .map((one) => `:${one.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, '')}|`)
  const guarded = fc.constantFrom('=1+1', '+86', '@a', '007', '110101199001011234', "it's", "'+1", "''007")
  const cell: fc.Arbitrary<Cell> = fc.oneof(text, guarded)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 20 }),
      async (rows) => {
        const wanted = rows.map((cells) => cells)
        const fromBook = await rowsOf(await bytesOf(writeWorkbook([{ name: 'a', rows: each(rows) }])))
        expect(fromBook.map(({ cells }) => cells)).toEqual(wanted)
        const fromCsv = await rowsOf(await bytesOf(writeCsv(each(rows))))
        expect(fromCsv.map(({ cells }) => cells)).toEqual(wanted)
      },
    ),
    { numRuns: 40 },
  )
})
