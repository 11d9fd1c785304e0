import { normalise } from './normalise.ts'
import type { Hit, SearchResult } from './search-engine.ts'
import { isUnigram, type Term, termsOf } from './terms.ts'

/** Characters that may be quoted of one clause, joiners included. */
const longestQuote = 120

/** Where words of a clause were left out. */
const ellipsis = '……'

export interface Quote {
  text: string
  /** Where the pieces stand in the clause's text: start and end offsets (UTF-16), ascending and apart. */
  spans: [start: number, end: number][]
}

interface Piece {
  start: number
  end: number
  score: number
  /** Pieces of one sentence have one number. */
  sentence: number
}

/** A piece at the edge of a quote that is worth less than this share of the best one is left away. */
const leastShare = 0.2
/** A second place in the clause is quoted only if it is worth this share of the best one. */
const leastSecondShare = 0.3
/** What an authored passage counts beside the words it shares with the question. */
const hintShare = 2
/** What a piece gains from its neighbours in the sentence: the answer often stands beside the words of the question. */
const neighbourShare = 0.6
/** How much of its worth a piece loses that only repeats the question. */
const echoLoss = 0.85

/**
 * The decisive words of a clause for a question, to the letter: the run of pieces between punctuation that
 * shares most with the question and with the hints like it, and a second one where it says as much.
 *
 * @param maxLength in UTF-16 units, {@link longestQuote} by default
 */
export function chooseQuote(hit: Hit, result: SearchResult, maxLength = longestQuote): Quote {
  const text = hit.clause.text
  const pieces = scorePieces(hit, result)
  const order = [...pieces.keys()].sort((a, b) => pieces[b]!.score - pieces[a]!.score)
  const peak = order.length > 0 ? pieces[order[0]!]!.score : 0
  let spans: [number, number][] = []
  for (const from of order) {
    const top = pieces[from]!
    if (spans.length > 0 && top.score < peak * leastSecondShare) break
    if (spans.some(([start, end]) => top.start >= start && top.end <= end)) continue
    const grown = grow(text, pieces, from, peak, spans, maxLength)
    if (grown) spans = grown
    else if (spans.length === 0) spans = [cutToLength(text, top, maxLength)]
  }
  return { text: spans.map(([start, end]) => text.slice(start, end)).join(ellipsis), spans }
}

/** The spans with one more that grows from a piece to both sides as long as it fits and is worth it. */
function grow(
  text: string,
  pieces: readonly Piece[],
  from: number,
  peak: number,
  spans: readonly [number, number][],
  maxLength: number,
): [number, number][] | null {
  let first = from
  let last = from
  let best = fitSpans(text, [...spans, [pieces[from]!.start, pieces[from]!.end]], maxLength)
  if (!best) return null
  for (;;) {
    const before = pieces[first - 1]
    const after = pieces[last + 1]
    const worth = (piece: Piece | undefined) =>
      piece && piece.sentence === pieces[from]!.sentence && piece.score >= peak * leastShare
        ? piece.score
        : -1
    const next = worth(before) > worth(after) ? before : after
    if (worth(next) < 0) return best
    const wider = fitSpans(
      text,
      [...spans, [Math.min(next!.start, pieces[first]!.start), Math.max(next!.end, pieces[last]!.end)]],
      maxLength,
    )
    if (!wider) return best
    best = wider
    if (next === before) first--
    else last++
  }
}

/** The spans merged where they touch, if together they are short enough; else null. */
function fitSpans(text: string, spans: [number, number][], maxLength: number): [number, number][] | null {
  const merged: [number, number][] = []
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && /^[\s，、；。：,;]*$/.test(text.slice(last[1], start))) last[1] = Math.max(last[1], end)
    else if (last && start < last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  const length = merged.reduce((sum, [start, end]) => sum + end - start, 0)
  return length + ellipsis.length * (merged.length - 1) <= maxLength ? merged : null
}

function cutToLength(text: string, piece: Piece, maxLength: number): [number, number] {
  let end = piece.start + maxLength
  const pause = text.slice(piece.start, end).search(/[，、；。：][^，、；。：]*$/)
  if (pause > maxLength / 2) end = piece.start + pause
  // Never through a surrogate pair.
  if (/[\ud800-\udbff]/.test(text[end - 1]!)) end--
  return [piece.start, Math.min(end, piece.end)]
}

function scorePieces(hit: Hit, { reading }: SearchResult): Piece[] {
  const text = hit.clause.text
  const pieces = piecesOf(text, hit.clause.label.length)
  const passages = hit.hinted.flatMap(({ passage, similarity }) => {
    const span = locate(text, passage)
    return span ? [{ start: span[0], end: span[1], similarity }] : []
  })
  const typed = new Set(termsOf(reading.meant))
  for (const piece of pieces) {
    const terms = new Set(termsOf(normalise(text.slice(piece.start, piece.end))))
    // A piece of signs only has no terms.
    const echo = [...terms].filter((term) => typed.has(term)).length / (terms.size || 1)
    piece.score = sharedWith(terms, reading.features)
    for (const { start, end, similarity } of passages) {
      const overlap = Math.min(end, piece.end) - Math.max(start, piece.start)
      if (overlap > 0) piece.score += (hintShare * similarity * overlap) / (piece.end - piece.start)
    }
    piece.score *= 1 - echoLoss * echo
  }
  const own = pieces.map(({ score }) => score)
  pieces.forEach((piece, i) => {
    for (const j of [i - 1, i + 1]) {
      if (pieces[j]?.sentence === piece.sentence) piece.score += neighbourShare * own[j]!
    }
  })
  return pieces
}

/** The text cut at pauses, without its label; pieces too short to say anything join their successor. */
function piecesOf(text: string, from: number): Piece[] {
  const pieces: Piece[] = []
  let start = from
  let sentence = 0
  const add = (end: number) => {
    let first = start
    let last = end
    while (first < last && /\s/.test(text[first]!)) first++
    while (last > first && /\s/.test(text[last - 1]!)) last--
    if (last > first) pieces.push({ start: first, end: last, score: 0, sentence })
  }
  for (const match of text.slice(from).matchAll(/[，；。：！？\n]["”’）]?|[,;.!?](?=\s)/g)) {
    const end = from + match.index
    const endsSentence = /[；。！？\n]/.test(match[0])
    if (end - start < 5 && !endsSentence) continue
    add(end)
    start = end + match[0].length
    if (endsSentence) sentence++
  }
  add(text.length)
  if (pieces.length > 0) return pieces
  // A clause of signs or of its label only: better all of it than nothing.
  return [{ start: 0, end: text.length, score: 0, sentence: 0 }]
}

function sharedWith(terms: ReadonlySet<Term>, features: ReadonlyMap<Term, number>): number {
  let shared = 0
  for (const term of terms) shared += (features.get(term) ?? 0) * (isUnigram(term) ? 0.2 : 1)
  return shared / Math.sqrt(terms.size + 10)
}

/** Where a passage stands in a text, white space aside; null where it does not. */
export function locate(text: string, passage: string): [start: number, end: number] | null {
  const wanted = passage.replace(/\s+/g, '')
  const offsets: number[] = []
  let bare = ''
  for (let i = 0; i < text.length; i++) {
    if (/\s/.test(text[i]!)) continue
    bare += text[i]
    offsets.push(i)
  }
  const at = wanted === '' ? -1 : bare.indexOf(wanted)
  return at < 0 ? null : [offsets[at]!, offsets[at + wanted.length - 1]! + 1]
}
