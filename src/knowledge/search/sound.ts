import { pinyin } from 'pinyin-pro'
import { isHan } from './normalise.ts'

/** For the whole process, since every index that is opened asks for the same few thousand characters. */
const heard = new Map<string, readonly string[]>()

/**
 * How a character sounds, without tone and without the differences that most typists do not make
 * (zh/z, ch/c, sh/s, final ng/n): characters of one sound are what a wrong homophone is chosen from.
 */
function soundsOf(char: string): readonly string[] {
  const known = heard.get(char)
  if (known) return known
  const readings = pinyin(char, { toneType: 'none', type: 'array', multiple: true })
  const sounds = [...new Set(readings.map(foldSound))]
  heard.set(char, sounds)
  return sounds
}

function foldSound(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/ng$/, 'n')
    .replace('ü', 'v')
}

/** The characters that an index knows, by sound. */
export class SoundTable {
  readonly #characters = new Map<string, string[]>()
  readonly #sounds = new Map<string, readonly string[]>()

  /** @param known every character that occurs in the indexed texts */
  constructor(known: Iterable<string>) {
    for (const char of known) this.add(char)
  }

  /** Takes in a character that is not there yet. */
  add(char: string): void {
    for (const sound of this.sounds(char)) {
      const list = this.#characters.get(sound)
      if (list) list.push(char)
      else this.#characters.set(sound, [char])
    }
  }

  sounds(char: string): readonly string[] {
    let sounds = this.#sounds.get(char)
    if (!sounds) {
      sounds = isHan(char.charCodeAt(0)) ? soundsOf(char) : []
      this.#sounds.set(char, sounds)
    }
    return sounds
  }

  /** Known characters that sound like this one (or are spelled by this syllable), itself excluded. */
  soundingLike(charOrSyllable: string): string[] {
    const sounds = isHan(charOrSyllable.charCodeAt(0))
      ? this.sounds(charOrSyllable)
      : [foldSound(charOrSyllable)]
    return sounds
      .flatMap((sound) => this.#characters.get(sound) ?? [])
      .filter((char) => char !== charOrSyllable)
  }
}

const initials = 'b p m f d t n l g k h j q x zh ch sh r z c s y w'.split(' ')
const finals =
  'a o e i u v ai ei ui ao ou iu ie ue ve er an en in un vn ang eng ing ong ia ian iang iong ua uo uai uan uang iao'.split(
    ' ',
  )

/** Latin syllables that exist as pinyin; generous (a few that do not exist do no harm). */
const syllables = new Set([
  ...initials.flatMap((initial) => finals.map((final) => initial + final)),
  ...['a', 'o', 'e', 'ai', 'ei', 'ao', 'ou', 'er', 'an', 'en', 'ang', 'eng'],
])

/**
 * Reads Latin letters as pinyin: `zhichengpingding` → zhi cheng ping ding. Null where they cannot be read so.
 * Prefers the fewest syllables.
 */
export function readPinyin(letters: string): string[] | null {
  if (!/^[a-z]+$/.test(letters) || letters.length > 60) return null
  const best: (string[] | null)[] = [[]]
  for (let end = 1; end <= letters.length; end++) {
    best[end] = null
    for (let start = Math.max(0, end - 6); start < end; start++) {
      const before = best[start]
      if (!before || !syllables.has(letters.slice(start, end))) continue
      if (!best[end] || before.length + 1 < best[end]!.length)
        best[end] = [...before, letters.slice(start, end)]
    }
  }
  return best[letters.length] ?? null
}
