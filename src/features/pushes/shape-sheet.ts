import { createHash } from 'node:crypto'
import type { OnlineCells, OnlineColumn, OnlineTables } from '../../chat/online-tables.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type Cell, cleanText } from '../../spreadsheets/cell.ts'
import type { Sheet } from '../../spreadsheets/write-workbook.ts'

/** A sheet as a table online takes it. */
export interface ShapedSheet {
  name: string
  /** Without that of the key. */
  columns: OnlineColumn[]
  rows: ShapedRow[]
}

export interface ShapedRow {
  /** Tells the row apart, the same at each push. */
  key: string
  cells: OnlineCells
  /** Changes with what the row says. */
  digest: string
}

/** Characters of a key; a longer one ends in its digest. */
const longestKey = 200
const longestHeading = 80

/**
 * Reads a sheet whole. Texts stay texts, whatever they look like; a column is of numbers or times only where all its
 * cells are. Throws PlainError where it has more rows or columns than are taken.
 * @param keys The columns that tell rows apart; repeated keys are numbered.
 * @param widened Columns that hold texts already, whatever is in them now.
 */
export async function shapeSheet(
  { name, rows, headings = 1 }: Sheet,
  {
    keys,
    widened,
    limits,
  }: { keys: readonly number[]; widened: ReadonlySet<string>; limits: OnlineTables['limits'] },
  keyName: string,
): Promise<ShapedSheet> {
  const lines: (readonly Cell[])[] = []
  let header: readonly Cell[] = []
  let at = 0
  for await (const row of rows) {
    at += 1
    if (at === headings) header = row
    if (at <= headings) continue
    lines.push(row)
    if (lines.length > limits.rows) throw new PlainError('pushes:too-many-rows', { most: limits.rows })
  }
  if (header.length >= limits.columns)
    throw new PlainError('pushes:too-many-columns', { most: limits.columns })
  const names = uniqueNames(header, keyName)
  const columns = names.map((one, i): OnlineColumn => {
    const type = typeOf(lines.map((line) => line[i] ?? null))
    return { name: one, type: widened.has(one) ? 'text' : type }
  })
  const seen = new Map<string, number>()
  const shaped = lines.map((line): ShapedRow => {
    const base = keyOf(keys.map((i) => textOf(line[i] ?? null)).join(' / '))
    const before = seen.get(base) ?? 0
    seen.set(base, before + 1)
    const key = before === 0 ? base : `${base} #${before + 1}`
    const cells = Object.fromEntries(
      columns.map((column, i) => [column.name, cellValue(line[i] ?? null, column.type, limits.text)]),
    )
    return { key, cells, digest: digest(JSON.stringify(cells)) }
  })
  return { name, columns, rows: shaped }
}

function typeOf(cells: readonly Cell[]): OnlineColumn['type'] {
  const said = cells.filter((cell) => cell !== null && cell !== '')
  if (said.length === 0) return 'text'
  if (said.every((cell) => typeof cell === 'number' && Number.isFinite(cell))) return 'number'
  return said.every((cell) => timeOf(cell) !== null) ? 'time' : 'text'
}

/** Days and minutes of tables are China's. */
function timeOf(cell: Cell): number | null {
  if (cell === null || typeof cell !== 'object') return null
  const text = 'day' in cell ? `${cell.day}T00:00:00+08:00` : `${cell.minute.replace(' ', 'T')}:00+08:00`
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : time
}

function cellValue(cell: Cell, type: OnlineColumn['type'], longest: number): string | number | null {
  if (cell === null || cell === '') return null
  if (type === 'number') return typeof cell === 'number' ? cell : null
  if (type === 'time') return timeOf(cell)
  const text = cleanText(textOf(cell))
  return text.length > longest ? `${text.slice(0, longest - 2).toWellFormed()}……` : text
}

function textOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return 'day' in cell ? cell.day : cell.minute
  return String(cell)
}

/** Neither twice nor empty, nor that of the key. */
function uniqueNames(header: readonly Cell[], keyName: string): string[] {
  const taken = new Set([keyName])
  return header.map((cell, i) => {
    const text = Array.from(
      cleanText(textOf(cell))
        .replaceAll(/[\s[\]]+/g, ' ')
        .trim(),
    )
    const wanted = text.slice(0, longestHeading).join('') || String(i + 1)
    let name = wanted
    for (let again = 2; taken.has(name); again += 1) name = `${wanted} ${again}`
    taken.add(name)
    return name
  })
}

function keyOf(text: string): string {
  const clean = cleanText(text).replaceAll(/\s+/g, ' ').trim() || '-'
  return clean.length <= longestKey ? clean : `${clean.slice(0, longestKey).toWellFormed()}…${digest(clean)}`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
