/** What can be seen by nobody, or turns the direction of what follows: controls, joiners, marks of direction. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu
/** The same, but what makes lines. */
const unseenInLines = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu

/** One line of visible text: breaks are spaces, what cannot be seen is left out. */
export function plainLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(unseen, '').trim()
}

/** Several lines of visible text. */
export function plainLines(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(unseenInLines, '')
    .trim()
}

/** Lines that hold something, as they stand. */
export function linesOf(text: string): string[] {
  return plainLines(text)
    .split('\n')
    .map(plainLine)
    .filter((line) => line !== '')
}

/** Names that stand one beside another, parted as people part them. */
export function namesIn(text: string): string[] {
  return text
    .split(/[、,，;；\n]+/)
    .map(plainLine)
    .filter((name) => name !== '')
}
