import type { Paragraph } from './reflow.ts'

export interface TitleBlock {
  title: string | null
  /** Joined by 、 where the source separates them by white space. */
  issuers: string | null
  /** What stands before the first heading and is neither: addressees, date of adoption, the opening. */
  preamble: string[]
}

const longestLine = 60
/** So many lines at most stand before the title: secrecy, number of the document, issuers. */
const longestBlock = 8
const documentKind =
  /(?:意见|办法|规定|条例|通知|决定|决议|细则|章程|方案|规划|纲要|计划|制度|指南|指引|手册|解释|规则|批复|公告|通告|通报|公报|函|报告|标准|规范|规程|公约|协议|合同|守则|法|法典|宪法|修正案|要点|说明|倡议书|条款)(?:\s?[（(][^（()）]{1,20}[）)])?$/
const issuerName =
  /^[\u4e00-\u9fff（）()·]{1,30}(?:科协|协会|学会|委|委员会|部|局|会|院|办|办公厅|办公室|厅|府|署|中心|公司|集团|大学|常委会|国务院|中共中央|党组|党委|联盟|银行|总会)$/
const documentNumber =
  /(?:[〔[（(]\s?\d{4}\s?[〕\]）)]\s?第?\s?\d{1,4}\s?号|^第\d{1,4}号|^\d{4}年\d{1,2}月\d{1,2}日$)/

/**
 * Reads the lines before the first heading. A title is a short line at the very beginning that ends in a kind
 * of document (意见, 办法, 法 …) or begins with 关于, on one line or several; a Markdown heading of the first
 * level; or, failing these, the first line where it is short and ends no sentence.
 */
export function readTitleBlock(paragraphs: readonly Paragraph[]): TitleBlock {
  const lines = paragraphs.map(({ text }) => text)
  const marked = paragraphs.findIndex(({ heading }) => heading === 1)
  let block = 0
  while (block < lines.length && block < longestBlock && isTitleLine(lines[block]!)) block++
  const [from, to] = marked >= 0 ? [marked, marked + 1] : findTitle(lines.slice(0, block))
  const title = from < to ? joinTitle(lines.slice(from, to)) : null
  const issuerLines = from < to ? lines.slice(0, from).filter(isIssuerLine) : []
  const issuers = issuerLines.flatMap((line) => line.split(/[\s　、]+/)).join('、')
  const preamble = lines.filter(
    (line, index) => !(index >= from && index < to) && !issuerLines.includes(line),
  )
  return { title, issuers: issuers || null, preamble }
}

/** Start and end of the title among the first lines; equal where there is none. */
function findTitle(lines: string[]): [number, number] {
  for (const [start, line] of lines.entries()) {
    if (isIssuerLine(line) || documentNumber.test(line)) continue
    if (documentKind.test(line)) return [start, start + 1]
    if (!line.includes('关于')) continue
    const end = lines.findIndex((other, index) => index > start && documentKind.test(other))
    return [start, end < 0 || end > start + 3 ? start + 1 : end + 1]
  }
  const first = lines.findIndex((line) => !isIssuerLine(line) && !documentNumber.test(line))
  return first < 0 ? [0, 0] : [first, first + 1]
}

function isTitleLine(line: string): boolean {
  return line.length <= longestLine && !/[。；，：！？;,:!?]$/.test(line) && !/[。；]/.test(line)
}

/** Whether a line names organisations and nothing else: 中国科协 国资委. */
export function isIssuerLine(line: string): boolean {
  return (
    line.length <= 120 &&
    line.split(/[\s　、]+/).every((name) => issuerName.test(name) && !documentKind.test(name))
  )
}

function joinTitle(lines: string[]): string {
  return lines.reduce(
    (title, line) => title + (/[!-~]$/.test(title) && /^[!-~]/.test(line) ? ' ' : '') + line,
  )
}
