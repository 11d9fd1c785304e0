import { PlainError } from '../../messages/plain-error.ts'

/** Made once: making one takes a hundred times as long as using it. */
const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/**
 * The calendar day, `YYYY-MM-DD`, on which an instant falls in China: documents take effect by the day where
 * they were issued, wherever the server stands.
 */
export function dayInChina(instant: Date): string {
  return format.format(instant)
}

/** Reads 2026-03-01, 2026/3/1, 2026.3.1 or 2026年3月1日. Throws PlainError for anything else and for 30 February. */
export function parseDay(text: string): string {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC').replace(/\s/g, ''))
  if (found) {
    const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
    const date = new Date(Date.UTC(year, month - 1, day))
    if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return date.toISOString().slice(0, 10)
  }
  throw new PlainError('knowledge:library.effective-invalid', { text })
}
