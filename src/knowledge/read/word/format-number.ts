import { formatChineseNumeral } from '../../parse/chinese-numeral.ts'

const heavenlyStems = '甲乙丙丁戊己庚辛壬癸'
const earthlyBranches = '子丑寅卯辰巳午未申酉戌亥'
const financial: Record<string, string> = {
  零: '零',
  一: '壹',
  二: '贰',
  三: '叁',
  四: '肆',
  五: '伍',
  六: '陆',
  七: '柒',
  八: '捌',
  九: '玖',
  十: '拾',
  百: '佰',
  千: '仟',
}
const romans: [string, number][] = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
]

/**
 * A number as Word prints it in a format of ECMA-376, 17.18.59 (ST_NumberFormat); in plain digits where the
 * format is unknown or has no sign for so large a number.
 */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case 'none':
    case 'bullet':
      return ''
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'japaneseCounting':
    case 'koreanCounting':
      return counted(value)
    case 'ideographDigital':
    case 'taiwaneseDigital':
    case 'japaneseDigitalTenThousand':
      return String(value).replaceAll(/\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)]!)
    case 'chineseLegalSimplified':
    case 'ideographLegalTraditional':
    case 'japaneseLegal':
      return [...counted(value)].map((character) => financial[character] ?? character).join('')
    case 'ideographTraditional':
      return heavenlyStems[value - 1] ?? String(value)
    case 'ideographZodiac':
      return earthlyBranches[value - 1] ?? String(value)
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return shifted(String(value), 0xff10)
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return circled(value)
    case 'decimalEnclosedParen':
      return within(value, 20, 0x2474)
    case 'decimalEnclosedFullstop':
      return within(value, 20, 0x2488)
    case 'ideographEnclosedCircle':
      return within(value, 10, 0x3280)
    case 'upperLetter':
      return letters(value, 'A')
    case 'lowerLetter':
      return letters(value, 'a')
    case 'upperRoman':
      return roman(value)
    case 'lowerRoman':
      return roman(value).toLowerCase()
    default:
      return String(value)
  }
}

function counted(value: number): string {
  return value >= 0 && value < 100_000_000 ? formatChineseNumeral(value) : String(value)
}

function shifted(digits: string, zero: number): string {
  return digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))
}

/** Unicode has circled numbers in three rows: to 20, to 35 and to 50. */
function circled(value: number): string {
  if (value > 35) return within(value - 35, 15, 0x32b1, value)
  return value > 20 ? within(value - 20, 15, 0x3251, value) : within(value, 20, 0x2460)
}

function within(place: number, count: number, first: number, value = place): string {
  return place >= 1 && place <= count ? String.fromCodePoint(first + place - 1) : String(value)
}

/** Word goes on after Z with AA, BB. */
function letters(value: number, first: string): string {
  if (value < 1 || value > 26 * 20) return String(value)
  const letter = String.fromCodePoint(first.codePointAt(0)! + ((value - 1) % 26))
  return letter.repeat(Math.floor((value - 1) / 26) + 1)
}

function roman(value: number): string {
  if (value < 1 || value > 9999) return String(value)
  let rest = value
  let text = ''
  for (const [sign, worth] of romans) {
    text += sign.repeat(Math.floor(rest / worth))
    rest %= worth
  }
  return text
}
