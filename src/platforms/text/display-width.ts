const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** First and last code points that take two columns of a terminal (Unicode East Asian Width W and F), without emoji. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
]

/** How many columns of a terminal a text takes: two for a Chinese character or an emoji, none for a bare joiner. */
export function displayWidth(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment)
  return width
}

export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

function graphemeWidth(grapheme: string): number {
  if (/\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u.test(grapheme)) return 2
  const first = grapheme.codePointAt(0)!
  if (/^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u.test(String.fromCodePoint(first))) return 0
  return wideRanges.some(([from, to]) => first >= from && first <= to) ? 2 : 1
}

/** The text followed by as many spaces as fill `width` columns; unchanged where it is as wide or wider. */
export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}
