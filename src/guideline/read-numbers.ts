import { parseChineseNumeral } from '../knowledge/parse/chinese-numeral.ts'

/** A number as it stands in a text, before it is known what is counted. */
export interface SpokenNumber {
  start: number
  /** Behind the numeral and the 多, 余, 来, 几 that belong to it. */
  end: number
  least: number
  most: number
  /** 来, 把: the number is about right. */
  approximate: boolean
}

const chineseUnits: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 }
/** No enterprise has more people; larger numbers are slips or mischief. */
const largest = 10_000_000

// A sign or a letter before a figure makes it something else: -5, 1e9, A3, 第3.
const arabic =
  /(?<![\d.A-Za-z第前负])(?<!(?<!\d\s?)-)(\d{1,8})(\.\d+)?(?![\d.]*[A-Za-z])\s?([百千万]?)([多余来几+]?)/g
// 数 begins a numeral only as “some” (数百), not as the end of 总数 or 人数.
const chinese =
  /(?<![第前负\d])((?:几|(?<![总人个员])数|成)(?=[十百千])|上(?=[百千]))?([零〇一二两三四五六七八九十百千万廿卅]+)(几十|[多余来几把]?)/g
const words = englishWords()
const english = new RegExp(
  `\\b(?<!-)(?:(?:an? )(?=hundred|thousand|dozen))?(?:${[...words.keys()].join('|')})(?:(?:\\s+and\\s+|\\s+|-)(?:${[...words.keys()].join('|')}))*(s\\b)?\\b`,
  'gi',
)

/**
 * The numbers of a text in order: 86, 1,200, 1.2万, 120多, 一百二, 九十来, 七八十, 几百, “a hundred and twenty”,
 * dozens. Two joined by 到, 至, “to” or a dash are one (80-90). The text must be in NFKC, in simplified characters.
 */
export function readNumbers(text: string): SpokenNumber[] {
  const found: SpokenNumber[] = []
  const add = (match: RegExpMatchArray, number: Omit<SpokenNumber, 'start' | 'end'> | null) => {
    if (!number || !Number.isInteger(number.least) || number.least > largest) return
    const start = match.index ?? 0
    found.push({ start, end: start + match[0].trimEnd().length, ...number })
  }
  for (const match of text.matchAll(arabic)) add(match, readArabic(match))
  for (const match of text.matchAll(chinese)) {
    // The 万 of 1.2万 was read with its figure.
    if (!found.some(({ start, end }) => match.index >= start && match.index < end)) {
      add(match, readChinese(match[1] ?? '', match[2] ?? '', match[3] ?? ''))
    }
  }
  for (const match of text.matchAll(english)) add(match, readEnglish(match[0], match[1] !== undefined))
  return joinRanges(
    text,
    found.sort((a, b) => a.start - b.start),
  )
}

function readArabic([, whole = '', decimals = '', unit = '', tail = '']: RegExpMatchArray) {
  const factor = chineseUnits[unit] ?? 1
  // Rounded, since 1.2 × 10000 need not be a whole number in binary.
  const value = Math.round(Number(whole + decimals) * factor * 1000) / 1000
  let step = factor
  while (factor === 1 && value > 0 && value % (step * 10) === 0) step *= 10
  if (tail === '+') return { least: value, most: Number.POSITIVE_INFINITY, approximate: false }
  return withTail(value, step, tail)
}

function readChinese(some: string, numeral: string, tail: string) {
  const unit = chineseUnits[numeral.at(-1) ?? ''] ?? 1
  if (some === '上' || some === '成') return open(unit)
  // 几百 is two hundred at the least and less than a thousand.
  if (some) return { least: 2 * unit, most: 10 * unit - 1, approximate: false }
  const few = /^([一二两三四五六七八])([二两三四五六七八九])$/.exec(numeral)
  if (few) {
    const [least, most] = [parseChineseNumeral(few[1] ?? ''), parseChineseNumeral(few[2] ?? '')]
    // 五六个 is five or six; 八六 can only be figures in a row.
    if (least !== null && most === least + 1) return { least, most, approximate: false }
  }
  const between = /^(.*)([一二两三四五六七八])([二两三四五六七八九])([十百千万]?)$/.exec(numeral)
  if (between) {
    const [, head = '', low = '', high = '', power = ''] = between
    const least = parseChineseNumeral(head + low + power)
    const most = parseChineseNumeral(head + high + power)
    const isSpan = least !== null && most !== null && most - least === unit && numeral !== head + low + high
    const inTens = power === '' && /[十百千]$/.test(head)
    // 七八十, 九十八九; figures in a row (二三, 一二三) are read below or not at all.
    if (isSpan || (inTens && least !== null && most !== null)) {
      return { least: least ?? 0, most: (most ?? 0) + (tail ? unit - 1 : 0), approximate: tail === '来' }
    }
  }
  // 一百二 is a hundred and twenty, where 一百零二 has its zero.
  const short = /([百千万])([一二两三四五六七八九])$/.exec(numeral)
  const value = parseChineseNumeral(
    short ? `${numeral}${{ 百: '十', 千: '百', 万: '千' }[short[1] ?? ''] ?? ''}` : numeral,
  )
  return value === null ? null : withTail(value, short ? 1 : unit, tail)
}

function readEnglish(numeral: string, plural: boolean) {
  let total = 0
  let section = 0
  let last = 1
  for (const word of numeral
    .toLowerCase()
    .replace(/s$/, '')
    .split(/[\s-]+/)) {
    const value = words.get(word)
    if (value === undefined) continue
    last = value
    if (value === 1000) {
      total += (section || 1) * value
      section = 0
    } else if (value === 100 || word === 'dozen') section = (section || 1) * value
    else section += value
  }
  // Hundreds, dozens: at least two of them.
  if (plural) return last === 12 ? { least: 20, most: 99, approximate: false } : open(2 * last)
  return { least: total + section, most: total + section, approximate: false }
}

/** 九十多 is 91 to 99, 一百来 about 100; the step is what the last figure counts in. */
function withTail(value: number, step: number, tail: string) {
  if (tail === '来' || tail === '把') return { least: value, most: value, approximate: true }
  if (tail !== '' && step > 1) return { least: value + 1, most: value + step - 1, approximate: false }
  return { least: value, most: value, approximate: false }
}

function open(least: number) {
  return { least, most: Number.POSITIVE_INFINITY, approximate: false }
}

function joinRanges(text: string, numbers: SpokenNumber[]): SpokenNumber[] {
  const joined: SpokenNumber[] = []
  for (const number of numbers) {
    const before = joined.at(-1)
    const gap = before ? text.slice(before.end, number.start) : ''
    const isRange =
      /^\s*[名人个位]?\s*(到|至|-|~|–|—|to)\s*$/.test(gap) ||
      (/^ and $/.test(gap) && /between\s*$/.test(text.slice(0, before?.start)))
    if (before && isRange && before.least < number.most) {
      before.most = number.most
      before.end = number.end
    } else joined.push({ ...number })
  }
  return joined
}

function englishWords(): Map<string, number> {
  const small =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
  const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'
  const all = new Map<string, number>()
  for (const [value, word] of small.split(' ').entries()) all.set(word, value)
  for (const [index, word] of tens.split(' ').entries()) all.set(word, (index + 2) * 10)
  for (const [word, value] of [
    ['hundred', 100],
    ['thousand', 1000],
    ['dozen', 12],
  ] as const) {
    all.set(word, value)
  }
  // Longer words first, so that “seven” does not cut “seventeen”.
  return new Map([...all].sort(([a], [b]) => b.length - a.length))
}
