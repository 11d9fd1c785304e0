import { ConverterFactory } from 'opencc-js/core'
import { to } from 'opencc-js/preset/t2cn'

const firstHan = 0x4e00
const lastHan = 0x9fff

/**
 * Character by character from traditional to simplified, as a table: phrases would change lengths, and the
 * table costs one array look-up where the converter costs a tree walk per query.
 */
const simplified = buildSimplified()

function buildSimplified(): Uint16Array {
  const all: string[] = []
  for (let code = firstHan; code <= lastHan; code++) all.push(String.fromCharCode(code))
  // The separator keeps the converter from reading two neighbours as a phrase.
  const converted = ConverterFactory(to.cn!)(all.join(' ')).split(' ')
  const table = new Uint16Array(lastHan - firstHan + 1)
  for (let i = 0; i < table.length; i++) {
    const char = converted[i]
    table[i] = char?.length === 1 ? char.charCodeAt(0) : firstHan + i
  }
  return table
}

/** Whether a UTF-16 code unit is a Han character of the basic block, the unit that search works in. */
export function isHan(code: number): boolean {
  return code >= firstHan && code <= lastHan
}

/**
 * The form in which texts and questions are compared: full width to half width, traditional to simplified,
 * lower case, and every run of anything but letters, digits and Han as one space. Lengths may change.
 */
export function normalise(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase()
  let out = ''
  let gap = false
  for (const char of folded) {
    const code = char.charCodeAt(0)
    if (char.length === 1 && isHan(code)) {
      if (gap && out) out += ' '
      gap = false
      out += String.fromCharCode(simplified[code - firstHan]!)
    } else if (/[\p{L}\p{N}]/u.test(char)) {
      if (gap && out) out += ' '
      gap = false
      out += char
    } else {
      gap = true
    }
  }
  return out
}
