import { type Cell, cleanText, looksLikeFormula, looksLikeNumber } from './cell.ts'
import { type ZipPart, zipStream } from './zip-stream.ts'

/** A sheet of a workbook; the first `headings` rows stay in sight and are set in bold. */
export interface Sheet {
  name: string
  rows: AsyncIterable<readonly Cell[]>
  /** Default: 1. */
  headings?: number
  /** In characters, by column. Default: 16 each. */
  widths?: readonly number[]
}

/** What Excel takes into a cell; and, by rows, into a sheet. */
const longestCell = 32_767
const mostRows = 1_048_576

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

/** Places in the list of `cellXfs` below. */
const styles = { plain: 0, heading: 1, day: 2, minute: 3, text: 4 } as const

const styleSheet = `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/**
 * A workbook (XLSX, ECMA-376) of plain tables, written while its rows are read. Texts are cells of text, which no
 * spreadsheet computes; those that look like a formula or a long number stay text when they are edited too.
 */
export function writeWorkbook(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${office}/${type}" Target="${target}"/>`
  const override = (name: string, type: string) =>
    `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`
  const file = (i: number) => `worksheets/sheet${i + 1}.xml`
  const parts: ZipPart[] = [
    {
      path: '[Content_Types].xml',
      text: [
        `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('xl/workbook.xml', 'sheet.main')}${override('xl/styles.xml', 'styles')}${sheets.map((_, i) => override(`xl/${file(i)}`, 'worksheet')).join('')}</Types>`,
      ],
    },
    {
      path: '_rels/.rels',
      text: [
        `${declaration}<Relationships xmlns="${packages}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
      ],
    },
    {
      path: 'xl/workbook.xml',
      text: [
        `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(({ name }, i) => `<sheet name="${escapeXml(sheetName(name))}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
      ],
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      text: [
        `${declaration}<Relationships xmlns="${packages}/relationships">${sheets.map((_, i) => relation(i + 1, 'worksheet', file(i))).join('')}${relation(sheets.length + 1, 'styles', 'styles.xml')}</Relationships>`,
      ],
    },
    { path: 'xl/styles.xml', text: [styleSheet] },
    ...sheets.map((sheet, i) => ({ path: `xl/${file(i)}`, text: sheetXml(sheet) })),
  ]
  const pieces = zipStream(parts)
  sources.set(pieces, sheets)
  return pieces
}

/** What workbooks are made of that are not written yet. */
const sources = new WeakMap<AsyncGenerator<Uint8Array>, readonly Sheet[]>()

/** The tables of a workbook in place of its bytes: one of the two may be read. Empty for other files. */
export function sheetsOf(pieces: AsyncGenerator<Uint8Array>): readonly Sheet[] {
  return sources.get(pieces) ?? []
}

/** Excel takes 31 characters, none of them one of these. */
function sheetName(name: string): string {
  return (
    cleanText(name)
      .replaceAll(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 31) || 'Sheet'
  )
}

async function* sheetXml({ rows, headings = 1, widths = [] }: Sheet): AsyncGenerator<string> {
  const pane =
    headings > 0
      ? `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headings}" topLeftCell="A${headings + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
      : ''
  const columns = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  )
  let text = `${declaration}<worksheet xmlns="${main}">${pane}${columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''}<sheetData>`
  let line = 0
  for await (const row of rows) {
    line += 1
    if (line > mostRows) throw new RangeError('more rows than a sheet takes')
    text += `<row r="${line}">`
    for (let i = 0; i < row.length; i++)
      text += cellXml(row[i] ?? null, `${letters(i)}${line}`, line <= headings)
    text += '</row>'
    if (text.length < 65_536) continue
    yield text
    text = ''
  }
  yield `${text}</sheetData></worksheet>`
}

function cellXml(cell: Cell, at: string, isHeading: boolean): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c r="${at}"><v>${cell}</v></c>` : ''
  if (typeof cell === 'object') {
    const serial = dateSerial('day' in cell ? cell.day : `${cell.minute.replace(' ', 'T')}Z`)
    if (serial === null) return textXml('day' in cell ? cell.day : cell.minute, at, styles.plain)
    return `<c r="${at}" s="${'day' in cell ? styles.day : styles.minute}"><v>${serial}</v></c>`
  }
  const guarded = looksLikeFormula(cell) || looksLikeNumber(cell)
  return textXml(cell, at, isHeading ? styles.heading : guarded ? styles.text : styles.plain)
}

function textXml(text: string, at: string, style: number): string {
  const clean = cleanText(text)
  const kept = clean.length > longestCell ? `${clean.slice(0, longestCell - 2).toWellFormed()}……` : clean
  const styled = style === styles.plain ? '' : ` s="${style}"`
  return `<c r="${at}"${styled} t="inlineStr"><is><t xml:space="preserve">${escapeXml(kept)}</t></is></c>`
}

/** Days since the end of 1899, as spreadsheets count; null before March 1900, where they count wrongly. */
function dateSerial(text: string): number | null {
  const time = Date.parse(text)
  if (Number.isNaN(time)) return null
  const serial = (time - Date.UTC(1899, 11, 30)) / 86_400_000
  return serial < 61 ? null : Math.round(serial * 86_400) / 86_400
}

function escapeXml(text: string): string {
  return /[&<>"]|_x/.test(text)
    ? text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        // `_x0041_` stands for a character in these texts (ECMA-376, ST_Xstring); here it is what somebody wrote.
        .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    : text
}

/** 0 → A, 25 → Z, 26 → AA. */
const letters = (() => {
  const known: string[] = []
  return (column: number): string => {
    const there = known[column]
    if (there !== undefined) return there
    const last = String.fromCharCode(65 + (column % 26))
    const name = column < 26 ? last : letters(Math.floor(column / 26) - 1) + last
    known[column] = name
    return name
  }
})()
