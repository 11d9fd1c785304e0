/** The number of an event as people type it: `HD-2026-0007`, `hd2026 7`; to be put into a pattern. */
export const numberPattern = 'hd[-–—\\s]*\\d{4}[-–—\\s]*\\d{1,9}'

/** As it is kept. What is none is given back as it is: nothing is found by it. */
export function eventNumber(typed: string): string {
  const [, year, at] = /^hd[-–—\s]*(\d{4})[-–—\s]*(\d{1,9})$/i.exec(typed.trim()) ?? []
  return year === undefined || at === undefined
    ? typed
    : `HD-${year}-${at.replace(/^0+(?=\d{4})/, '').padStart(4, '0')}`
}
