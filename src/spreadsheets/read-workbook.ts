import { type Archive, openArchive } from './open-archive.ts'
import { longestText, mostColumns, type ReadCell, type ReadRow } from './read-cell.ts'
import { SpreadsheetError } from './spreadsheet-error.ts'
import { isDateFormat, serialToDate } from './workbook-dates.ts'
import { attribute, XmlScanner } from './xml-scanner.ts'

/** Texts that cells share, in characters together. */
const mostShared = 64 * 1024 * 1024

interface Workbook {
  /** Path of the part that holds the sheet's rows. */
  sheet: string
  shared: string[]
  /** By number of a cell's style: whether its number is a date. */
  dates: boolean[]
  /** Whether days are counted from 1904, as old Macintosh files do. */
  from1904: boolean
}

/** The rows of the first visible sheet (ECMA-376 part 1, 18.3), while they are unpacked. Throws SpreadsheetError. */
export async function* readWorkbook(bytes: Uint8Array): AsyncGenerator<ReadRow> {
  const archive = await openArchive(bytes)
  try {
    const workbook = await readParts(archive)
    const reader = new SheetReader(workbook)
    const scanner = new XmlScanner(reader)
    for await (const piece of archive.read(workbook.sheet)) {
      scanner.push(piece)
      yield* reader.take()
    }
  } catch (error) {
    if (error instanceof RangeError) throw new SpreadsheetError('broken', { cause: error })
    throw error
  }
}

async function readParts(archive: Archive): Promise<Workbook> {
  const sheets: { id: string; hidden: boolean }[] = []
  let from1904 = false
  await scan(archive, 'xl/workbook.xml', (name, attributes) => {
    if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '')
    if (name !== 'sheet') return
    const hidden = /hidden/i.test(attribute(attributes, 'state') ?? '')
    const id = /\b[\w]+:id\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? ''
    sheets.push({ id, hidden })
  })
  const wanted = sheets.find(({ hidden }) => !hidden) ?? sheets[0]
  let sheet = ''
  await scan(archive, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
    if (name !== 'Relationship' || attribute(attributes, 'Id') !== wanted?.id) return
    const target = attribute(attributes, 'Target') ?? ''
    sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`
  })
  if (!archive.has(sheet)) throw new SpreadsheetError('broken')
  return { sheet, shared: await readShared(archive), dates: await readDates(archive), from1904 }
}

async function scan(
  archive: Archive,
  path: string,
  open: (name: string, attributes: string) => void,
): Promise<void> {
  const scanner = new XmlScanner({ open, close() {}, text() {} })
  for await (const piece of archive.read(path)) scanner.push(piece)
}

async function readShared(archive: Archive): Promise<string[]> {
  const path = 'xl/sharedStrings.xml'
  const shared: string[] = []
  if (!archive.has(path)) return shared
  let [text, total, inText, inReading] = ['', 0, false, false]
  const scanner = new XmlScanner({
    open(name) {
      if (name === 'si') text = ''
      else if (name === 't') inText = !inReading
      // How a Japanese word is read aloud is no part of it.
      else if (name === 'rPh') inReading = true
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') {
        total += text.length
        if (total > mostShared) throw new SpreadsheetError('too-large')
        shared.push(unescapeText(text))
      }
    },
    text(piece) {
      if (inText && text.length <= longestText) text += piece.slice(0, longestText + 1 - text.length)
    },
  })
  for await (const piece of archive.read(path)) scanner.push(piece)
  return shared
}

async function readDates(archive: Archive): Promise<boolean[]> {
  const dates: boolean[] = []
  if (!archive.has('xl/styles.xml')) return dates
  const formats = new Map<string, string>()
  let inCells = false
  const scanner = new XmlScanner({
    open(name, attributes) {
      if (name === 'numFmt') {
        formats.set(attribute(attributes, 'numFmtId') ?? '', attribute(attributes, 'formatCode') ?? '')
      } else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = attribute(attributes, 'numFmtId') ?? '0'
        dates.push(isDateFormat(Number(id), formats.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
    text() {},
  })
  for await (const piece of archive.read('xl/styles.xml')) scanner.push(piece)
  return dates
}

/** Puts rows together from what the scanner finds in a sheet. */
class SheetReader {
  readonly #workbook: Workbook
  #rows: ReadRow[] = []
  #line = 0
  #cells: ReadCell[] = []
  #column = -1
  #type = 'n'
  #isDate = false
  #value = ''
  #within: 'value' | 'reading' | null = null

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  /** What is complete since it was asked last. */
  take(): ReadRow[] {
    return this.#rows.splice(0)
  }

  open(name: string, attributes: string): void {
    if (name === 'row') {
      const line = Number(attribute(attributes, 'r'))
      this.#line = Number.isInteger(line) && line > this.#line ? line : this.#line + 1
      this.#cells = []
      this.#column = -1
    } else if (name === 'c') {
      this.#column = columnOf(attribute(attributes, 'r')) ?? this.#column + 1
      this.#type = attribute(attributes, 't') ?? 'n'
      this.#isDate = this.#workbook.dates[Number(attribute(attributes, 's') ?? 0)] ?? false
      this.#value = ''
    } else if (name === 'rPh') this.#within = 'reading'
    else if ((name === 'v' || name === 't') && this.#within === null) this.#within = 'value'
  }

  close(name: string): void {
    if (name === 'rPh' || ((name === 'v' || name === 't') && this.#within === 'value')) this.#within = null
    else if (name === 'c') {
      const cell = this.#cell()
      if (cell === null || this.#column >= mostColumns) return
      while (this.#cells.length < this.#column) this.#cells.push(null)
      this.#cells[this.#column] = cell
    } else if (name === 'row' && this.#cells.length > 0) {
      this.#rows.push({ line: this.#line, cells: this.#cells })
    }
  }

  text(piece: string): void {
    if (this.#within !== 'value' || this.#value.length > longestText) return
    this.#value += piece.slice(0, longestText + 1 - this.#value.length)
  }

  #cell(): ReadCell {
    const value = this.#value
    switch (this.#type) {
      case 's':
        return this.#workbook.shared[Number(value)] || null
      case 'inlineStr':
      case 'str':
        return unescapeText(value) || null
      case 'b':
        return value === '' ? null : value.trim() === '1'
      case 'e':
        return { error: value }
      case 'd':
        return value === '' ? null : value.slice(0, 10)
      default: {
        if (value.trim() === '') return null
        const number = Number(value)
        if (!Number.isFinite(number)) return { error: value.slice(0, 40) }
        return this.#isDate ? serialToDate(number, this.#workbook.from1904) : number
      }
    }
  }
}

/** A1 → 0, AA7 → 26; null where it is none. */
function columnOf(address: string | null): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(address ?? '')?.[1]
  if (letters === undefined) return null
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376, ST_Xstring). */
function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
