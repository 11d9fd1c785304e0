import type { Language } from '../../chat/language.ts'
import type { Fact } from './gather-facts.ts'

/** UTF-16 units of what a model may write around the facts of one sentence. */
const longestOwn = 200

/** The facts of a section as sentences, by rule: each once, word for word. Empty: there are none. */
export function sentenceOf(facts: readonly Pick<Fact, 'text'>[], language: Language): string {
  if (facts.length === 0) return ''
  const joined = facts.map(({ text }) => text).join(language === 'en' ? '; ' : '，')
  return finished(joined, language)
}

/**
 * A section with the sentences that a model wrote around the facts' placeholders, as far as they hold, and all facts that
 * are in none of them. Figures, dates and names come in by the facts alone.
 */
export function weave(
  facts: readonly Pick<Fact, 'number' | 'text'>[],
  sentences: readonly string[],
  words: ReadonlySet<string>,
  language: Language,
): string {
  const left = new Map(facts.map((fact) => [fact.number, fact]))
  const kept: string[] = []
  for (const sentence of sentences) {
    const used = readPlaceholders(sentence)
    const isWhole =
      used.length > 0 && new Set(used).size === used.length && used.every((one) => left.has(one))
    if (!isWhole || !isPlain(sentence.replaceAll(placeholder, '⟦⟧'), words, language)) continue
    const text = sentence.replaceAll(placeholder, (_, number: string) => left.get(Number(number))!.text)
    kept.push(finished(text.trim(), language))
    for (const one of used) left.delete(one)
  }
  const rest = sentenceOf([...left.values()], language)
  return [...kept, ...(rest === '' ? [] : [rest])].join(language === 'en' ? ' ' : '')
}

const placeholder = /⟦(\d{1,3})⟧/g

function readPlaceholders(sentence: string): number[] {
  return [...sentence.matchAll(placeholder)].map(([, number]) => Number(number))
}

/** What may stand between two facts: anything else there would be said of the one before. */
const joins: Record<Language, ReadonlySet<string>> = {
  'zh-CN': new Set(['其中', '同时', '此外', '并', '还', '也', '以及']),
  en: new Set(['and', 'also', 'besides', 'meanwhile']),
}

/**
 * Whether words of the list lead to the facts, and nothing but commas and conjunctions follows one: no figure or name can be
 * said with them, and nothing of how it ended.
 */
function isPlain(sentence: string, words: ReadonlySet<string>, language: Language): boolean {
  const own = sentence.split('⟦⟧')
  if (own.join('').length > longestOwn) return false
  // Facts that stand against each other, or within a word, would read as one.
  if (own.slice(1, -1).some((between) => !/[，、；。,;]/u.test(between))) return false
  return own.every((part, at) => {
    // Before the first fact it is led to by the list, behind the last one there is nothing more to say.
    const known = at === 0 ? words : at === own.length - 1 ? new Set<string>() : joins[language]
    if (language === 'en') {
      return part.split(/[\s,;:.]+/u).every((word) => word === '' || known.has(word.toLowerCase()))
    }
    return part.split(/[\s，、；：。]+/u).every((run) => isOfWords(run, known))
  })
}

/** Whether a run of characters can be parted into words of the list. */
function isOfWords(run: string, words: ReadonlySet<string>): boolean {
  const reached = [true]
  for (let end = 1; end <= run.length; end += 1) {
    reached[end] = false
    for (let from = Math.max(0, end - 12); from < end && !reached[end]; from += 1) {
      reached[end] = reached[from]! && words.has(run.slice(from, end))
    }
  }
  return reached[run.length]!
}

/** With its full stop, in English also with a capital. */
function finished(text: string, language: Language): string {
  if (language === 'en')
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1).replace(/[\s.,;:]+$/u, '')}.`
  return `${text.replace(/[\s，、；：。]+$/u, '')}。`
}
