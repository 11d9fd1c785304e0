/**
 * A cell of a table that is handed out. Text stays text whatever it looks like; `day` is `YYYY-MM-DD`, `minute` is
 * `YYYY-MM-DD HH:mm`, both without a zone.
 */
export type Cell = string | number | null | { day: string } | { minute: string }

/** What a spreadsheet would compute, also where it is typed in full width or behind white space. */
const formula = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** Whether a spreadsheet would take a text for a formula, or for a command behind one. */
export function looksLikeFormula(text: string): boolean {
  return formula.test(text)
}

/**
 * Whether a spreadsheet would turn a text into another number: it keeps 15 digits, drops zeros in front and reads
 * `1E5` as a power of ten. Numbers of identity cards, telephones and staff are such texts.
 */
export function looksLikeNumber(text: string): boolean {
  return /^\s*(?:0\d+|\d{12,}|\d+(?:\.\d+)?e[+-]?\d+)\s*$/i.test(text)
}

/**
 * Whether a text of a CSV file begins with an apostrophe by which it stays a text. Those of its own are looked past: else
 * whoever reads `'+1` could not tell a guarded `+1` from a text that has the apostrophe itself.
 */
export function needsApostrophe(text: string): boolean {
  const bare = text.replace(/^'+/, '')
  return looksLikeFormula(bare) || looksLikeNumber(bare)
}

/** What no database, XML part or spreadsheet keeps: control characters but tab and line feed, halves of pairs. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\t\n])[\p{Cc}\ufffe\uffff]/gu, '')
}
