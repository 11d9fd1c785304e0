import { type CommonWords, markCommonWords } from './common-words.ts'
import { isHan } from './normalise.ts'
import { readPinyin, type SoundTable } from './sound.ts'
import { bigram, type Term, unigram, word } from './terms.ts'

/** How often the indexed texts have a term; 0 where they do not know it. */
export type Frequency = (term: Term) => number

/** One place of a question: a Han character, a syllable typed as pinyin, or a word that stays as it is. */
interface Slot {
  text: string
  /** Where it begins in the question. */
  at: number
  kind: 'han' | 'syllable' | 'other'
}

/** A pair that the texts have only once says little about what was meant. */
const leastFrequency = 2

/**
 * The question as it was probably meant: a character that belongs to no common word and makes no known pair with
 * either neighbour is exchanged for one of the same sound that does (科些 → 科协, 国姿委 → 国资委), and pinyin
 * between Han characters is read out (zhicheng 评定 → 职称评定). Returns the text unchanged where nothing is to be
 * mended. Without the common words everyday talk would be bent to the documents' words (重病 → 聪病).
 *
 * @param question normalised
 */
export function correctSpelling(
  question: string,
  frequency: Frequency,
  sounds: SoundTable,
  commonWords: CommonWords,
): string {
  const slots = slotsOf(question, frequency)
  const mended = slots.map((slot) => slot.text)
  readSyllables(question, slots, mended, frequency, sounds)
  const common = markCommonWords(question, commonWords)
  for (let i = 0; i < slots.length; i++) {
    const { kind, at } = slots[i]!
    if (kind !== 'han' || common[at] || isKnownHere(mended, i, frequency)) continue
    const better = bestHomophone(mended, i, frequency, sounds)
    if (better) mended[i] = better
  }
  return mended.join('')
}

function slotsOf(question: string, frequency: Frequency): Slot[] {
  const pieces = question.match(/[\u4e00-\u9fff]|[a-z]+|[^\u4e00-\u9fffa-z]+/g) ?? []
  const unread = (piece: string) => frequency(word(piece)) === 0 && readPinyin(piece) !== null
  // Without any Han character it is pinyin only if all of it can be; English questions hold a few such words.
  const mayBePinyin =
    /[\u4e00-\u9fff]/.test(question) || pieces.every((piece) => !/^[a-z]/.test(piece) || unread(piece))
  const slots: Slot[] = []
  let at = 0
  for (const piece of pieces) {
    if (isHan(piece.charCodeAt(0))) {
      slots.push({ text: piece, at, kind: 'han' })
    } else if (mayBePinyin && /^[a-z]/.test(piece) && unread(piece)) {
      slots.push(...readPinyin(piece)!.map((text): Slot => ({ text, at, kind: 'syllable' })))
    } else if (piece === ' ' && slots.at(-1)?.kind === 'syllable') {
      // Typists part syllables by spaces; what they spell is one word.
    } else {
      slots.push({ text: piece, at, kind: 'other' })
    }
    at += piece.length
  }
  return slots
}

/** Whether the character forms a known pair with a neighbour, or stands alone. */
function isKnownHere(texts: readonly string[], i: number, frequency: Frequency): boolean {
  const before = pairFrequency(texts[i - 1], texts[i], frequency)
  const after = pairFrequency(texts[i], texts[i + 1], frequency)
  return before === undefined && after === undefined ? true : (before ?? 0) + (after ?? 0) > 0
}

function pairFrequency(
  first: string | undefined,
  second: string | undefined,
  frequency: Frequency,
): number | undefined {
  if (!isOneHan(first) || !isOneHan(second)) return undefined
  return frequency(bigram(first + second))
}

function isOneHan(text: string | undefined): text is string {
  return text?.length === 1 && isHan(text.charCodeAt(0))
}

function bestHomophone(
  texts: readonly string[],
  i: number,
  frequency: Frequency,
  sounds: SoundTable,
): string | null {
  let best: string | null = null
  let most = leastFrequency - 1
  for (const char of sounds.soundingLike(texts[i]!)) {
    const found =
      (pairFrequency(texts[i - 1], char, frequency) ?? 0) +
      (pairFrequency(char, texts[i + 1], frequency) ?? 0)
    if (found > most) {
      most = found
      best = char
    }
  }
  return best
}

/**
 * Finds for each run of syllables the characters whose pairs are best known (Viterbi over the known characters
 * of each sound). A run of which nothing is known stays as it was typed.
 */
function readSyllables(
  question: string,
  slots: readonly Slot[],
  mended: string[],
  frequency: Frequency,
  sounds: SoundTable,
): void {
  for (let start = 0; start < slots.length; start++) {
    if (slots[start]!.kind !== 'syllable') continue
    let end = start
    while (slots[end]?.kind === 'syllable') end++
    const choice = bestCharacters(slots.slice(start, end), mended[start - 1], mended[end], frequency, sounds)
    for (let i = start; i < end; i++) mended[i] = choice?.[i - start] ?? ''
    if (!choice) mended[start] = question.slice(slots[start]!.at, slots[end]?.at)
    start = end - 1
  }
}

/** The best way to read a run up to a character; the way there hangs on `before`, shared with other paths. */
interface Path {
  score: number
  char: string | undefined
  before: Path | null
}

function bestCharacters(
  run: readonly Slot[],
  before: string | undefined,
  after: string | undefined,
  frequency: Frequency,
  sounds: SoundTable,
): string[] | null {
  let paths: Path[] = [{ score: 0, char: before, before: null }]
  for (const slot of run) {
    const candidates = knownCharacters(slot.text, frequency, sounds)
    if (candidates.length === 0) return null
    paths = candidates.map((char) => bestPathTo(char, paths, frequency))
  }
  let best: Path | null = null
  let most = 0
  for (const path of paths) {
    const score = path.score + pairScore(path.char, after, frequency)
    if (score > most) {
      most = score
      best = path
    }
  }
  return best && charactersOf(best)
}

function bestPathTo(char: string, paths: readonly Path[], frequency: Frequency): Path {
  let best: Path | null = null
  let most = -1
  for (const path of paths) {
    const score = path.score + pairScore(path.char, char, frequency)
    if (score > most) {
      most = score
      best = path
    }
  }
  return { score: most, char, before: best }
}

/** The characters of a path from its beginning; what stands before the run is not one of them. */
function charactersOf(last: Path): string[] {
  const chars: string[] = []
  for (let path: Path | null = last; path?.before; path = path.before) chars.push(path.char!)
  return chars.reverse()
}

/** Characters of a sound that the asker's own texts have; the table also knows those of texts not open to them. */
function knownCharacters(charOrSyllable: string, frequency: Frequency, sounds: SoundTable): string[] {
  return sounds.soundingLike(charOrSyllable).filter((char) => frequency(unigram(char)) > 0)
}

/** One for knowing the pair at all, a little more the better it is known. */
function pairScore(first: string | undefined, second: string | undefined, frequency: Frequency): number {
  const found = pairFrequency(first, second, frequency) ?? 0
  return found === 0 ? 0 : 1 + Math.log1p(found) / 10
}
