import type { Selectable } from 'kysely'
import type { Conversation } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Reads } from '../../people/people.ts'
import type { Role } from '../../people/roles.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { ReminderItemTable, ReminderTable } from '../../store/tables/reminders.ts'
import type { WorkingTime } from '../../timers/calendar/add-working-time.ts'
import type { LocalTime, Rule } from '../../timers/recurrence/rule.ts'

export type ReminderRow = Selectable<ReminderTable>
export type ItemRow = Selectable<ReminderItemTable>

/** Who is reminded. */
export type Target =
  | { kind: 'chat'; chat: Conversation }
  | { kind: 'person'; person: string }
  /** Everybody who holds the role on the day, in the organisation or also in those below it. */
  | { kind: 'role'; role: Role; organisation: string; below: boolean }

/** What happens when nobody has acknowledged for so long after the last step (the first: after it was sent). */
export interface Step {
  after: WorkingTime
  /**
   * `again`: whoever has it is told once more; `superior`: those above are told too; `group`: the group bound to the
   * organisation; `owner`: whoever made it; `urgent`: Feishu's urgent message (加急) where the tenant allows it, else as `again`.
   */
  to: 'again' | 'superior' | 'group' | 'owner' | 'urgent'
}

/** A reminder with its texts read. */
export interface Reminder {
  row: ReminderRow
  rule: Rule
  targets: readonly Target[]
  steps: readonly Step[]
  /** An occurrence's key → left out, or moved. */
  exceptions: Readonly<Record<string, 'skip' | LocalTime>>
  /** What its form is about. */
  context: Readonly<Record<string, string>>
}

/** What a reminder says, in its reader's language where it is kept in it. */
export function wordsOf(
  { title, text, texts }: Pick<ReminderRow, 'title' | 'text' | 'texts'>,
  language: Language,
): { title: string; text: string } {
  if (texts === '{}') return { title, text }
  return (JSON.parse(texts) as ReminderTexts)[language] ?? { title, text }
}

/** As `texts` is kept. */
export type ReminderTexts = Partial<Record<Language, { title: string; text: string }>>

/** Reminders by id, in few statements. */
export async function readReminders(db: Reads, ids: readonly string[]): Promise<Reminder[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('reminder').selectAll().where('id', 'in', ids).execute()
  const targets = await db
    .selectFrom('reminder_target')
    .selectAll()
    .where('reminder', 'in', ids)
    .orderBy('position')
    .execute()
  const byReminder = Map.groupBy(targets, ({ reminder }) => reminder)
  return rows.map((row) => ({
    row,
    rule: JSON.parse(row.rule) as Rule,
    targets: (byReminder.get(row.id) ?? []).map(toTarget),
    steps: JSON.parse(row.steps) as Step[],
    exceptions: JSON.parse(row.exceptions) as Reminder['exceptions'],
    context: JSON.parse(row.context) as Reminder['context'],
  }))
}

function toTarget(row: {
  kind: 'chat' | 'person' | 'role'
  chat: string | null
  person: string | null
  role: string | null
  organisation: string | null
  below: number
}): Target {
  if (row.kind === 'chat') return { kind: 'chat', chat: JSON.parse(row.chat!) as Conversation }
  if (row.kind === 'person') return { kind: 'person', person: row.person! }
  return { kind: 'role', role: row.role as Role, organisation: row.organisation!, below: row.below === 1 }
}

/** To which organisation the chats among their targets were bound when they were kept, by `reminder position`. */
export async function keptFor(db: Reads, reminders: readonly string[]): Promise<Map<string, string>> {
  const kept = new Map<string, string>()
  for (const piece of inPieces(reminders)) {
    const rows = await db
      .selectFrom('reminder_target')
      .select(['reminder', 'position', 'organisation'])
      .where('reminder', 'in', piece)
      .where('kind', '=', 'chat')
      .where('organisation', 'is not', null)
      .execute()
    for (const { reminder, position, organisation } of rows)
      kept.set(`${reminder} ${position}`, organisation!)
  }
  return kept
}

/** The id of a run: the same occurrence is never run twice. */
export function runId(reminder: string, key: string): string {
  return `${reminder}@${key}`
}
