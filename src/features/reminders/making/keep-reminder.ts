import { randomUUID } from 'node:crypto'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Trx } from '../../../store/store.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import type { Reminder, Step, Target } from '../records.ts'
import { readReminders } from '../records.ts'
import { scheduleNext } from '../running/schedule.ts'

/** A reminder as it is to be. */
export interface ReminderDraft {
  title: string
  /** Default: none. */
  text?: string
  /** Whose cadres keep it; null: a person's own. */
  organisation: string | null
  /** Who hears of what goes wrong; null: the house's, of whom the cadres of the organisation hear. */
  owner: string | null
  rule: Rule
  /** IANA name. Default: China's. */
  timeZone?: string
  targets: readonly Target[]
  /** What acknowledging means; a form by its name and what it is about. */
  means: { type: 'know' } | { type: 'done' } | { type: 'form'; form: string; context: Record<string, string> }
  /** Everybody of a target answers for themselves. Default true. */
  each?: boolean
  /** Default: the usual ones (knowledge/reminders/steps.yaml). */
  steps?: readonly Step[]
  /** In minutes. Default: two days. */
  usefulFor?: number
  /** Default: `22:00-07:00`. */
  quiet?: string
  /** Default: `active`. */
  state?: 'draft' | 'active'
  /** What it was made for by another feature; unique. Default: none. */
  origin?: string | null
  template?: string | null
}

const usualSteps: readonly Step[] = [
  { after: { workingHours: 8 }, to: 'again' },
  { after: { workingHours: 8 }, to: 'superior' },
]
const usefulFor = 2 * 24 * 60

/** Makes a reminder and sets its first time. */
export async function createReminder(
  trx: Trx,
  draft: ReminderDraft,
  { by, now }: { by: string | null; now: Date },
): Promise<Reminder> {
  const id = randomUUID()
  const at = now.toISOString()
  const { means } = draft
  await trx
    .insertInto('reminder')
    .values({
      ...{ id, number: await nextNumber(trx, 'TX', Number(dayInChina(now).slice(0, 4))) },
      ...{ title: draft.title, text: draft.text ?? '', organisation: draft.organisation, owner: draft.owner },
      ...{ rule: JSON.stringify(draft.rule), time_zone: draft.timeZone ?? 'Asia/Shanghai' },
      means: means.type,
      form: means.type === 'form' ? means.form : null,
      context: JSON.stringify(means.type === 'form' ? means.context : {}),
      each: draft.each === false ? 0 : 1,
      steps: JSON.stringify(draft.steps ?? usualSteps),
      ...{ useful_for: draft.usefulFor ?? usefulFor, quiet: draft.quiet ?? '22:00-07:00' },
      ...{ state: draft.state ?? 'active', reason: '' },
      ...{ origin: draft.origin ?? null, template: draft.template ?? null, exceptions: '{}' },
      ...{ last_key: null, next_key: null, next_at: null, provisional: 0 as const },
      ...{ created_by: by, created_at: at, changed_at: at },
    })
    .execute()
  await keepTargets(trx, id, draft.targets)
  const [made] = await readReminders(trx, [id])
  await scheduleNext(trx, made!, now)
  return (await readReminders(trx, [id]))[0]!
}

/** Puts these in the place of the targets that there are. */
export async function keepTargets(trx: Trx, reminder: string, targets: readonly Target[]): Promise<void> {
  await trx.deleteFrom('reminder_target').where('reminder', '=', reminder).execute()
  const rows = targets.map((target, position) => ({
    ...{ reminder, position, kind: target.kind, problem: '', problem_since: null },
    chat: target.kind === 'chat' ? JSON.stringify(target.chat) : null,
    person: target.kind === 'person' ? target.person : null,
    role: target.kind === 'role' ? target.role : null,
    organisation: target.kind === 'role' ? target.organisation : null,
    below: target.kind === 'role' && target.below ? (1 as const) : (0 as const),
  }))
  if (rows.length > 0) await trx.insertInto('reminder_target').values(rows).execute()
}
