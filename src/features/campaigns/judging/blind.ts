import { createHash } from 'node:crypto'

/** What a reviewer is shown in place of a name in a blind review. */
const covered = '■■'
/** A name of one character stands in too many other words. */
const leastName = 2

/** What an entry is called in a blind review: nothing of it tells whose it is or when it was sent in. */
export function blindCode(campaign: string, submission: string): string {
  return createHash('sha256').update(`${campaign} ${submission}`).digest('hex').slice(0, 6).toUpperCase()
}

/** The names that stand in a text, longest first, each once. */
export function namesIn(text: string, names: readonly string[]): string[] {
  return sorted(names).filter((name) => text.includes(name))
}

/** The text with every name covered. */
export function coverNames(text: string, names: readonly string[]): string {
  return sorted(names).reduce((shown, name) => shown.replaceAll(name, covered), text)
}

/** Of names that hold one another the longer goes first: 一分公司 is no part of 第一分公司 that was left. */
function sorted(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim()))]
    .filter((name) => Array.from(name).length >= leastName)
    .sort((one, other) => other.length - one.length || (one < other ? -1 : 1))
}
