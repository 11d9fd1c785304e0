import { isHan, normalise } from './normalise.ts'
import { isUnigram, termsOf } from './terms.ts'

/** More words than this say no more of what is looked for. */
const mostAsked = 24

/** The terms of a text as they are kept: each Han character, each pair of neighbours, each word's stem. */
export function textTerms(text: string): string[] {
  return [...new Set(termsOf(normalise(text)))].map(written)
}

/**
 * The terms that a record must have to be found. Of two characters side by side the pair says it all; a character that
 * stands alone is looked for as such. Empty where there is nothing to look for.
 */
export function askedTerms(query: string): string[] {
  const asked = normalise(query)
    .split(' ')
    .flatMap((part) => {
      const terms = termsOf(part)
      const isAlone = terms.length === 1 && isHan(part.charCodeAt(0))
      return isAlone ? terms : mixedTerms(part)
    })
  return [...new Set(asked)].slice(0, mostAsked).map(written)
}

/** Runs of Han characters by their pairs, a lone one between letters (3号线) as itself, all else as words. */
function mixedTerms(part: string): number[] {
  const runs = part.match(/[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+/g) ?? []
  return runs.flatMap((run) => {
    const terms = termsOf(run)
    return terms.length === 1 ? terms : terms.filter((term) => !isUnigram(term))
  })
}

/** Letters and digits alone, as every index takes them. */
function written(term: number): string {
  return `t${term.toString(36)}`
}
