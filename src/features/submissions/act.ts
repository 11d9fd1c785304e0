import type { Account } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import type { FormValues } from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Trx } from '../../store/store.ts'
import { startClocks } from './clocks.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindAction } from './definition/schema.ts'
import { effects } from './effects.ts'
import { checkAction, nextState, type Part, type PossibleAction } from './life/life.ts'
import { openRow, readSubmission, type Submission, type SubmissionRow } from './records.ts'
import { partOf } from './relations.ts'
import { sealed } from './sealed.ts'
import { settings } from './settings.ts'
import { standingOf } from './standing.ts'
import { settleNotices, tellAuthor, tellNext } from './tell.ts'
import { readableFields } from './texts.ts'

/** Something that is to be done to a record. */
export interface Deed {
  /** Id or number. */
  submission: string
  action: string
  /** Who does it: an account and whose it is; `clock`: the time is over. */
  by: { account: Account; person: string | null } | 'clock'
  /** The record's stage that was seen; another one now: PlainError `submissions:changed`. Null: whatever it is. */
  seen: number | null
  /** What was filled in, by the names of the action's fields. */
  input: FormValues
  now: Date
}

/**
 * Does it, all or nothing: checks rights and needs, changes the state, writes the history, does what the action does,
 * begins the times of the new state, tells the author and whoever must act next. Throws PlainError
 * `submissions:refused.*` where it may not be done.
 */
export async function act(trx: Trx, context: SubmissionsContext, deed: Deed): Promise<Submission> {
  const { action: name, by, input, now } = deed
  const before = await readSubmission(trx, context, deed.submission)
  // Rows first, so that of two who press at the same moment the second waits and then finds another revision.
  await lockRow(trx, before.row)
  if (deed.seen !== null && deed.seen !== before.row.stage) throw new PlainError('submissions:changed')
  const part = by === 'clock' ? clock : await partOfDoer(trx, before, by, now)
  const checked = checkAction(before.kind, await standingOf(trx, before), part, name, input)
  if (typeof checked === 'string') throw new PlainError(`submissions:refused.${checked}`)
  const after = await apply(trx, context, before, checked, part, input, now)
  const told = await toldText(trx, after, checked.action, input)
  if (checked.as !== 'author') await tellAuthor(trx, context, after, told, now)
  await settleNotices(trx, after, part.person, now)
  const isMoved = after.row.state !== before.row.state
  if (isMoved) await tellNext(trx, context, after, now)
  return goOn(trx, context, after, now)
}

const clock: Part = { person: null, as: ['clock'] }

/** What somebody is to the record; a guest who sent it in is its author too. */
async function partOfDoer(
  trx: Trx,
  submission: Submission,
  { account, person }: Exclude<Deed['by'], 'clock'>,
  now: Date,
): Promise<Part> {
  const part = await partOf(trx, submission, person, dayInChina(now))
  const own = submission.author?.account
  const isOwn = person === null && own && accountKey(own) === accountKey(account)
  return isOwn ? { person, as: ['author'] } : part
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
    if (typeof checkAction(kind, standing, clock, name) === 'string') continue
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
  input: FormValues,
  now: Date,
): Promise<Submission> {
  const { row, kind } = before
  const state = nextState({ action }, row.state, input)
  const revision = row.revision + 1
  let changes: Partial<SubmissionRow> = { state, revision }
  if (state !== row.state) {
    changes.since = now.toISOString()
    changes.stage = revision
    changes.closed_at = kind.states[state]?.final ? now.toISOString() : null
  }
  for (const field of action.fields) {
    const value = input[field.name]
    if (field.sets === undefined || value === undefined) continue
    changes = {
      ...changes,
      ...(await settings[field.sets]({ trx, context, submission: before, value, now })),
    }
  }
  for (const effect of action.does) {
    const done = await effects[effect]({ trx, context, submission: before, part, action, input, now })
    changes = { ...changes, ...done }
  }
  await trx.updateTable('submission').set(changes).where('id', '=', row.id).execute()
  const isHidden = as === 'author' && (row.sealed === 1 || row.naming !== 'signed')
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
      input: await sealed(trx, context, row, `history ${revision}`, JSON.stringify(input)),
      at: now.toISOString(),
    })
    .execute()
  const after = await openRow(trx, context, { ...row, ...changes })
  if (state === row.state) return after
  const due = await startClocks(trx, after, now)
  const due_at = due?.toISOString() ?? null
  await trx.updateTable('submission').set({ due_at }).where('id', '=', row.id).execute()
  return { ...after, row: { ...after.row, due_at } }
}

/** The action's words to the author, with what was filled in. */
async function toldText(
  trx: Trx,
  { row }: Submission,
  { told, fields }: KindAction,
  input: FormValues,
): Promise<string> {
  if (!told) return ''
  const lines = await readableFields(trx, fields, input, row.language)
  const values = Object.fromEntries(fields.map(({ name }) => [name, '']))
  return translate(row.language, told, {
    ...values,
    ...Object.fromEntries(lines.map(({ name, value }) => [name, value])),
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
