/** Where a passage stands in its clause: UTF-16 offsets, the end not included. */
export interface Passage {
  start: number
  end: number
}

const sentenceEnd = /[。；！？!?;\n]["”’』」）)】]{0,3}|\.(?=\s)/g
const pause = /[，、,：:\s]/g

/**
 * Cuts a long clause into passages for indexing, at the ends of sentences; a sentence longer than the limit is
 * cut at a pause, and one without a pause at the limit (never through a surrogate pair).
 * @param maxLength in UTF-16 units, 300 by default; at least 2.
 * @returns passages in order that cover the text without gap or overlap; one where the text is short enough.
 */
export function splitPassages(text: string, maxLength = 300): Passage[] {
  if (text === '') return []
  const passages: Passage[] = []
  let start = 0
  let end = 0
  for (const piece of cutPieces(text, Math.max(2, maxLength))) {
    if (piece - start > maxLength && end > start) {
      passages.push({ start, end })
      start = end
    }
    end = piece
  }
  passages.push({ start, end })
  return passages
}

/** Ends of pieces none of which is longer than the limit. */
function cutPieces(text: string, maxLength: number): number[] {
  const ends: number[] = []
  let start = 0
  const sentences = [...text.matchAll(sentenceEnd)].map((match) => match.index + match[0].length)
  for (const sentence of [...sentences, text.length]) {
    while (sentence - start > maxLength) {
      const cut = lastPause(text.slice(start, start + maxLength))
      start += cut
      ends.push(start)
    }
    if (sentence > start) ends.push(sentence)
    start = sentence
  }
  return ends
}

function lastPause(window: string): number {
  const pauses = [...window.matchAll(pause)]
  const last = pauses.at(-1)
  // A pause in the first half would leave crumbs.
  if (last && last.index + 1 > window.length / 2) return last.index + 1
  return /[\ud800-\udbff]$/.test(window) ? window.length - 1 : window.length
}
