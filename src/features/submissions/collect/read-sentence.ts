import type { Kind, KindField } from '../definition/schema.ts'
import { readOpening } from './opening.ts'
import { firstClause, partsOf } from './parts.ts'
import { amountIn, behindSum, readSaying } from './saying.ts'

/** What a sentence fills in of a form. */
export interface SentenceReading {
  kind: Kind
  /** What was said after the words that open it. */
  content: string
  /** By field name: words of the sentence alone. What was not said is not there. */
  values: Record<string, string>
}

/** UTF-16 units that are looked at: a draft keeps no more in one field. */
const longest = 19_000
const longestTitle = 60

/** What a sentence sends in, by rules; null: it sends in nothing. */
export function readSentence(text: string, kinds: readonly Kind[]): SentenceReading | null {
  const opening = readOpening(text, kinds)
  if (!opening) return null
  const { kind } = opening
  return { ...opening, values: valuesFor(kind, opening.content, text) }
}

/**
 * What the words fill in of a kind's form.
 * @param sentence With the words that open it, which may name the variety.
 */
export function valuesFor(kind: Kind, content: string, sentence = content): Record<string, string> {
  const text = content.slice(0, longest).toWellFormed()
  if (text.trim() === '') return varietyIn(kind, sentence)
  const parts = partsOf(text)
  const saying = kind.opens ? readSaying(sentence.trim(), kind.opens) : null
  const values: Record<string, string> = { ...varietyIn(kind, sentence) }
  for (const { name, hears } of fieldsOf(kind)) {
    if (!hears) continue
    const words = heardIn(hears, { text, parts, named: saying?.named || null, sentence })
    if (words) values[name] = words
  }
  const subject = fieldsOf(kind).find(({ name }) => name === kind.subject)
  if (subject && !subject.hears) {
    const bare = saying ? behindSum(text) : null
    const title = bare ?? firstClause(parts.method ?? parts.defect ?? text)
    const short = [...title].slice(0, subject.most ?? longestTitle).join('')
    if (short !== '') values[subject.name] = short
  }
  return values
}

interface Heard {
  text: string
  parts: ReturnType<typeof partsOf>
  named: string | null
  sentence: string
}

function heardIn(
  hears: NonNullable<KindField['hears']>,
  { text, parts, named, sentence }: Heard,
): string | null {
  switch (hears) {
    case 'whole':
      return text.trim()
    case 'named':
      return named
    case 'amount':
      return amountIn(sentence.slice(0, longest))
    default:
      return parts[hears] ?? null
  }
}

/** Fields of the form, in order. */
export function fieldsOf({ pages }: Pick<Kind, 'pages'>): KindField[] {
  return pages.flatMap((page) => page.fields)
}

/** 我报一项小革新 says which variety it is. */
function varietyIn(kind: Kind, sentence: string): Record<string, string> {
  const field = fieldsOf(kind).find(({ sets }) => sets === 'variety')
  const head = sentence.slice(0, longestTitle)
  const named = field?.options?.filter(({ label }) => head.includes(label['zh-CN'])) ?? []
  const [only, ...others] = named
  return field && only && others.length === 0 ? { [field.name]: only.value } : {}
}
