import { randomUUID } from 'node:crypto'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import type { InBothLanguages } from '../../../messages/in-both-languages.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { chatKey, organisationsOfChats } from '../../../people/chats.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { LocalTime, Rule } from '../../../timers/recurrence/rule.ts'
import { cancelTimer } from '../../../timers/set-timer.ts'
import type { RemindersContext } from '../context.ts'
import { endItems } from '../items/end-items.ts'
import type { Reminder, ReminderTexts, Step, Target } from '../records.ts'
import { keptFor, readReminders } from '../records.ts'
import { runTimer, scheduleNext } from '../running/schedule.ts'
import { noteHistory } from './history.ts'

/** A reminder as it is to be. */
export interface ReminderDraft {
  /** In one language, as a person wrote it, or in both. */
  title: string | InBothLanguages
  /** Default: none. */
  text?: string | InBothLanguages
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

/** Who does something to a reminder, and when. */
export interface Doing {
  /** Null: the house. */
  by: string | null
  now: Date
}

/** Makes a reminder and, unless it is a draft, sets its first time. */
export async function createReminder(trx: Trx, draft: ReminderDraft, { by, now }: Doing): Promise<Reminder> {
  const id = randomUUID()
  const at = now.toISOString()
  const state = draft.state ?? 'active'
  await trx
    .insertInto('reminder')
    .values({
      ...{ id, number: await nextNumber(trx, 'TX', Number(dayInChina(now).slice(0, 4))) },
      ...{ ...columnsOf(draft), state, reason: '', origin: draft.origin ?? null },
      ...{ template: draft.template ?? null, exceptions: '{}' },
      ...{ last_key: null, next_key: null, next_at: null, provisional: 0 as const },
      ...{ created_by: by, created_at: at, changed_at: at },
    })
    .execute()
  await keepTargets(trx, id, draft.targets)
  if (state === 'draft') return oneReminder(trx, id)
  await noteHistory(trx, { reminder: id, what: 'made', by, now })
  return scheduled(trx, id, now)
}

/**
 * Makes a reminder what the draft says; its times are found anew where they changed. Without effect where nothing is
 * different.
 * @param doing `revives`: one that has ended goes on where the rule has times to come; else PlainError is thrown, as an end
 * cannot be taken back by people.
 */
export async function changeReminder(
  trx: Trx,
  before: Reminder,
  draft: ReminderDraft,
  { by, now, revives = false }: Doing & { revives?: boolean },
): Promise<Reminder> {
  const { row } = before
  if (row.state === 'ended' && !revives) throw new PlainError('reminders:over')
  const columns = columnsOf(draft)
  const isSameTime = row.rule === columns.rule && row.time_zone === columns.time_zone
  const isSame = (Object.keys(columns) as (keyof typeof columns)[]).every((key) => row[key] === columns[key])
  const sameTargets = JSON.stringify(before.targets) === JSON.stringify(draft.targets)
  const revived = row.state === 'ended' && (!isSameTime || row.reason === '')
  const stays = sameTargets && !(await isBoundAnew(trx, before))
  if (isSame && stays && !revived) return before
  await trx
    .updateTable('reminder')
    .set({
      ...columns,
      changed_at: now.toISOString(),
      ...(revived ? { state: 'active' as const, reason: '' } : {}),
      // Keys of another rule say nothing about this one.
      ...(isSameTime ? {} : { last_key: null, exceptions: '{}' }),
    })
    .where('id', '=', row.id)
    .execute()
  // What is known of a target that cannot be reached stays with it.
  if (!stays) await keepTargets(trx, row.id, draft.targets)
  if (row.state === 'draft') return oneReminder(trx, row.id)
  await noteHistory(trx, { reminder: row.id, what: 'changed', by, now })
  return row.state === 'paused' ? oneReminder(trx, row.id) : scheduled(trx, row.id, now)
}

/** Ends a reminder with all its open items. Without effect where it has ended. */
export async function endReminder(
  trx: Trx,
  context: Pick<RemindersContext, 'publicUrl'>,
  { row }: Pick<Reminder, 'row'>,
  { by, now }: Doing,
): Promise<void> {
  if (row.state === 'ended') return
  await setState(trx, row.id, 'ended', now)
  await endItems(trx, context, [row.id], 'reminders:ended', now)
  if (row.state !== 'draft') await noteHistory(trx, { reminder: row.id, what: 'ended', by, now })
}

/** Stops it for as long as nobody resumes it: what is due meanwhile is left out. What is open stays. */
export async function pauseReminder(
  trx: Trx,
  { row }: Pick<Reminder, 'row'>,
  { by, now }: Doing,
): Promise<void> {
  if (row.state !== 'active') throw new PlainError('reminders:not-running', { number: row.number })
  await setState(trx, row.id, 'paused', now)
  await noteHistory(trx, { reminder: row.id, what: 'paused', by, now })
}

/** Goes on with the first time to come. */
export async function resumeReminder(
  trx: Trx,
  { row }: Pick<Reminder, 'row'>,
  { by, now }: Doing,
): Promise<Reminder> {
  if (row.state !== 'paused') throw new PlainError('reminders:not-paused', { number: row.number })
  await trx
    .updateTable('reminder')
    .set({ state: 'active', reason: '', changed_at: now.toISOString() })
    .where('id', '=', row.id)
    .execute()
  await noteHistory(trx, { reminder: row.id, what: 'resumed', by, now })
  return scheduled(trx, row.id, now)
}

/** A draft counts from now on. */
export async function confirmDraft(
  trx: Trx,
  { row }: Pick<Reminder, 'row'>,
  { by, now }: Doing,
): Promise<Reminder> {
  await trx
    .updateTable('reminder')
    .set({ state: 'active', reason: '', changed_at: now.toISOString() })
    .where('id', '=', row.id)
    .execute()
  await noteHistory(trx, { reminder: row.id, what: 'made', by, now })
  return scheduled(trx, row.id, now)
}

/** Another whom of a draft. */
export async function changeTargets(
  trx: Trx,
  { row }: Pick<Reminder, 'row'>,
  targets: readonly Target[],
  organisation: string | null,
  now: Date,
): Promise<Reminder> {
  await trx
    .updateTable('reminder')
    .set({ organisation, changed_at: now.toISOString() })
    .where('id', '=', row.id)
    .execute()
  await keepTargets(trx, row.id, targets)
  return oneReminder(trx, row.id)
}

/** Leaves one occurrence out (`skip`), or moves it to another time of the reminder's clock. */
export async function keepException(
  trx: Trx,
  { row, exceptions }: Reminder,
  key: string,
  what: 'skip' | LocalTime,
  { by, now }: Doing,
): Promise<Reminder> {
  await trx
    .updateTable('reminder')
    .set({ exceptions: JSON.stringify({ ...exceptions, [key]: what }), changed_at: now.toISOString() })
    .where('id', '=', row.id)
    .execute()
  const to = what === 'skip' ? {} : { to: what.replace('T', ' ') }
  const data = { from: key.slice(0, 16).replace('T', ' '), ...to }
  await noteHistory(trx, {
    reminder: row.id,
    what: what === 'skip' ? 'skipped' : 'moved',
    data,
    by,
    now,
  })
  return scheduled(trx, row.id, now)
}

async function setState(trx: Trx, id: string, state: 'paused' | 'ended', now: Date): Promise<void> {
  await trx
    .updateTable('reminder')
    .set({
      ...{ state, reason: '', next_key: null, next_at: null, provisional: 0 as const },
      changed_at: now.toISOString(),
    })
    .where('id', '=', id)
    .execute()
  await cancelTimer(trx, `${runTimer}:${id}`)
}

async function scheduled(trx: Trx, id: string, now: Date): Promise<Reminder> {
  await scheduleNext(trx, await oneReminder(trx, id), now)
  return oneReminder(trx, id)
}

async function oneReminder(trx: Trx, id: string): Promise<Reminder> {
  const [one] = await readReminders(trx, [id])
  if (!one) throw new PlainError('reminders:gone')
  return one
}

function columnsOf(draft: ReminderDraft) {
  const { means } = draft
  return {
    ...{ title: inChinese(draft.title), text: inChinese(draft.text ?? ''), texts: textsOf(draft) },
    ...{ organisation: draft.organisation, owner: draft.owner },
    ...{ rule: JSON.stringify(draft.rule), time_zone: draft.timeZone ?? 'Asia/Shanghai' },
    means: means.type,
    form: means.type === 'form' ? means.form : null,
    context: JSON.stringify(means.type === 'form' ? means.context : {}),
    each: draft.each === false ? (0 as const) : (1 as const),
    steps: JSON.stringify(draft.steps ?? usualSteps),
    ...{ useful_for: draft.usefulFor ?? usefulFor, quiet: draft.quiet ?? '22:00-07:00' },
  }
}

function inChinese(text: string | InBothLanguages): string {
  return typeof text === 'string' ? text : text['zh-CN']
}

function textsOf({ title, text = '' }: Pick<ReminderDraft, 'title' | 'text'>): string {
  if (typeof title === 'string' && typeof text === 'string') return '{}'
  const inEnglish = (one: string | InBothLanguages) => (typeof one === 'string' ? one : one.en)
  const texts: ReminderTexts = { en: { title: inEnglish(title), text: inEnglish(text) } }
  return JSON.stringify(texts)
}

/** Whether a group among its targets belongs to another organisation than when it was kept. */
async function isBoundAnew(trx: Trx, { row, targets }: Reminder): Promise<boolean> {
  const chats = targets.flatMap((target) => (target.kind === 'chat' ? [target.chat] : []))
  if (chats.length === 0) return false
  const bound = await organisationsOfChats(trx, chats)
  const kept = await keptFor(trx, [row.id])
  return targets.some((target, position) => {
    const organisation = kept.get(`${row.id} ${position}`) ?? null
    return target.kind === 'chat' && organisation !== null && bound.get(chatKey(target.chat)) !== organisation
  })
}

/** Puts these in the place of the targets that there are. */
async function keepTargets(trx: Trx, reminder: string, targets: readonly Target[]): Promise<void> {
  await trx.deleteFrom('reminder_target').where('reminder', '=', reminder).execute()
  const chats = targets.flatMap((target) => (target.kind === 'chat' ? [target.chat] : []))
  // Should a group be bound to another unit, this one's matters are not for it.
  const bound = await organisationsOfChats(trx, chats)
  const organisationOf = (target: Target) => {
    if (target.kind === 'chat') return bound.get(chatKey(target.chat)) ?? null
    return target.kind === 'role' ? target.organisation : null
  }
  const rows = targets.map((target, position) => ({
    ...{ reminder, position, kind: target.kind, problem: '', problem_since: null },
    chat: target.kind === 'chat' ? JSON.stringify(target.chat) : null,
    person: target.kind === 'person' ? target.person : null,
    role: target.kind === 'role' ? target.role : null,
    organisation: organisationOf(target),
    below: target.kind === 'role' && target.below ? (1 as const) : (0 as const),
  }))
  for (const piece of inPieces(rows)) await trx.insertInto('reminder_target').values(piece).execute()
}
