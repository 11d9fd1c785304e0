import type { ReadCell } from '../../../../spreadsheets/read-cell.ts'
import { serialToDate } from '../../../../spreadsheets/workbook-dates.ts'
import { dayOf } from '../../../../timers/calendar/day.ts'

/** What a cell is said to be: undefined where nothing stands in it, null where it is something else. */
type Found<Value> = Value | undefined | null

/** A text, with numbers as people read them; null for what a spreadsheet shows as an error. */
export function cellText(cell: ReadCell | undefined): Found<string> {
  if (cell === null || cell === undefined) return undefined
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'object') return 'error' in cell ? null : 'day' in cell ? cell.day : cell.minute
  const text = cell
    .normalize('NFC')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .trim()
  return text === '' ? undefined : text
}

/** The earliest day that a ledger of proposals can have: the first rules for them are of 1954. */
const firstYear = 1954

/**
 * A day, `YYYY-MM-DD`: of a date cell, a spreadsheet's count of days, 2024.3.5, 2024/3/5, 2024年3月5日, 20240305, with a
 * time behind it; of a month alone its first day.
 */
export function cellDay(cell: ReadCell | undefined): Found<string> {
  const text = cellText(cell)
  if (text === undefined || text === null) return text
  const plain = text.normalize('NFKC').replaceAll(/\s+/g, ' ')
  const full = /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?(?:[ T].*)?$/.exec(plain)
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  const month = /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?月?$/.exec(plain)
  const found = full ?? compact ?? month
  if (found) {
    const [, year, monthOfYear, day = '1'] = found
    return inRange(dayOf(Number(year), Number(monthOfYear), Number(day)))
  }
  // A date in a cell without a date's format; numbers of four digits are years.
  if (/^\d{5}(?:\.\d+)?$/.test(plain)) {
    const date = serialToDate(Math.floor(Number(plain)), false)
    return 'day' in date ? inRange(date.day) : null
  }
  return null
}

function inRange(day: string | null): string | null {
  return day !== null && Number(day.slice(0, 4)) >= firstYear ? day : null
}

/**
 * An amount in 元: 12000, 12,000.50, ￥3万, 1.2万元, 0.3亿.
 * @param unit Of the heading: 万元 multiplies what has no unit of its own.
 */
export function cellAmount(cell: ReadCell | undefined, unit: 1 | 10_000): Found<number> {
  if (typeof cell === 'number') return rounded(cell * unit)
  const text = cellText(cell)
  if (text === undefined || text === null) return text
  const plain = text.normalize('NFKC').replaceAll(/[\s,，]|^[约¥￥]+|人民币/g, '')
  if (/^(?:无|—+|-+|\/)$/.test(plain)) return undefined
  const found = /^[¥￥]?(-?\d+(?:\.\d+)?)(万|亿)?(元)?(?:\/年|每年)?$/.exec(plain)
  if (!found) return null
  const [, number, power, yuan] = found
  const factor = power === '亿' ? 1e8 : power === '万' ? 1e4 : yuan ? 1 : unit
  return rounded(Number(number) * factor)
}

/** To 分: 0.1 万元 is 1000, not 1000.0000000000001. */
function rounded(amount: number): number | null {
  return Number.isFinite(amount) && Math.abs(amount) < 1e15 ? Math.round(amount * 100) / 100 : null
}

/** Names in one cell: 张三、李四; those behind 等 stand for nobody. */
export function cellNames(text: string): string[] {
  return text
    .split(/[、,，;；/\n]+|\s{2,}/)
    .map((name) =>
      name
        .replaceAll(/[(（].*?[)）]/g, '')
        .trim()
        .replace(/等(?:\d+人)?$/, '')
        .trim(),
    )
    .filter((name) => name !== '')
}
