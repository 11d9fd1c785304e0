import { parseChineseNumeral } from '../../knowledge/parse/chinese-numeral.ts'

/** A sentence as it is read, and where each of its characters came from. */
export interface SentenceText {
  /** Half width, lower case, no white space beside Chinese characters, single spaces else. */
  plain: string
  /** Offset in the original by offset in `plain`, with one more for the end. */
  origin: readonly number[]
}

/** A stretch of text: first offset, and the one after the last. */
export type Stretch = readonly [from: number, to: number]

/** A number in figures or Chinese numerals, for patterns. */
export const number = '(?:\\d{1,4}|[〇零一二两三四五六七八九十廿卅]{1,4})'

/** Stands in the place of what was read already. */
export const read = '\u0001'

const besideHan = /[\p{Script=Han}：，。、；:,;]/u

/** Makes a sentence easy to read without losing where its words stand. */
export function plainSentence(text: string): SentenceText {
  let plain = ''
  const origin: number[] = []
  for (let at = 0; at < text.length; at++) {
    const folded = text[at]!.normalize('NFKC').toLowerCase()
    const one = folded.length === 1 ? folded : text[at]!
    if (/\s/.test(one)) {
      const next = text.slice(at).trimStart()[0] ?? ''
      if (plain === '' || plain.endsWith(' ') || next === '') continue
      if (besideHan.test(plain.at(-1)!) || besideHan.test(next)) continue
      plain += ' '
    } else plain += one
    origin.push(at)
  }
  return { plain, origin: [...origin, text.length] }
}

/** Where a stretch of the plain text stands in the original. */
export function inOriginal({ origin }: SentenceText, [from, to]: Stretch): Stretch {
  return [origin[from]!, (origin[to - 1] ?? 0) + 1]
}

/** What a numeral of a pattern stands for; 0 where it is none. */
export function numberOf(text: string | undefined): number {
  return text === undefined ? 0 : (parseChineseNumeral(text) ?? 0)
}

/** The numerals of a text as figures: 十二月二十五日 → 12月25日, 九点三十 → 9点30. */
export function inFigures(text: string): string {
  return text.replaceAll(
    /(?<![周期拜〇零一二两三四五六七八九十廿卅])[〇零一二两三四五六七八九十廿卅]+/g,
    (found) => String(parseChineseNumeral(found) ?? found),
  )
}
