import { around, type Headcount, nearly } from './headcount.ts'
import type { SpokenNumber } from './read-numbers.ts'

type Bound = 'under' | 'at-most' | 'over' | 'at-least' | 'nearly' | 'about' | 'a-little-over'

// In order: 不超过 before 超过, 不到 before 到. Each stands right before the number.
const before: [Bound, RegExp][] = [
  ['at-most', /(不超过|不多于|不高于|至多|最多|顶多|\bat most|\bno more than|\bup to|\bnot more than)$/i],
  [
    'at-least',
    /(不少于|不低于|不下于?|至少|起码|最少|(?<!超)过|逾|\bat least|\bno fewer than|\bno less than)$/i,
  ],
  [
    'under',
    /(不到|不足|不满|未满|未到|未达到?|没到|没达到?|没满|达不到|少于|低于|小于|不够|没有|没够|还差|\bfewer than|\bless than|\bunder|\bbelow|\bnot even|\bshort of)$/i,
  ],
  [
    'over',
    /(超过|超|多于|大于|高于|突破|不止|\bmore than|\bover|\babove|\bexceeds?|\bexceeding|\bupwards? of)$/i,
  ],
  ['nearly', /((?<![附最])近|将近|接近|快到?|\bnearly|\balmost|\bclose to|\bjust (under|below|short of))$/i],
  [
    'about',
    /((?<![合节契])约|大概|大致|大体|差不多|估计|\babout|\baround|\broughly|\bapproximately|\bsome|~)$/i,
  ],
]

const after: [Bound, RegExp][] = [
  ['under', /^(都|还|也)?(不到|不足|没到|没有|不满|达不到|不够)/],
  ['at-most', /^(及|或|\()?(以下|以内|之内)|^or (fewer|less)\b/i],
  ['a-little-over', /^(出头|挂零)/],
  ['over', /^(开外|还多|不止)/],
  ['at-least', /^(及|或)?(以上|往上|\+)|^\+|^or more\b/i],
  ['about', /^(左右|上下|光景|的样子|or so\b|give or take)/i],
]

/**
 * The headcount that a number means with the words right before and behind it: 不到一百, 100 人以下, “at least 90”.
 * `afterUnit` is the text behind 人 or 名, `afterNumber` that behind the numeral.
 */
export function boundsOf(
  number: SpokenNumber,
  textBefore: string,
  afterNumber: string,
  afterUnit: string,
): Headcount {
  // 约有, 够了, “about a”; but 没有 stays whole.
  const led = textBefore.replace(/(?:了|(?<!没)有|个|\s|\ban?\b|\bthe\b)+$/i, '')
  const bound =
    before.find(([, pattern]) => pattern.test(led))?.[0] ??
    after.find(
      ([, pattern]) => pattern.test(afterNumber.trimStart()) || pattern.test(afterUnit.trimStart()),
    )?.[0]
  const { least, most } = number
  switch (bound) {
    case 'under':
      return { least: 0, most: Math.max(least - 1, 0) }
    case 'at-most':
      return { least: 0, most }
    case 'over':
      return { least: most === least ? least + 1 : least, most: null }
    case 'at-least':
      return { least, most: null }
    case 'nearly':
      return nearly(least)
    case 'a-little-over':
      return { least: least + 1, most: least + Math.max(1, Math.floor(least / 5)) }
    case 'about':
      return least === most ? around(least) : bounded(least, most)
    default:
      return number.approximate ? around(least) : bounded(least, most)
  }
}

function bounded(least: number, most: number): Headcount {
  return { least, most: Number.isFinite(most) ? most : null }
}
