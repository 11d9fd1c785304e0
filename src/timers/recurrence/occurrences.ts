import type { WorkCalendar } from '../calendar/work-calendar.ts'
import type { LocalTime, Rule } from './rule.ts'

/** One time at which a rule says that something happens. */
export interface Occurrence {
  /**
   * Names it whatever tables and zones become: made of the rule alone (the day that the rule names, the period), not of
   * the working day to which it was moved. Later occurrences have later keys, compared as text.
   */
  key: string
  local: LocalTime
  /** In the rule's zone. Where clocks skip the local time: as much later; where they pass it twice: the first time. */
  at: Date
  /** A year without a published table was counted. */
  provisional: boolean
}

/** By whose days and clocks a rule is counted. */
export interface Place {
  calendar: WorkCalendar
  /** IANA name. */
  zone: string
}

/** The first occurrence with a later key; null: there is none. @param after null: the first of all. */
export function nextOccurrence(rule: Rule, place: Place, after: string | null): Occurrence | null {
  void [rule, place, after]
  return null
}

/** Those at or after an instant, in their order, so many at most. */
export function occurrencesFrom(rule: Rule, place: Place, from: Date, most: number): Occurrence[] {
  void [rule, place, from, most]
  return []
}
