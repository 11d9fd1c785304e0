const digits: Record<string, number> = {
  〇: 0,
  零: 0,
  '○': 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
// 廿 and 卅 stand for a whole 二十 and 三十, so they add themselves.
const tens: Record<string, number> = { 廿: 20, 卅: 30, 卌: 40 }
const groups: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }

/**
 * The number a numeral stands for: 一百三十三, 二〇一五, 两千零五, 廿三, 十万零三百, 12, １２.
 * White space between the characters is ignored. Null where it is no numeral or larger than a safe integer.
 */
export function parseChineseNumeral(numeral: string): number | null {
  const characters = [...numeral.normalize('NFKC').replaceAll(/\s/g, '')]
  if (characters.length === 0 || characters.length > 40) return null
  if (characters.every((character) => character >= '0' && character <= '9')) {
    return safe(Number(characters.join('')))
  }
  // Digits written one after the other: 二〇一五.
  if (characters.length > 1 && characters.every((character) => digits[character] !== undefined)) {
    return safe(Number(characters.map((character) => digits[character]).join('')))
  }
  return parseWithUnits(characters)
}

function parseWithUnits(characters: string[]): number | null {
  let total = 0
  let group = 0
  let digit: number | null = null
  for (const character of characters) {
    const value = digits[character]
    const unit = units[character]
    const whole = tens[character]
    const groupUnit = groups[character]
    if (value !== undefined) {
      if (digit !== null && digit !== 0) return null
      digit = value
    } else if (unit !== undefined) {
      // 十二 has no digit before 十, and 一百零十二 is met too.
      group += (digit || 1) * unit
      digit = null
    } else if (whole !== undefined) {
      if (digit) return null
      group += whole
      digit = null
    } else if (groupUnit !== undefined) {
      group += digit ?? 0
      if (group + total === 0) return null
      // 一万亿: the larger group multiplies all before it.
      if (groupUnit > 10_000 || total === 0) {
        total = (total + group) * groupUnit
      } else {
        total += group * groupUnit
      }
      group = 0
      digit = null
    } else return null
  }
  return safe(total + group + (digit ?? 0))
}

function safe(value: number): number | null {
  return Number.isSafeInteger(value) ? value : null
}

const names = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** The numeral as official documents print it, 0 to 9999 9999: 10 → 十, 110 → 一百一十, 1005 → 一千零五. */
export function formatChineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 99_999_999) throw new RangeError(String(value))
  if (value === 0) return '零'
  const high = Math.floor(value / 10_000)
  const low = value % 10_000
  if (high === 0) return formatGroup(low)
  const gap = low > 0 && low < 1000 ? '零' : ''
  return `${formatGroup(high)}万${low === 0 ? '' : gap + formatGroup(low, true)}`
}

function formatGroup(value: number, inner = false): string {
  let text = ''
  let zero = false
  for (const [name, unit] of [
    ['千', 1000],
    ['百', 100],
    ['十', 10],
    ['', 1],
  ] as const) {
    const digit = Math.floor(value / unit) % 10
    if (digit === 0) {
      zero = text !== ''
      continue
    }
    if (zero) text += '零'
    zero = false
    // 十二, not 一十二, at the very beginning.
    text += (digit === 1 && unit === 10 && text === '' && !inner ? '' : names[digit]) + name
  }
  return text
}
