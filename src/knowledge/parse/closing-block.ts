import { matchMarker } from './numbering.ts'
import type { Paragraph } from './reflow.ts'
import { isHeadingLike } from './reflow.ts'
import { isIssuerLine } from './title-block.ts'

/** Where a closing stands among the paragraphs; the end is not included. */
export interface ClosingBlock {
  start: number
  end: number
}

/** A closing has at most so many lines, the list of attachments included. */
const longestClosing = 40
const date =
  /^(?:\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)$/
const remark = /^[（(](?:此[件文]|本文|联系|盖章|公章|印章|主动公开|依申请公开|信息公开)[^（()）]{0,60}[）)]$/
const copies =
  /^(?:抄\s?[送报]|主\s?送|分\s?送|印\s?发|信息公开[选形]|公开方式|联\s?系\s?(?:人|电话|方式))\s?[:：]/
const printed = /\d{1,2}\s?[月日]\s?印发$/
const attachments = /^附\s{0,2}件\s?[:：]\s?\S/
const attachment = /^\d{1,2}\s?[.．、]\s?[^。；]{1,80}$/

/**
 * The closings of an official document (落款): who signed and when, （此件公开发布）, 抄送, 印发 and the list of
 * what is attached. They stand after the last clause, or before the appendices, and belong to no clause.
 */
export function findClosings(paragraphs: readonly Paragraph[]): ClosingBlock[] {
  const ends = [...paragraphs.keys()].filter((index) => isAppendixHeading(paragraphs[index]!))
  const closings: ClosingBlock[] = []
  for (const end of [...ends, paragraphs.length]) {
    const start = findStart(paragraphs, closings.at(-1)?.end ?? 0, end)
    if (start > 0 && start < end) closings.push({ start, end })
  }
  return closings
}

/** Walks up from the end as far as the lines are of a closing; the end itself where it is none. */
function findStart(paragraphs: readonly Paragraph[], from: number, end: number): number {
  let start = end
  let certain = false
  for (let index = end - 1; index >= Math.max(from, end - longestClosing); index--) {
    const { text, heading } = paragraphs[index]!
    if (heading > 0) break
    if (attachments.test(text)) {
      start = index
      certain = true
    } else if (date.test(text) || remark.test(text) || copies.test(text) || printed.test(text)) {
      // Items below it that lead up to no 附件： are text, and so is all of the closing above them.
      if (start !== index + 1) break
      start = index
      certain = true
    } else if (isSignature(text)) {
      if (start !== index + 1) break
      start = index
    } else if (!attachment.test(text)) break
  }
  return certain ? start : end
}

/** Who signed the first closing that is signed, joined by 、; null where none is. */
export function findSignatories(
  paragraphs: readonly Paragraph[],
  closings: readonly ClosingBlock[],
): string | null {
  for (const { start, end } of closings) {
    const signed = paragraphs.slice(start, end).filter(({ text }) => isSignature(text))
    const names = signed.flatMap(({ text }) => withoutSeal(text).split(/[\s　、]+/))
    if (names.length > 0) return names.join('、')
  }
  return null
}

/** 甲公司 乙公司, with what stands for the seal. */
function isSignature(text: string): boolean {
  return text.length <= 60 && isIssuerLine(withoutSeal(text))
}

function withoutSeal(text: string): string {
  return text.replaceAll(/\s?[（(](?:盖章|公章|章|印章)[）)]/g, '')
}

function isAppendixHeading({ text }: Paragraph): boolean {
  return matchMarker(text)?.style === 'appendix' && isHeadingLike(text) && !attachments.test(text)
}
