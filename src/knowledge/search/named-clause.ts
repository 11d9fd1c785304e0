import { parseChineseNumeral } from '../parse/chinese-numeral.ts'
import { withoutFraming } from './framing.ts'
import { normalise } from './normalise.ts'

const named =
  /第\s*([零〇一二三四五六七八九十百千两\d]+)\s*条|[(（]([零〇一二三四五六七八九十百千两]+)[)）]|\b(?:clause|article)\s*\(?(\d+)\)?/i
/** What is said around a clause's number by somebody who only wants to read it. */
const aroundIt =
  /讲|说|写|内容|原文|全文|条文|文件|意见|看看|看一下|看|念|给|请|把|我|的|是|了|一下|show|read|text|say|full|tell|me/g
/** Characters that may be left over before the question is about something else. */
const mostLeft = 2

/** The number of the clause that somebody asks to read (“第十条讲什么”, “clause 10”); null for any other question. */
export function clauseAskedFor(question: string): number | null {
  const found = named.exec(question.normalize('NFKC'))
  if (!found) return null
  const rest = question.normalize('NFKC').replace(found[0], ' ')
  const left = withoutFraming(normalise(rest)).replace(aroundIt, '').replace(/\s+/g, '')
  if (left.length > mostLeft) return null
  const numeral = found[1] ?? found[2] ?? found[3]!
  return /^\d+$/.test(numeral) ? Number(numeral) : parseChineseNumeral(numeral)
}
