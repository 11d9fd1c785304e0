/**
 * The number of an event as people type it, with the dashes of an input method, blanks or none: `HD-2026-0007`, `hd2026 7`.
 * To be put into a pattern that is compared with what dispatch folds.
 */
export const numberPattern = 'hd[-–—\\s]*\\d{4}[-–—\\s]*\\d{1,9}'

const typed = /hd[-–—\s]*(\d{4})[-–—\s]*(\d{1,9})(?!\d)/i

/** The first number in a text, as it is kept: `HD-2026-0007`; null: there is none. */
export function eventNumberIn(text: string): string | null {
  const [, year, serial] = typed.exec(text.normalize('NFKC')) ?? []
  if (year === undefined || serial === undefined) return null
  return `HD-${year}-${serial.replace(/^0+(?=\d{4})/, '').padStart(4, '0')}`
}
