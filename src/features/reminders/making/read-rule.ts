import type { Problem } from '../../../forms/fields/refuse.ts'
import { readSentence } from '../../../timers/recurrence/read-sentence.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import { unclearBeside } from './request-rest.ts'

/** The rule that a few words name, such as 每季度第二个工作日下午两点; null: they are none. @param zone IANA name. */
export function readRuleIn(words: string, now: Date, zone: string): Rule | null {
  return problemOfWords(words, now, zone) === null ? ruleSaid(words, now, zone) : null
}

/** Why a few words are no rule by the clock of a zone; null: they are one. */
export function problemOfWords(words: string, now: Date, zone: string): Problem | null {
  const said = readSentence(words, now, zone)
  if (said === null) return { key: 'reminders:form.words-unread', values: {} }
  const unclear = 'problem' in said ? said : unclearBeside(words, said.spans)
  if (unclear) return { key: unclear.problem, values: unclear.values }
  return 'rule' in said && said.zone !== zone ? { key: 'reminders:form.words-zone', values: {} } : null
}

function ruleSaid(words: string, now: Date, zone: string): Rule | null {
  const said = readSentence(words, now, zone)
  return said && 'rule' in said ? said.rule : null
}
