import type { VocabularyEntry } from './knowledge-files.ts'
import { isHan, normalise } from './normalise.ts'
import { stem } from './terms.ts'

/** The words people use, each leading to the words the documents use. */
export class Vocabulary {
  readonly #official = new Map<string, string[]>()
  #longest = 1

  constructor(entries: readonly VocabularyEntry[]) {
    for (const { official, ordinary } of entries) {
      const targets = official.map(normalise)
      for (const saying of ordinary) {
        const key = keyOf(normalise(saying))
        this.#longest = Math.max(this.#longest, key.length)
        this.#official.set(key, [...new Set([...(this.#official.get(key) ?? []), ...targets])])
      }
    }
  }

  /**
   * Official words for the ordinary words that stand in a normalised question. Of overlapping words the longest
   * counts, so that 工程师 does not also count as 工程.
   */
  officialWordsIn(question: string): { ordinary: string; official: string[] }[] {
    const found: { ordinary: string; official: string[] }[] = []
    const tokens = tokensOf(question)
    for (let i = 0; i < tokens.length; ) {
      const match = this.#longestAt(tokens, i)
      if (match) {
        found.push({ ordinary: match.key, official: this.#official.get(match.key)! })
        i = match.end
      } else {
        i++
      }
    }
    return found
  }

  #longestAt(tokens: readonly string[], start: number): { key: string; end: number } | null {
    let key = ''
    let match: { key: string; end: number } | null = null
    for (let end = start; end < tokens.length && key.length < this.#longest; end++) {
      key = joined(key, tokens[end]!)
      if (this.#official.has(key)) match = { key, end: end + 1 }
    }
    return match
  }
}

/** Han characters one by one, other words as their stems. */
function tokensOf(normalised: string): string[] {
  return normalised.split(' ').flatMap((part) => {
    const tokens: string[] = []
    for (const piece of part.match(/[\u4e00-\u9fff]|[^\u4e00-\u9fff]+/g) ?? []) {
      tokens.push(isHan(piece.charCodeAt(0)) ? piece : stem(piece))
    }
    return tokens
  })
}

/** English words are joined by a space, Han characters by nothing. */
function joined(key: string, token: string): string {
  if (!key) return token
  return isHan(token.charCodeAt(0)) ? key + token : `${key} ${token}`
}

function keyOf(normalised: string): string {
  return tokensOf(normalised).reduce(joined, '')
}
