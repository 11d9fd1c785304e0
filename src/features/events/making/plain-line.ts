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

/** A description without those headings of its kind (「主讲人：」) under which nothing was written. */
export function withoutBlanks(text: string, outline: Readonly<Record<string, string>> | null): string {
  const headings = new Set(Object.values(outline ?? {}).flatMap(linesOf))
  const kept: string[] = []
  let isFilled = false
  for (const line of text.split('\n').toReversed()) {
    const isHeading = headings.has(plainLine(line))
    if (!isHeading || isFilled) kept.push(line)
    if (line.trim() !== '') isFilled = !isHeading
  }
  return kept.toReversed().join('\n').trim()
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
