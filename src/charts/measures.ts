/** Distances in pixels of the finished picture, whose width fits a phone's chat without being made smaller by much. */
export const width = 1000
export const margin = 36
export const sizes = { title: 28, text: 20, small: 17 }
/** From one line of text to the next. */
export const lineOf = (size: number) => Math.round(size * 1.4)

/** One bar, and the room between two categories. */
export const bar = { thick: 26, thin: 18, apart: 18 }
/** The names of categories beside horizontal bars, at most. */
export const widestName = 250
export const plotHeight = 420

/** Of more categories or series than this it is said how many are left out. */
export const mostBars = 20
export const mostPoints = 60
export const mostSeries = 6

/** Told apart also by people who see no red and green, and in grey: after Okabe and Ito, darkest and lightest in turn. */
export const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00']
export const ink = { title: '#1f2329', text: '#373c43', faint: '#646a73', rule: '#dee0e3' }
/** Beside the colours lines differ by their marks. */
export const symbols = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect']

/** About how wide a text is, in pixels: Chinese characters are as wide as they are high. */
export function widthOf(text: string, size: number): number {
  let sum = 0
  for (const character of text) sum += character < '\u0100' ? 0.58 : 1
  return Math.ceil(sum * size)
}

/**
 * A text in lines of at most `widest` pixels, `most` of them, the last of which ends in an ellipsis where more was to
 * come.
 */
export function wrap(text: string, size: number, widest: number, most: number): string {
  const lines = ['']
  for (const character of text.replaceAll(/\s+/g, ' ').trim()) {
    const last = lines.at(-1)!
    if (last !== '' && widthOf(last + character, size) > widest) lines.push(character)
    else lines[lines.length - 1] = last + character
  }
  if (lines.length <= most) return lines.join('\n')
  const cut = [...lines[most - 1]!].slice(0, -1).join('')
  return [...lines.slice(0, most - 1), `${cut}…`].join('\n')
}
