import type { Language } from '../../../chat/language.ts'
import type { Statement } from '../answer.ts'
import { overlap, unborneChinese } from './chinese-words.ts'
import { bigrams, type ComposeClause, type FoundQuote, findQuote, phrasesOf, sizeOf } from './clause-text.ts'
import { unborneEnglish } from './english-terms.ts'
import { forceOf, hasSameForce } from './force.ts'
import { isBorne, type Quantity, quantitiesOf } from './quantities.ts'
import { addressesSomebody } from './speaks-to-model.ts'

/** A statement as a model wrote it; `clause` is `document/key`. */
export interface DraftStatement {
  text: string
  evidence: { clause: string; quote: string }[]
}

type DropReason =
  | 'length'
  | 'characters'
  | 'language'
  | 'quote'
  | 'numbers'
  | 'force'
  | 'condition'
  | 'words'
  | 'overlap'

export type Verdict = { statement: Statement; dropped: null } | { statement: null; dropped: DropReason }

/** Characters of a statement: a sentence or two. English takes about two and a half times the room. */
const longest = { 'zh-CN': 160, en: 360 }

/** Han characters, or words: less is no sentence, and hardly anything of it can be checked. */
const shortest = { 'zh-CN': 6, en: 4 }

/** Letters, figures and the punctuation of prose; no markup, address, question, symbol or invisible character. */
const prose = /^[\p{Script=Han}A-Za-z0-9\s，。、；：！“”‘’（）《》—…·,.;:'"()&%-]+$/u

/** A dot inside a word is an address, a file or a version, none of which is prose. */
const address = /[a-z0-9]\.[a-z]|www|https?/i

/** From this share of a Chinese statement's pairs on, it retells its quotes rather than something else. */
const leastOverlap = 0.5

/**
 * Checks one statement against the clauses. A quote that is not in its clause is dropped; the statement is
 * dropped when no quote is left, or when anything in it (a number, its force, a word) is not borne by its
 * quotes. The check can tell that a statement says something else, not that it says it in the right order: see
 * docs/model.md for its limits.
 */
export function verifyStatement(
  draft: DraftStatement,
  clauses: readonly ComposeClause[],
  language: Language,
): Verdict {
  const text = draft.text.replace(/\s+/g, ' ').trim()
  if (text.length > longest[language] || sizeOf(text) < shortest[language]) return drop('length')
  if (!prose.test(text) || address.test(text)) return drop('characters')
  const chinese = /\p{Script=Han}/u.test(text)
  if (chinese !== (language === 'zh-CN')) return drop('language')

  const found = draft.evidence.flatMap(({ clause, quote }) => locate(clause, quote, clauses, text))
  if (found.length === 0) return drop('quote')
  const titles = clauses
    .filter(({ document }) => found.some((quote) => quote.document === document))
    .map(({ title }) => title)
  const source = [...found.map(({ sentence }) => sentence), ...titles].join('\n')
  const phrases = found.map(({ phrase }) => phrase).join('，')

  const numbers = quantitiesOf(withoutClauseNumber(text, found, clauses), 'statement')
  const quoted = quantitiesOf(found.map(({ quote }) => quote).join('，'), 'source')
  if (!numbers.every((number) => isBorne(number, quoted))) return drop('numbers')

  const near = phrasesOf(phrases).filter((phrase) => !chinese || isNear(phrase, text))
  const force = forceOf(text)
  if (!hasSameForce(force, forceOf(near.join('，')), forceOf(phrases), numbers.length > 0))
    return drop('force')
  if (force.modality.size > 0 && numbers.length === 0 && losesCondition(found)) return drop('condition')

  const unborne = chinese ? unborneChinese(text, source) : unborneEnglish(text, source)
  if (unborne.length > 0) return drop('words')
  const sameScript = chinese && /\p{Script=Han}/u.test(phrases)
  if (sameScript && overlap(text, phrases) < leastOverlap) return drop('overlap')
  const evidence = found.map(({ document, key, quote }) => ({ document, key, quote }))
  return { statement: { text, evidence }, dropped: null }
}

function drop(reason: DropReason): Verdict {
  return { statement: null, dropped: reason }
}

/** The place of a quote in its clause; of several the one whose sentence is most like the statement. */
function locate(
  clause: string,
  quote: string,
  clauses: readonly ComposeClause[],
  text: string,
): FoundQuote[] {
  const cited = clauses.find(({ document, key }) => `${document}/${key}` === clause)
  if (!cited) return []
  const places = findQuote(quote, cited).filter(({ sentence }) => !addressesSomebody(sentence))
  places.sort((a, b) => overlap(text, b.sentence) - overlap(text, a.sentence))
  return places.slice(0, 1)
}

/** Whether the statement speaks of a phrase: two pairs of characters in common, or a third of a short one. */
function isNear(phrase: string, text: string): boolean {
  const pairs = [...bigrams(phrase)]
  const own = bigrams(text)
  const common = pairs.filter((pair) => own.has(pair)).length
  return common >= 2 || common * 3 >= pairs.length
}

/** A duty that holds from a number of people on may not be told without that number. */
function losesCondition(found: readonly FoundQuote[]): boolean {
  return found.some(({ sentence }) => {
    const bounded = quantitiesOf(sentence, 'source').some(({ unit }: Quantity) => unit !== null)
    return bounded && forceOf(sentence).bounds.size > 0
  })
}

/** “第十条”, “（十）”, “Clause 10” name the clause and count nothing, if it is the clause of the evidence. */
function withoutClauseNumber(
  text: string,
  found: readonly FoundQuote[],
  clauses: readonly ComposeClause[],
): string {
  const cited = clauses.filter(({ document, key }) =>
    found.some((quote) => quote.document === document && quote.key === key),
  )
  const own = cited.flatMap(({ label }) => quantitiesOf(label, 'source').map(({ value }) => value))
  const reference =
    /第([\d零〇一二三四五六七八九十百千]+)条|[（(]([\d零〇一二三四五六七八九十百千]+)[）)]|\b(?:clause|article) ([\d]+)/gi
  return text.replace(reference, (whole) =>
    quantitiesOf(whole, 'source').every(({ value }) => own.includes(value)) ? ' ' : whole,
  )
}
