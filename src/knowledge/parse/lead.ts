/** A lead longer than this is cut: it stands in lists and on buttons. */
const longestLead = 240

/** The first sentence of the lines; all of the first line where no sentence ends in it. */
export function findLead(lines: readonly string[]): string {
  const head = (lines.map((line) => line.trim()).find((line) => line !== '') ?? '').slice(0, longestLead)
  const end = /[。！？!?]["”’』」）)】]{0,3}|\.(?=\s)/.exec(head)
  return end ? head.slice(0, end.index + end[0].length) : head
}

/** The same for a preamble: addressees (各省、…：) and lines such as the document's number are passed over. */
export function findPreambleLead(lines: readonly string[]): string {
  const sentence = lines.find((line) => /[。！？!?.]$/.test(line.trim()))
  return findLead(sentence ? [sentence] : lines)
}
