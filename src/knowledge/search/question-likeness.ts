import { isHan, normalise } from './normalise.ts'
import { SoundTable } from './sound.ts'
import { isUnigram, stem, type Term, termsOf } from './terms.ts'

/** A question as it is compared with others: how it reads without courtesy, and how that sounds. */
export interface QuestionShape {
  /** All of it in normal form without spaces: equal ones are the same question. */
  exact: string
  /** The terms of search: Han characters, their pairs, other words. */
  terms: ReadonlySet<Term>
  /** The sound of each Han character, and other words by their stem. */
  sounds: ReadonlySet<string>
  /** Neighbours among them; nothing is a neighbour across punctuation. */
  pairs: ReadonlySet<string>
  /** Numbers in digits or in Chinese, in order: two questions with different ones are never the same. */
  numbers: string
}

/** From this likeness on two questions count as the same; how well that is met stands in docs/search.md. */
export const sameQuestion = 0.8
/** A single character says less than a pair, as in search. */
const singleShare = 0.7

const courtesyBefore =
  /^(?:你好|您好|请问一下|请问|想问一下|我想问一下|想了解一下|我想了解一下|麻烦问一下|领导让我问一下|could you tell me\b|hello\b|hi\b) ?/
const courtesyAfter =
  / ?(?:麻烦说一下|谢谢|多谢|\bthank you|\bthanks)$|(?<=[\u4e00-\u9fff])[呢吗啊呀吧嘛啦哦]$/
const number = /[a-z]*\d+|[零〇一二两三四五六七八九十百千万]+/g
/** One of these more or less turns a question into its opposite. */
const negations = new Set(['不', '没', '未', '无', '非', '否', '别', '免', 'not', 'no', 'never', 'without'])

const table = new SoundTable([])

/** Reads a question for comparing. What comes out hangs on nothing else, least of all on what a reader may see. */
export function shapeOf(question: string): QuestionShape {
  const normalised = normalise(question)
  const core = withoutCourtesy(normalised)
  const sounds = new Set<string>()
  const pairs = new Set<string>()
  let last: { sound: string; han: boolean } | null = null
  for (const [token] of core.matchAll(/[\u4e00-\u9fff]| |[^ \u4e00-\u9fff]+/g)) {
    const han = isHan(token.charCodeAt(0))
    if (token === ' ') {
      // Between words a space is none of the writer's; between characters it stands for punctuation.
      if (last?.han) last = null
      continue
    }
    const sound = soundOf(token)
    sounds.add(sound)
    if (last) pairs.add(`${last.sound} ${sound}`)
    last = { sound, han }
  }
  return {
    exact: normalised.replaceAll(' ', ''),
    terms: new Set(termsOf(core)),
    sounds,
    pairs,
    numbers: (core.match(number) ?? []).join(' '),
  }
}

function soundOf(token: string): string {
  if (!isHan(token.charCodeAt(0))) return negations.has(token) ? `!${token}` : stem(token)
  const sound = table.sounds(token)[0] ?? token
  // A negation sounds like itself alone: 不 is not a slip for 部.
  return negations.has(token) ? `!${sound}` : sound
}

function withoutCourtesy(normalised: string): string {
  let core = normalised
  for (let cut = ''; cut !== core; ) {
    cut = core
    core = core.replace(courtesyBefore, '').replace(courtesyAfter, '') || cut
  }
  return core
}

/**
 * How alike two questions are, 0 to 1; 1 only where they are the same question. Questions that differ in more than a
 * slip have nothing to do with each other, however many words they share: a homophone, one character lost or typed
 * twice, the parts between commas in another order, and courtesy around it all are slips.
 */
export function likeness(one: QuestionShape, other: QuestionShape): number {
  if (one.exact === other.exact) return 1
  if (one.numbers !== other.numbers) return 0
  const lost = missingFrom(one.sounds, other.sounds)
  const added = missingFrom(other.sounds, one.sounds)
  const slips = [...lost, ...added]
  if (slips.length > 1 || slips.some((sound) => sound.startsWith('!'))) return 0
  // A lost character parts one pair into two; without one, pairs that differ on both sides are another order of words.
  const crossed = Math.min(
    missingFrom(one.pairs, other.pairs).length,
    missingFrom(other.pairs, one.pairs).length,
  )
  if (crossed > slips.length) return 0
  const bySound = overlap(
    [...one.sounds, ...one.pairs],
    new Set([...other.sounds, ...other.pairs]),
    (text) => (text.includes(' ') ? 1 : singleShare),
  )
  const byWord = overlap([...one.terms], other.terms, (term) => (isUnigram(term) ? singleShare : 1))
  return Math.min(0.999, (bySound + byWord) / 2)
}

function missingFrom(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [...one].filter((sound) => !other.has(sound))
}

/** Twice what is shared by the weight of both (Dice). */
function overlap<T>(one: readonly T[], other: ReadonlySet<T>, weight: (item: T) => number): number {
  const all = (items: Iterable<T>) => Array.from(items).reduce((sum, item) => sum + weight(item), 0)
  const total = all(one) + all(other)
  return total > 0 ? (2 * all(one.filter((item) => other.has(item)))) / total : 0
}
