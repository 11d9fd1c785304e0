import { parseChineseNumeral } from './chinese-numeral.ts'

/** Kinds of numbering, from the outermost in as official documents nest them. */
export type NumberingStyle =
  | 'appendix'
  | 'part'
  | 'subpart'
  | 'chapter'
  | 'section'
  | 'article'
  | 'han'
  | 'han-bracket'
  | 'digit'
  | 'decimal2'
  | 'decimal3'
  | 'decimal4'
  | 'digit-bracket'

/** A number at the beginning of a line. Whether it is a heading is decided with the lines around it. */
export interface Marker {
  style: NumberingStyle
  /** 第三章 → 3; 3.1.2 → 2, its last part; an appendix without number → 0. */
  number: number
  /** 第三条之二 → 2, else 0. */
  sub: number
  /** 3.1.2 → [3, 1, 2]; empty for all others. */
  parts: number[]
  /** As printed: （十）, 一、, 第九条, 3.1. */
  label: string
  /** The label without brackets, punctuation and white space: 十, 一, 第九条, 3.1. */
  key: string
  /** What follows the label and its white space. */
  rest: string
  /** The label stands by itself: white space, a bracket or nothing follows it. */
  apart: boolean
}

const numeral = '(?:[〇零○一二三四五六七八九十百千万两廿卅卌0-9０-９]\\s?){1,16}'
const han = '[〇零○一二三四五六七八九十百千两廿卅卌]{1,9}'
const digit = '[0-9０-９]{1,3}'
const unitStyles: Record<string, NumberingStyle> = {
  编: 'part',
  部分: 'part',
  篇: 'part',
  卷: 'part',
  分编: 'subpart',
  章: 'chapter',
  节: 'section',
  条: 'article',
}
const englishStyles: Record<string, NumberingStyle> = {
  part: 'part',
  chapter: 'chapter',
  section: 'section',
  article: 'article',
}

// Every quantifier is bounded and every pattern anchored, so that no line costs more than a constant.
const unitPattern = new RegExp(`^第\\s{0,2}(${numeral})(部分|分编|编|篇|卷|章|节|条)(?:\\s?之(${han}))?`)
const englishPattern =
  /^(Part|PART|Chapter|CHAPTER|Section|SECTION|Article|ARTICLE) {1,2}([0-9]{1,4}|[IVXLC]{1,8})(?![0-9A-Za-z])(\.(?!\d)|:)?/
const hanPattern = new RegExp(`^(${han})(?:、|[.．](?!\\d))`)
const hanBracketPattern = new RegExp(`^[（(〔]\\s?(${han})\\s?[)）〕]、?`)
const decimalPattern = /^([0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){1,3})(?![0-9０-９])[.．、]?/
const digitPattern = new RegExp(`^(${digit})(?:、|[.．](?![0-9０-９])|(?=[\\s　]))`)
const digitBracketPattern = new RegExp(`^(?:[（(]\\s?(${digit})\\s?[)）]|(${digit})[)）])、?`)
const appendixPattern = new RegExp(
  `^(?:附\\s{0,4}(?:件|录|表)\\s{0,2}((?:${han}|${digit}|[A-ZＡ-Ｚ])?)(?![\\u4e00-\\u9fff])|(?:Annex|ANNEX|Appendix|APPENDIX)(?: {1,2}([0-9A-Z]{1,4})(?![0-9A-Za-z]))?)`,
)

/** The number that a line begins with, or null. Looks at the first 80 characters only. */
export function matchMarker(line: string): Marker | null {
  const head = line.slice(0, 80)
  return (
    matchUnit(line, head) ??
    matchEnglish(line, head) ??
    matchAppendix(line, head) ??
    matchSimple(line, head, 'han', hanPattern) ??
    matchSimple(line, head, 'han-bracket', hanBracketPattern) ??
    matchDecimal(line, head) ??
    matchSimple(line, head, 'digit', digitPattern) ??
    matchSimple(line, head, 'digit-bracket', digitBracketPattern)
  )
}

function matchUnit(line: string, head: string): Marker | null {
  const match = unitPattern.exec(head)
  const number = match && parseChineseNumeral(match[1]!)
  if (!match || number === null) return null
  const sub = match[3] ? (parseChineseNumeral(match[3]) ?? 0) : 0
  return marker(line, match[0], unitStyles[match[2]!]!, number, { sub, key: match[0].replaceAll(/\s/g, '') })
}

function matchEnglish(line: string, head: string): Marker | null {
  const match = englishPattern.exec(head)
  if (!match) return null
  const number = /^\d/.test(match[2]!) ? Number(match[2]) : parseRoman(match[2]!)
  const style = englishStyles[match[1]!.toLowerCase()]!
  const label = match[3] ? match[0].slice(0, -1) : match[0]
  const found = marker(line, match[0], style, number, { key: label.replaceAll(/ +/g, ' ') })
  return { ...found, label }
}

