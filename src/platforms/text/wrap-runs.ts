import type { Run } from '../../chat/card.ts'
import { displayWidth, graphemesOf } from './display-width.ts'

/** Punctuation that must not begin a line (GB/T 15834): it stays with what it closes. */
const closing = /^[，。、；：？！）】》」』”’…%,.;:?!)\]}]/u
/** Punctuation that must not end a line. */
const opening = /[（【《「『“‘([{]$/u

interface Piece {
  text: string
  run: Run
}

/**
 * Breaks runs into lines of at most `width` columns: Chinese between any two characters, Latin between words,
 * a word longer than a line wherever the line is full. A line feed always breaks. Nothing but the white space at
 * a break is lost. With `width` Infinity only line feeds break.
 */
export function wrapRuns(runs: readonly Run[], width: number): Run[][] {
  if (width === Number.POSITIVE_INFINITY) return linesOf(runs)
  const lines: Run[][] = []
  let line: Piece[] = []
  let used = 0
  const endLine = () => {
    lines.push(joinPieces(line))
    line = []
    used = 0
  }
  for (const piece of piecesOf(runs)) {
    if (piece.text === '\n') {
      endLine()
      continue
    }
    for (const part of fitting(piece, width)) {
      const size = displayWidth(part.text)
      if (used + size > width && line.length > 0) {
        endLine()
        if (part.text.trim() === '') continue
      }
      line.push(part)
      used += size
    }
  }
  endLine()
  return lines
}

/** Lines as the runs have them. Measuring each character only to never break costs more than the whole answer. */
function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]]
  for (const run of runs) {
    run.text.split('\n').forEach((text, i) => {
      if (i > 0) lines.push([])
      if (text !== '') lines.at(-1)!.push({ ...run, text })
    })
  }
  return lines
}

/** What must stay together: a Latin word, or a Chinese character with the punctuation that clings to it. */
function* piecesOf(runs: readonly Run[]): Generator<Piece> {
  for (const run of runs) {
    let held = ''
    for (const grapheme of graphemesOf(run.text)) {
      const clings =
        held !== '' &&
        (closing.test(grapheme) ||
          opening.test(held) ||
          (/[\x21-\x7e]$/.test(held) && /^[\x21-\x7e]/.test(grapheme)))
      if (clings && held.length < 60 && grapheme !== '\n') {
        held += grapheme
        continue
      }
      if (held !== '') yield { text: held, run }
      held = grapheme
      if (grapheme === '\n') {
        yield { text: '\n', run }
        held = ''
      }
    }
    if (held !== '') yield { text: held, run }
  }
}

/** The piece itself, or its graphemes where it is wider than a whole line. */
function fitting(piece: Piece, width: number): Piece[] {
  if (displayWidth(piece.text) <= width) return [piece]
  return graphemesOf(piece.text).map((text) => ({ text, run: piece.run }))
}

function joinPieces(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = []
  let previous: Run | undefined
  for (const { text, run } of pieces) {
    if (run === previous) runs.at(-1)!.text += text
    else runs.push({ ...run, text })
    previous = run
  }
  return runs
}
