/** Formats that have a number alone (ECMA-376 part 1, 18.8.30, with those of Chinese, Japanese and Korean editions). */
const builtIn = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const

/** Whether a number shown in this format is a date or a time. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn.some(([first, last]) => id >= first && id <= last)
  // Words in quotes, escaped letters and what stands in brackets (colours, languages) format nothing.
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
  return /[ymdhs年月日]/i.test(bare) && !/^general$/i.test(bare)
}

/** The day or minute that a spreadsheet's count of days stands for; an error where it is none. */
export function serialToDate(
  serial: number,
  from1904: boolean,
): { day: string } | { minute: string } | { error: string } {
  // Excel takes 1900 for a leap year: before March of it the count is one day off.
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const time = Date.UTC(1899, 11, 30) + Math.round(days * 1440) * 60_000
  if (days < 1 || days > 2_958_466) return { error: String(serial) }
  const text = new Date(time).toISOString()
  return Number.isInteger(days)
    ? { day: text.slice(0, 10) }
    : { minute: `${text.slice(0, 10)} ${text.slice(11, 16)}` }
}
