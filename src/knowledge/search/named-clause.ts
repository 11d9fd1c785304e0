import { isVisibleTo, type Reader } from '../clause.ts'
import { parseChineseNumeral } from '../parse/chinese-numeral.ts'
import { withoutFraming } from './framing.ts'
import { normalise } from './normalise.ts'
import type { Hit } from './search-engine.ts'
import type { SearchIndex } from './search-index.ts'

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

/** Documents whose clause of a number is shown to somebody who does not say which document is meant. */
const mostDocuments = 2

/** The clauses of that number in the documents that the readers may see. */
export function clausesNumbered(index: SearchIndex, number: number, readers: readonly Reader[]): Hit[] {
  const found: Hit[] = []
  for (const document of index.documents) {
    if (found.length === mostDocuments) break
    if (!isVisibleTo(document.visibility, readers)) continue
    for (let at = document.firstClause; at < document.firstClause + document.clauseCount; at++) {
      const clause = index.readClause(at)
      if (clause.number !== number || clause.kind !== 'clause') continue
      found.push({ document, clause, score: 1, chance: 1, hinted: [] })
      break
    }
  }
  return found
}
