/** A lead longer than this is cut: it stands in lists and on buttons. */
const longestLead = 240

/** The first sentence of the lines, addressees (各省、…：) passed over; what there is where no sentence ends. */
export function findLead(lines: readonly string[]): string {
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '')
  const opening = filled.find((line) => !/[：:]$/.test(line)) ?? filled[0] ?? ''
  const head = opening.slice(0, longestLead)
  const end = /[。！？!?]["”’』」）)】]{0,3}|\.(?=\s)/.exec(head)
  return end ? head.slice(0, end.index + end[0].length) : head
}
