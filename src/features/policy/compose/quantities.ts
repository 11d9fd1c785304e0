import { parseChineseNumeral } from '../../../knowledge/parse/chinese-numeral.ts'

/** A number as it is said: “100 人”, “一百名”, “one hundred people” are the same quantity. */
export interface Quantity {
  value: number
  /** What is counted, in our own word (`person`, `percent`, …); null where none is known. */
  unit: string | null
}

const powers: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 }

/** Words in which 一, 十 … count nothing. Only looked at in a statement: a quote may offer every number it has. */
const uncounted =
  /一定|一些|一线|一致|一般|一起|一样|一系列|一方面|一体|一旦|一切|一直|一律|统一|唯一|进一步|之一|单一|同一|一同|一道|十分|万一|千方百计|三个代表/g

/** Chinese units by what follows the number; longer ones first. */
const chineseUnits: [RegExp, string][] = [
  [/^(%|个百分点)/, 'percent'],
  [/^(人|名|位)/, 'person'],
  [/^个?小时/, 'hour'],
  [/^分钟/, 'minute'],
  [/^个月/, 'months'],
  [/^月/, 'month'],
  [/^(周年|年)/, 'year'],
  [/^(工作日|个工作日|日|天)/, 'day'],
  [/^(周|个?星期)/, 'week'],
  [/^元/, 'yuan'],
  [/^岁/, 'age'],
  [/^次/, 'times'],
  [/^[条章款]/, 'article'],
  [/^[家个项]/, 'item'],
]

const englishUnits: [RegExp, string][] = [
  [/^(%|percent|per cent)/, 'percent'],
  [
    /\b(people|persons?|personnel|staff|members?|workers?|employees|technicians|scientists|engineers)\b/,
    'person',
  ],
  [/\bhours?\b/, 'hour'],
  [/\bminutes?\b/, 'minute'],
  [/\bmonths?\b/, 'months'],
  [/\byears?\b/, 'year'],
  [/\bdays?\b/, 'day'],
  [/\bweeks?\b/, 'week'],
  [/\b(yuan|rmb|cny)\b/, 'yuan'],
  [/\btimes\b/, 'times'],
]

const months = 'january february march april may june july august september october november december'.split(
  ' ',
)

const englishNumbers: Record<string, number> = Object.fromEntries(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
    'seventeen eighteen nineteen twenty'
  )
    .split(' ')
    .map((word, value) => [word, value]),
)
const englishTens = 'thirty forty fifty sixty seventy eighty ninety'.split(' ')
englishTens.forEach((word, index) => {
  englishNumbers[word] = (index + 3) * 10
})
const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
ordinals.forEach((word, index) => {
  englishNumbers[word] = index + 1
})
const englishPowers: Record<string, number> = { hundred: 100, thousand: 1000, million: 1_000_000 }

/** Words that stand for a number in English; the check of words leaves them to the check of numbers. */
export const numberWords = new Set([
  ...Object.keys(englishNumbers),
  ...Object.keys(englishPowers),
  'half',
  'dozen',
])

/**
 * The numbers of a text, in Arabic or Chinese figures or English words, with their units.
 * `statement` leaves out words such as 一定; a source is read with all that could be a number.
 */
export function quantitiesOf(text: string, role: 'statement' | 'source'): Quantity[] {
  let rest = text.normalize('NFKC').replace(/[\p{Cf}]/gu, '')
  if (role === 'statement') rest = rest.replace(uncounted, '＿')
  const found: Quantity[] = []
  const take = (pattern: RegExp, read: (match: RegExpExecArray, after: string) => Quantity | null) => {
    for (const match of [...rest.matchAll(pattern)]) {
      const quantity = read(match, rest.slice(match.index + match[0].length))
      if (quantity) found.push(quantity)
    }
    rest = rest.replace(pattern, (match) => '＿'.repeat(match.length))
  }
  take(/百分之([零〇一二两三四五六七八九十百点\d.]+)/g, (match) => ({
    value: readNumber(match[1]!),
    unit: 'percent',
  }))
  take(/([零〇一二两三四五六七八九十百\d]+)\s*分之\s*([零〇一二两三四五六七八九十百\d]+)/g, (match) => ({
    value: readNumber(match[2]!) / readNumber(match[1]!),
    unit: 'fraction',
  }))
  take(/\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g, (match, after) => {
    const power = /^\s*([十百千万亿]+)/.exec(after)?.[1] ?? ''
    const value =
      Number(match[0].replaceAll(',', '')) * [...power].reduce((all, sign) => all * powers[sign]!, 1)
    return { value, unit: unitAfter(after.replace(/^\s*[十百千万亿]*/, '')) }
  })
  take(/[零〇一二两三四五六七八九十百千万亿]+/g, (match, after) => ({
    value: readNumber(match[0]),
    unit: unitAfter(after),
  }))
  take(/半|过半|\bhalf\b|\bdozens?\b/gi, (match) => ({
    value: /dozen/i.test(match[0]) ? 12 : 0.5,
    unit: 'fraction',
  }))
  take(new RegExp(`\\b(${months.join('|')})\\b(?=\\s*\\d|,|\\s+of\\b)`, 'gi'), (match) => ({
    value: months.indexOf(match[1]!.toLowerCase()) + 1,
    unit: 'month',
  }))
  const word = [...Object.keys(englishNumbers), ...Object.keys(englishPowers)].join('|')
  take(new RegExp(`\\b(?:${word})(?:(?:\\s+|-|\\s+and\\s+)(?:${word}))*\\b`, 'gi'), (match, after) => ({
    value: readEnglish(match[0]),
    unit: unitAfter(after),
  }))
  return found
}

/** Whether the source has this number, of the same thing where the statement says of what. */
export function isBorne(quantity: Quantity, source: readonly Quantity[]): boolean {
  return source.some(
    ({ value, unit }) => value === quantity.value && (quantity.unit === null || unit === quantity.unit),
  )
}

function unitAfter(after: string): string | null {
  const near = after.replace(/^[\s＿多余来几]+/, '').toLowerCase()
  for (const [pattern, unit] of chineseUnits) if (pattern.test(near)) return unit
  const words = near
    .split(/[.,;。，；]/)[0]!
    .split(/\s+/)
    .slice(0, 6)
    .join(' ')
  for (const [pattern, unit] of englishUnits) if (pattern.test(words)) return unit
  return null
}

/** Arabic or Chinese figures; a numeral that cannot be read is a number that no source has. */
function readNumber(text: string): number {
  if (/^[\d.]+$/.test(text)) return Number(text)
  const [whole, decimals] = text.split('点')
  const value = parseChineseNumeral(whole!) ?? Number.NaN
  if (!decimals) return value
  return Number(`${value}.${[...decimals].map((sign) => parseChineseNumeral(sign) ?? '?').join('')}`)
}

function readEnglish(text: string): number {
  let total = 0
  let section = 0
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const power = englishPowers[word]
    if (power === undefined) section += englishNumbers[word] ?? 0
    else if (power === 100) section = (section || 1) * 100
    else {
      total += (section || 1) * power
      section = 0
    }
  }
  return total + section
}
