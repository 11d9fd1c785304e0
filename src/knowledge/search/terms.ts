import { isHan } from './normalise.ts'

/**
 * A term is a 32-bit number, so that an index of a million of them is a few typed arrays that open without
 * being read: one Han character c is `c`, two are `first << 16 | second`, a Latin word or number is a 27-bit
 * hash under the prefix 11011 (which no Han character begins with).
 */
export type Term = number

const wordPrefix = 0xd8000000

export function unigram(char: string): Term {
  return char.charCodeAt(0)
}

export function bigram(pair: string): Term {
  return ((pair.charCodeAt(0) << 16) | pair.charCodeAt(1)) >>> 0
}

/** FNV-1a over the word's stem. */
export function word(text: string): Term {
  let hash = 0x811c9dc5
  for (const char of stem(text)) {
    hash ^= char.codePointAt(0)!
    hash = Math.imul(hash, 0x01000193)
  }
  return (wordPrefix | ((hash >>> 0) & 0x07ffffff)) >>> 0
}

export function isUnigram(term: Term): boolean {
  return term < 0x10000
}

/**
 * Cuts the commonest English endings, so that “enterprises” meets “enterprise”. Deliberately weak: a wrong
 * merger costs more than a missed one, and the hints carry several forms.
 */
export function stem(text: string): string {
  if (text.length < 4 || !/^[a-z]+$/.test(text)) return text
  let base = text
  if (base.endsWith('ies') && base.length > 4) base = `${base.slice(0, -3)}y`
  else if (/(ss|us|is)$/.test(base)) return base
  else if (base.endsWith('s')) base = base.slice(0, -1)
  for (const ending of ['ation', 'ing', 'ed', 'er', 'e']) {
    if (base.endsWith(ending) && base.length - ending.length >= 3) {
      base = base.slice(0, -ending.length)
      break
    }
  }
  return base
}

/**
 * The terms of a normalised text in reading order: each Han character, each pair of neighbours, each word.
 * Pairs do not reach over a space, so punctuation separates.
 */
export function termsOf(normalised: string): Term[] {
  const terms: Term[] = []
  let i = 0
  while (i < normalised.length) {
    const code = normalised.charCodeAt(i)
    if (isHan(code)) {
      terms.push(code)
      const next = normalised.charCodeAt(i + 1)
      if (isHan(next)) terms.push(((code << 16) | next) >>> 0)
      i++
    } else if (code === 0x20) {
      i++
    } else {
      let end = i + 1
      while (
        end < normalised.length &&
        normalised.charCodeAt(end) !== 0x20 &&
        !isHan(normalised.charCodeAt(end))
      )
        end++
      terms.push(word(normalised.slice(i, end)))
      i = end
    }
  }
  return terms
}
