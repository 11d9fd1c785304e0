/** Paragraphs are put together up to this length, so that a clause says enough to be found and read alone. */
const smallest = 200
const largest = 600

/** Groups the paragraphs of a text without numbering into clauses of a size that can be cited. */
export function groupParagraphs(paragraphs: readonly string[]): string[][] {
  const groups: string[][] = []
  let size = 0
  for (const paragraph of paragraphs) {
    const last = groups.at(-1)
    if (last && size < smallest && size + paragraph.length <= largest) {
      last.push(paragraph)
      size += paragraph.length
    } else {
      groups.push([paragraph])
      size = paragraph.length
    }
  }
  return groups
}
