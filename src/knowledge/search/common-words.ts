import { findTerm } from './inverted-index.ts'
import { bigram, type Term, word } from './terms.ts'

/** Words of everyday Chinese, as ascending terms; part of the index file, so that a warm start reads no dictionary. */
export type CommonWords = Uint32Array

const longest = 4
/** Rarer entries of the dictionary are names and old spellings (连系), which are just what typing errors look like. */
const leastFrequency = 5

/** Reads the dictionary of jieba (349,000 words with their frequencies): the words of 2 to 4 characters. */
export async function readCommonWords(): Promise<CommonWords> {
  const { dict } = await import('@node-rs/jieba/dict.js')
  const terms = new Set<Term>()
  for (const line of new TextDecoder().decode(dict).split('\n')) {
    const [text, frequency] = line.split(' ')
    if (text && text.length >= 2 && text.length <= longest && Number(frequency) >= leastFrequency) {
      terms.add(termOf(text))
    }
  }
  return Uint32Array.from(terms).sort()
}

function termOf(text: string): Term {
  return text.length === 2 ? bigram(text) : word(text)
}

/** For each UTF-16 unit of a normalised text, whether it is part of a common word, and so not mistyped. */
export function markCommonWords(text: string, words: CommonWords): boolean[] {
  const marks = Array.from({ length: text.length }, () => false)
  for (let start = 0; start < text.length - 1; start++) {
    for (let length = Math.min(longest, text.length - start); length >= 2; length--) {
      const piece = text.slice(start, start + length)
      if (!/^[\u4e00-\u9fff]+$/.test(piece) || findTerm(words, termOf(piece)) < 0) continue
      marks.fill(true, start, start + length)
      break
    }
  }
  return marks
}
