import type { Language } from '../../../chat/language.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { describeRule } from '../../../timers/recurrence/describe-rule.ts'
import type { Reminder } from '../records.ts'
import { type Maker, mayKeep } from './access.ts'
import { madeForOf } from './made-for.ts'
import { stepsInWords, whomLine, zoneInWords } from './shown-back.ts'
import { problemInWords } from './target-words.ts'
import { timeInWords, upcomingOf } from './upcoming.ts'

/** A reminder as its card shows it. */
export interface ReminderView {
  reminder: Reminder
  rule: string
  /** In words; empty: no more. */
  next: readonly string[]
  isProvisional: boolean
  whom: string
  silence: string
  /** A person's name; null: the house's. */
  owner: string | null
  /** From what it was generated, a key of messages; null: a person made it. */
  madeFor: string | null
  /** Why somebody of the targets cannot be reached. */
  problems: readonly string[]
  /** Null: it never ran. */
  last: LastRun | null
  isKept: boolean
}

interface LastRun {
  at: string
  outcome: 'sent' | 'missed' | 'skipped' | 'nobody'
  acknowledged: readonly string[]
  waiting: readonly string[]
}

/** All that the card of a reminder shows to somebody. */
export async function viewOf(
  db: Reads,
  reminder: Reminder,
  maker: Maker,
  language: Language,
): Promise<ReminderView> {
  const { row, rule, targets, steps } = reminder
  const { now } = maker
  const times = row.state === 'ended' ? [] : await upcomingOf(db, reminder, now)
  const words = describeRule(rule, language)
  const { time_zone: zone } = row
  return {
    reminder,
    rule: zone === defaultZone ? words : `${words} ${zoneInWords(zone, language)}`,
    next: times.map((time) => timeInWords(time, language)),
    isProvisional: times.some(({ provisional }) => provisional),
    whom: await whomLine(db, { targets, each: row.each === 1 }, { now, language }),
    silence: stepsInWords(steps, language),
    owner: row.owner === null ? null : ((await readPerson(db, row.owner))?.name ?? null),
    madeFor: madeForOf(row.origin),
    problems: (await problemsOf(db, row.id)).map((problem) => problemInWords(problem, language)),
    last: await lastRunOf(db, reminder),
    isKept: await mayKeep(db, maker, reminder),
  }
}

/** Why targets cannot be reached: keys of messages, each once. */
async function problemsOf(db: Reads, reminder: string): Promise<string[]> {
  const rows = await db
    .selectFrom('reminder_target')
    .select('problem')
    .where('reminder', '=', reminder)
    .where('problem', '!=', '')
    .orderBy('position')
    .execute()
  return [...new Set(rows.map(({ problem }) => problem))]
}

async function lastRunOf(db: Reads, { row }: Reminder): Promise<LastRun | null> {
  const run = await db
    .selectFrom('reminder_run')
    .selectAll()
    .where('reminder', '=', row.id)
    .orderBy('due_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!run) return null
  const items = await db
    .selectFrom('reminder_item')
    .leftJoin('person', 'person.id', 'reminder_item.person')
    .leftJoin('person as closer', 'closer.id', 'reminder_item.closed_by')
    .select(['reminder_item.state', 'person.name', 'closer.name as closed_by'])
    .where('run', '=', run.id)
    .orderBy('reminder_item.number')
    .execute()
  const inState = (state: string) => items.filter((item) => item.state === state)
  return {
    at: run.due_at,
    outcome: run.outcome,
    acknowledged: inState('acknowledged').map(({ name, closed_by }) => name ?? closed_by ?? ''),
    waiting: inState('open').map(({ name }) => name ?? ''),
  }
}
