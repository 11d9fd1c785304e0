import { instantOf } from '../../../timers/recurrence/local-time.ts'
import {
  nextOccurrence,
  type Occurrence,
  occurrencesFrom,
  type Place,
} from '../../../timers/recurrence/occurrences.ts'
import type { Reminder } from '../records.ts'

/** The next time of a reminder, moved or not. */
export interface NextTime {
  key: string
  at: Date
  provisional: boolean
}

/** A time of a reminder that is over. */
export interface GoneTime {
  key: string
  at: Date
  /** `missed`: a later one takes its place, or it is of no use any more. */
  outcome: 'sent' | 'missed' | 'skipped'
  /** It is so late that the card says so. */
  late: boolean
}

const minute = 60_000
/** From so much on it is said that something comes late. */
export const lateFrom = 10 * minute
/** So many times that passed during a downtime are kept one by one. */
const mostKept = 50
/** Whatever the limit: nothing is run in the very second in which it is due. */
const leastUseful = minute
/** Times that are looked through for one after a key: more never lie between. */
const lookedThrough = 100

/**
 * The first time after those that are over, as moved; without what is skipped. Times before the reminder was last changed
 * are passed over, unless the one that waits is among them.
 * @param from Nothing before it is looked for. Default: when it was last changed.
 */
export function nextTime(reminder: Reminder, place: Place, from?: Date): NextTime | null {
  const { row, exceptions } = reminder
  let next = firstAfter(reminder, place, from ?? new Date(row.changed_at))
  // As many are skipped as somebody has marked.
  while (next && exceptions[next.key] === 'skip') next = nextOccurrence(reminder.rule, place, next.key)
  return next && { key: next.key, at: timeOf(reminder, place, next), provisional: next.provisional }
}

function firstAfter(reminder: Reminder, place: Place, from: Date): Occurrence | null {
  const { row, rule } = reminder
  const { last_key, next_key, next_at } = row
  if (last_key === null) {
    // What was due before somebody changed its words is still to be sent.
    const waits = next_at !== null && new Date(next_at) < from
    return occurrencesFrom(rule, place, waits ? new Date(next_at) : from, 1)[0] ?? null
  }
  const next = nextOccurrence(rule, place, last_key)
  if (!next || next.key === next_key || timeOf(reminder, place, next) >= from) return next
  return occurrencesFrom(rule, place, from, lookedThrough).find(({ key }) => key > last_key) ?? null
}

/** When an occurrence comes: where somebody moved it, else as the rule says. */
function timeOf(
  { exceptions }: Reminder,
  { zone }: Place,
  { key, at }: Pick<Occurrence, 'key' | 'at'>,
): Date {
  const moved = exceptions[key]
  return moved === undefined || moved === 'skip' ? at : instantOf(moved, zone)
}

/**
 * What becomes of the time that waits, which is due, and of those after it that are due by now: only the last one is
 * sent, where it is still of use.
 * `followedBy`: from when on the next one is looked for; undefined: from the last of these on.
 */
export function goneTimes(
  reminder: Reminder,
  place: Place,
  now: Date,
): { gone: GoneTime[]; followedBy: Date | undefined } {
  const { row, rule, exceptions } = reminder
  const passed = [{ key: row.next_key!, at: new Date(row.next_at!) }]
  let next = nextOccurrence(rule, place, row.next_key!)
  while (next && passed.length < mostKept && timeOf(reminder, place, next) <= now) {
    passed.push({ key: next.key, at: timeOf(reminder, place, next) })
    next = nextOccurrence(rule, place, next.key)
  }
  const isLong = next !== null && timeOf(reminder, place, next) <= now
  if (isLong) {
    // Whatever is older is of no use any more, and there may be thousands.
    const useful = new Date(now.getTime() - usefulFor(reminder))
    const recent = occurrencesFrom(rule, place, useful, mostKept * lookedThrough)
    const lastKept = passed.at(-1)!.key
    passed.push(...recent.filter(({ key, at }) => key > lastKept && at <= now))
  }
  const last = passed.findLast(({ key }) => exceptions[key] !== 'skip')
  const gone = passed.map(({ key, at }): GoneTime => {
    const lateness = now.getTime() - at.getTime()
    const isSent = key === last?.key && lateness <= usefulFor(reminder)
    // Days off may move several of them to the same moment.
    const isSame = key !== last?.key && at.getTime() === last?.at.getTime()
    const outcome = exceptions[key] === 'skip' || isSame ? 'skipped' : isSent ? 'sent' : 'missed'
    return { key, at, outcome, late: outcome === 'sent' && lateness >= lateFrom }
  })
  return { gone, followedBy: isLong ? now : undefined }
}

function usefulFor({ row }: Reminder): number {
  return Math.max(row.useful_for * minute, leastUseful)
}
