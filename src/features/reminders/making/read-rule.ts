import { readSentence } from '../../../timers/recurrence/read-sentence.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'

/** The rule that a few words name, such as 每季度第二个工作日下午两点; null: they are none. @param zone IANA name. */
export function readRuleIn(words: string, now: Date, zone: string): Rule | null {
  const said = readSentence(words, now, zone)
  return said && 'rule' in said ? said.rule : null
}
