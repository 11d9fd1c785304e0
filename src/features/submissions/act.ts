import type { Account } from '../../chat/incoming.ts'
import { publish } from '../../events/publish.ts'
import type { FormValues } from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import { readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { attachmentsOf, holdFiles, keepFiles } from './attachments.ts'
import { startClocks } from './clocks.ts'
import { askCoAuthors } from './co-authors.ts'
import { consequences } from './consequences.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindField } from './definition/schema.ts'
import { changedFields, editableFields, withChanges } from './edit-content.ts'
import { effects } from './effects.ts'
import { fundWords } from './funds.ts'
import { checkAction, nextState, type Part, type PossibleAction } from './life/life.ts'
import { receiversOf } from './receivers.ts'
import { openRow, readSubmission, type Submission, type SubmissionRow } from './records.ts'
import { partOfAccount } from './relations.ts'
import { reviewWords, withReviewWords } from './review/score-card.ts'
import { sealed } from './sealed.ts'
import { keepText } from './search/keep-text.ts'
import { settings } from './settings.ts'
import { standingOf } from './standing.ts'
import { settleNotices, tellAuthors, tellEnded, tellNext } from './tell.ts'
import { editedWords, toldWords } from './texts.ts'

/** Something that is to be done to a record. */
export interface Deed {
  /** Id or number. */
  submission: string
  action: string
  /** Who does it: an account and whose it is; `clock`: the time is over; `receipt`: whoever holds the author's code. */
  by: { account: Account; person: string | null } | 'clock' | 'receipt'
  /** The record's stage that was seen; another one now: PlainError `submissions:changed`. Null: whatever it is. */
  seen: number | null
  /** What was filled in, by the names of the action's fields. */
  input: FormValues
  /** For an action that edits: what the record is to hold, by the names of its kind's fields. */
  content?: FormValues | undefined
  now: Date
}

/**
 * Does it, all or nothing: checks rights and needs, changes the state, writes the history, does what the action does,
 * begins the times of the new state, tells the author and whoever must act next. Throws PlainError
 * `submissions:refused.*` where it may not be done.
 */
export async function act(trx: Trx, context: SubmissionsContext, asked: Deed): Promise<Submission> {
  const { action: name, now } = asked
  const before = await readSubmission(trx, context, asked.submission)
  // Rows first, so that of two who press at the same moment the second waits and then finds another revision.
  await lockRow(trx, before.row)
  if (asked.seen !== null && (await isOld(trx, before, asked.seen)))
    throw new PlainError('submissions:changed')
  const part =
    typeof asked.by === 'string'
      ? parts[asked.by]
      : await partOfAccount(trx, before, asked.by, dayInChina(now))
  const checked = checkAction(before.kind, await standingOf(trx, before), part, name, asked.input)
  if (typeof checked === 'string') throw new PlainError(`submissions:refused.${checked}`)
  const kept = (fields: KindField[], values: FormValues) =>
    keepFiles(trx, context, before.row, fields, values)
  const input = await kept(checked.action.fields, asked.input)
  const content = asked.content && (await kept(editableFields(before.kind), asked.content))
  const deed = { ...asked, input, content }
  const after = await apply(trx, context, before, checked, part, deed)
  if (after.row.content !== before.row.content) {
    await keepText(trx, context, after)
    await holdFiles(trx, context, after.row, attachmentsOf(after))
  }
  const isMoved = hasMoved(before.row, after.row)
  const isEnded = checked.action.does.some((did) => did === 'withdraw' || did === 'merge')
  if (isEnded && after.row.sealed === 0) {
    await publish(trx, 'submission.ended', { submission: after.row.id }, now)
  }
  const fields = changedFields(after, withChanges(before, input, deed.content))
  const by = checked.action.secret || part.person === null ? null : await readPerson(trx, part.person)
  const { language } = after.row
  const reviews = await reviewWords(trx, context, after, checked.action, language)
  const words = await toldWords(trx, checked.action, input, language, {
    ...{ by: by?.name ?? '', ...reviews },
    ...fundWords(after),
  })
  // The other authors learn what one of them has changed.
  const told = words === '' && fields.length > 0 ? editedWords(fields, after.row.language) : words
  // What changes nothing for the authors, such as one of several reviews, is not told to them.
  if (isMoved || told !== '') {
    const by = checked.as === 'author' ? 'author' : part.person
    await tellAuthors(trx, context, after, told, now, by)
  }
  const isByAuthors = checked.as === 'author' || checked.as === 'co-author'
  if (isMoved && isByAuthors && after.kind.states[after.row.state]?.final) {
    await tellEnded(trx, context, { before, after }, checked.action, now)
  }
  if (checked.action.does.includes('edit')) await askCoAuthors(trx, context, after, now)
  const isBefore = await settleNotices(trx, context, after, part.person, now)
  const except = isBefore ? part.person : null
  const why = fields.length > 0 ? { why: 'edited' as const, fields } : {}
  if (isMoved) await tellNext(trx, context, after, now, { ...why, except })
  else if (after.row.handler !== before.row.handler) await tellHandler(trx, context, after, part, now)
  else if (after.row.stage !== before.row.stage) {
    // Nothing was edited: something else of the same kind waits for them, such as another objection.
    await tellNext(trx, context, after, now, { why: fields.length > 0 ? 'edited' : 'more', fields })
  } else if (isTimedAnew(before.row, after.row)) await tellOfTime(trx, context, after, part, now)
  const { action } = checked
  for (const did of action.does) {
    await consequences[did]?.({ trx, context, submission: after, part, action, input, now })
  }
  return goOn(trx, context, after, now)
}

/** What the clock is to every record. */
export const clockPart: Part = { person: null, as: ['clock'] }
const parts = { clock: clockPart, receipt: { person: null, as: ['author'] } satisfies Part }

/** Whoever has it now is told, unless they took it themselves. */
async function tellHandler(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  { person }: Part,
  now: Date,
): Promise<void> {
  const { handler } = submission.row
  if (handler !== null && handler !== person) {
    await tellNext(trx, context, submission, now, { why: 'handed', to: [handler] })
  }
}

/** Those who must act learn that they have less time, or more, unless they said so themselves. */
async function tellOfTime(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  { person }: Part,
  now: Date,
): Promise<void> {
  const waitsFor = submission.kind.states[submission.row.state]?.waitsFor
  if (!waitsFor) return
  const asked = await receiversOf(trx, submission, waitsFor, dayInChina(now))
  const to = asked.filter((one) => one !== person)
  if (to.length > 0) await tellNext(trx, context, submission, now, { why: 'timed', to })
}

/** What the clock may do without waiting for a time is done as soon as what it needs holds. */
async function goOn(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  now: Date,
): Promise<Submission> {
  const { kind, row } = submission
  const timed = kind.states[row.state]?.clock?.action
  const standing = await standingOf(trx, submission)
  for (const [name, { by }] of Object.entries(kind.actions)) {
    if (!by.includes('clock') || name === timed) continue
    if (typeof checkAction(kind, standing, clockPart, name) === 'string') continue
    return act(trx, context, { submission: row.id, action: name, by: 'clock', seen: null, input: {}, now })
  }
  return submission
}

async function apply(
  trx: Trx,
  context: SubmissionsContext,
  before: Submission,
  { name, action, as }: PossibleAction,
  part: Part,
  { input, content, now }: Deed,
): Promise<Submission> {
  const { row, kind } = before
  const state = nextState({ action }, row.state, input)
  const revision = row.revision + 1
  let changes: Partial<SubmissionRow> = { state, revision }
  for (const field of action.fields) {
    const value = input[field.name]
    if (field.sets === undefined || value === undefined) continue
    changes = {
      ...changes,
      ...(await settings[field.sets]({ trx, context, submission: before, part, action, input, value, now })),
    }
  }
  for (const effect of action.does) {
    const done = await effects[effect]({
      trx,
      context,
      submission: before,
      part,
      action,
      input,
      content,
      now,
    })
    changes = { ...changes, ...done }
  }
  const isMoved = hasMoved(row, { ...row, ...changes })
  if (isMoved) {
    changes.since = now.toISOString()
    changes.stage = revision
    changes.closed_at ??= kind.states[state]?.final ? now.toISOString() : null
  }
  const isHandedOn = changes.handler !== undefined && changes.handler !== row.handler
  // Buttons that were made for what stood before, or for somebody else, are old now.
  if (changes.content !== undefined || isHandedOn) changes.stage = revision
  await trx.updateTable('submission').set(changes).where('id', '=', row.id).execute()
  const reviews = await reviewWords(trx, context, before, action, row.language)
  const kept = action.secret ? {} : withReviewWords(withChanges(before, input, content), reviews)
  const isHidden = action.secret || (as === 'author' && (row.sealed === 1 || row.naming !== 'signed'))
  await trx
    .insertInto('submission_history')
    .values({
      submission: row.id,
      revision,
      action: name,
      from_state: row.state,
      to_state: state,
      by: isHidden ? null : part.person,
      part: as,
      input: await sealed(trx, context, { ...row, ...changes }, `history ${revision}`, JSON.stringify(kept)),
      at: now.toISOString(),
    })
    .execute()
  const after = await openRow(trx, context, { ...row, ...changes })
  if (!isMoved && !isTimedAnew(row, after.row)) return after
  const due = await startClocks(trx, after, now)
  const due_at = due?.toISOString() ?? null
  await trx.updateTable('submission').set({ due_at }).where('id', '=', row.id).execute()
  return { ...after, row: { ...after.row, due_at } }
}

/** What is more pressing now has less time, and another day is another time. */
function isTimedAnew(before: SubmissionRow, after: SubmissionRow): boolean {
  return after.due_day !== before.due_day || after.priority !== before.priority
}

/** Whether it came before others: in another state, or in the same with another organisation. */
function hasMoved(before: SubmissionRow, after: SubmissionRow): boolean {
  return after.state !== before.state || after.lies_with !== before.lies_with
}

/**
 * Whether what somebody saw is no longer so: since then it came into another state, or says something else. To whom it
 * was handed makes no form old that somebody has begun to fill in.
 * @param seen The stage that was seen.
 */
export async function isOld(db: Reads, { row, kind }: Submission, seen: number): Promise<boolean> {
  if (seen === row.stage) return false
  if (!Number.isSafeInteger(seen) || seen < 1 || seen > row.stage) return true
  const since = await db
    .selectFrom('submission_history')
    .select(['action', 'from_state', 'to_state'])
    .where('submission', '=', row.id)
    .where('revision', '>', seen)
    .execute()
  return since.some(({ action, from_state, to_state }) => {
    const does = kind.actions[action]?.does
    if (from_state !== to_state || !does) return true
    // A form for one objection must not answer the next, nor one that was opened below act above.
    return (['edit', 'settle-objection', 'pass-up'] as const).some((one) => does.includes(one))
  })
}

/** An update that changes nothing locks the row on PostgreSQL; SQLite has one writer at a time anyhow. */
async function lockRow(trx: Trx, { id, revision }: SubmissionRow): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('submission')
    .set({ revision })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new PlainError('submissions:changed')
}
