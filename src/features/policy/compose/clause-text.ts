/** A clause as the model gets it. */
export interface ComposeClause {
  document: string
  key: string
  label: string
  /** The document's title. */
  title: string
  text: string
}

/** A quote found in its clause. All three are to the letter what the clause prints. */
export interface FoundQuote {
  document: string
  key: string
  quote: string
  /** The quote, widened to the commas or full stops around it: a quote that starts behind a “不” shows here. */
  phrase: string
  /** The quote, widened to the sentences that it touches. */
  sentence: string
}

interface NormalText {
  text: string
  /** For each character of `text`, where its original begins and ends (UTF-16). */
  starts: number[]
  ends: number[]
}

const quoteMarks: Record<string, string> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '—': '-',
  '–': '-',
}

/**
 * Text for comparing: without white space and invisible characters, full and half width made the same, straight
 * quotation marks. Letters keep their case.
 */
export function normalise(text: string): NormalText {
  const result: NormalText = { text: '', starts: [], ends: [] }
  let at = 0
  for (const character of text) {
    const end = at + character.length
    for (const unit of character
      .normalize('NFKC')
      .replace(/[\s\p{Cc}\p{Cf}]/gu, '')
      .split('')) {
      result.text += quoteMarks[unit] ?? unit
      result.starts.push(at)
      result.ends.push(end)
    }
    at = end
  }
  return result
}

/** Han characters, and words of other scripts, that a quote must have: less is no evidence of anything. */
const shortestQuote = 4

const sentenceEnd = /[。！？；!?;]|\.(?=\s|$)/g
const phraseEnd = /[。！？；!?;，：]|[.,:](?=\s|$|\p{Script=Han})/gu

/** Every place where the quote stands in the clause; empty where it does not, or is too short to bear anything. */
export function findQuote(quote: string, clause: ComposeClause): FoundQuote[] {
  const edge = /^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu
  const wanted = normalise(quote).text.replace(edge, '')
  if (sizeOf(quote) < shortestQuote) return []
  const whole = normalise(clause.text)
  const found: FoundQuote[] = []
  for (let at = whole.text.indexOf(wanted); at >= 0; at = whole.text.indexOf(wanted, at + 1)) {
    const start = whole.starts[at]!
    const end = whole.ends[at + wanted.length - 1]!
    found.push({
      document: clause.document,
      key: clause.key,
      quote: clause.text.slice(start, end),
      phrase: widen(clause.text, start, end, phraseEnd),
      sentence: widen(clause.text, start, end, sentenceEnd),
    })
  }
  return found
}

/** The pieces of a text between commas and full stops. */
export function phrasesOf(text: string): string[] {
  return text.split(phraseEnd).filter((phrase) => phrase.trim() !== '')
}

/** Pairs of neighbouring characters, not reaching over punctuation: what two Chinese texts are compared by. */
export function bigrams(text: string): Set<string> {
  const pairs = new Set<string>()
  for (const run of normalise(text).text.split(/[^\p{L}\p{N}]+/u)) {
    const characters = [...run]
    for (let i = 1; i < characters.length; i++) pairs.add(characters[i - 1]! + characters[i]!)
  }
  return pairs
}

/** Han characters and words of other scripts. */
export function sizeOf(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return han + (text.match(/[A-Za-z]{2,}/g)?.length ?? 0)
}

function widen(text: string, start: number, end: number, boundary: RegExp): string {
  let from = 0
  let to = text.length
  for (const match of text.matchAll(boundary)) {
    const after = match.index + match[0].length
    if (after <= start) from = after
    else if (match.index >= end) {
      to = match.index
      break
    }
  }
  return text.slice(from, to).trim()
}