function matchAppendix(line: string, head: string): Marker | null {
  const match = appendixPattern.exec(head)
  if (!match) return null
  const printed = match[1] || match[2] || ''
  const number = /^[A-ZＡ-Ｚ]$/.test(printed)
    ? printed.normalize('NFKC').charCodeAt(0) - 64
    : (parseChineseNumeral(printed) ?? 0)
  return marker(line, match[0], 'appendix', number, { key: shortenSpace(match[0]) })
}

function matchDecimal(line: string, head: string): Marker | null {
  const match = decimalPattern.exec(head)
  if (!match) return null
  const key = match[1]!.normalize('NFKC')
  const parts = key.split('.').map(Number)
  if (parts.some((part) => part === 0)) return null
  const style = `decimal${parts.length}` as NumberingStyle
  return marker(line, match[0], style, parts.at(-1)!, { parts, key })
}

function matchSimple(line: string, head: string, style: NumberingStyle, pattern: RegExp): Marker | null {
  const match = pattern.exec(head)
  const printed = match?.[1] ?? match?.[2]
  const number = printed && parseChineseNumeral(printed)
  return match && printed && number
    ? marker(line, match[0], style, number, { key: printed.normalize('NFKC') })
    : null
}

function marker(
  line: string,
  label: string,
  style: NumberingStyle,
  number: number,
  more: { sub?: number; parts?: number[]; key: string },
): Marker {
  const after = line.slice(label.length)
  const apart = after === '' || /^[\s　【〔[（(:：]/.test(after)
  return { style, number, sub: 0, parts: [], label: label.trimEnd(), rest: after.trimStart(), apart, ...more }
}

/** Annex A keeps its space, 附 件 1 has none to keep. */
export function shortenSpace(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=[\u3000-\uffef]) | (?=[\u3000-\uffef])/g, '')
    .trim()
}

const romanDigits: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100 }

function parseRoman(numeral: string): number {
  return [...numeral].reduce((total, character, index) => {
    const value = romanDigits[character]!
    return total + (value < (romanDigits[numeral[index + 1] ?? ''] ?? 0) ? -value : value)
  }, 0)
}

const clings =
  /^(?:[、，。；,;）)》”’]|和(?!解)|与|或|及|至|到|的|所(?!有)|规定|第|之|以(?:[上下内外及]|前后)|中(?![华国央小外型期学医级共介药标止])|[-—~～])/
/** What no article begins with, however its number is expected. */
const breaks = /^(?:[、，。；,;）)》”’]|第[^，。；]{1,8}[条款项]|[-—~～])/
const clingsApart =
  /^(?:[、，。；,;）)》”’]|第\s?[一二三四五六七八九十]{1,3}\s?[款项]|的规定|规定的|所列|所规定|(?:和|或|至|或者|以及)第)/
const englishClings =
  /^(?:[,;)\]]|(?:of|and|or|to|through|shall|above|below|applies|apply|is|are|provides|does|may|must|was|has|in|on|under|as)\b)/

/** Whether 一、 may rather begin words such as 一、二等奖, so that only its place in a sequence can tell. */
export function isEnumeration(found: Marker): boolean {
  return (
    found.style === 'han' &&
    /^[〇零一二三四五六七八九十百千]{1,9}[、）)等级]|^等/.test(found.rest.slice(0, 12))
  )
}

/** Whether an article's number, though a word of reference follows it, may still begin the article. */
export function mayBeArticle(found: Marker): boolean {
  return found.style === 'article' && !breaks.test(found.rest.slice(0, 40))
}

/**
 * Whether what follows shows the number to be part of a sentence: 第九条、第十条规定的, 第九条第二款,
 * （三）至（五）项, 一、二等奖, Article 3 of the Act, 3.5 万元.
 */
export function isCrossReference(found: Marker): boolean {
  const rest = found.rest.slice(0, 40)
  switch (found.style) {
    case 'part':
    case 'subpart':
    case 'chapter':
    case 'section':
    case 'article':
      if (/^[A-Z]/.test(found.label)) return englishClings.test(rest)
      return found.apart ? clingsApart.test(rest) : clings.test(rest)
    case 'appendix':
      // 附件：1.… lists what is attached; 附件1所列 refers to it.
      return /^[、，。；,;）)》所中的和与或]/.test(rest) || (found.number === 0 && /^[:：]./.test(rest))
    case 'han':
      return /^[、，。；]/.test(rest)
    case 'han-bracket':
    case 'digit-bracket':
      return /^(?:[、，。；,;）)]|和[（(第]|与[（(第]|或[（(第者]|至|到[（(第]|项|款|规定|所[列述规]|的[规情项])/.test(
        rest,
      )
    case 'digit':
      // 3 年以内, 5. 万元: a unit follows; 1、年度 has its punctuation and is an item.
      if (found.label.endsWith('、')) return false
      return /^(?:[、，。；,;）)%％]|[年月日时分秒人元万亿个倍吨米家名户岁天台套件份号](?![度员事力体]))/.test(
        rest,
      )
    default:
      return /^(?:[、，。；,;）)%％]|[万亿元倍米吨年月日人]|个百分点|的|和|与|或|至|规定|所|(?:of|and|or|to|above|below)\b)/.test(
        rest,
      )
  }
}
