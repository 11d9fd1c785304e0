/**
 * A CSV file to fill in: the first heading of each column, and a row that shows what is meant. No text of it may hold a
 * comma or a quotation mark.
 * @param example In the order of the headings.
 */
export function csvTemplate(
  headings: Readonly<Record<string, readonly string[]>>,
  example: readonly string[],
): string {
  const rows = [Object.values(headings).map(([first]) => first), example]
  // Spreadsheets take a file for UTF-8 only if it begins with the mark.
  return `\ufeff${rows.map((row) => `${row.join(',')}\r\n`).join('')}`
}
