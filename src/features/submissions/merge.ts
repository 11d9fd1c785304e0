import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { Effect } from './effects.ts'
import { normaliseNumber, openRow, readSubmission, type Submission, type SubmissionRow } from './records.ts'
import { partOf } from './relations.ts'
import type { Setting } from './settings.ts'

/**
 * The record into which another is merged: of the same kind, handled by the same people, neither merged itself nor taken
 * back. Throws PlainError `submissions:refused.merge-target`, the same for one that whoever asks may not see.
 */
export async function mergeTarget({ trx, context, submission, part, value, now }: Setting) {
  const { row } = submission
  const refused = new PlainError('submissions:refused.merge-target')
  const into = await readSubmission(trx, context, String(value)).catch((error: unknown) => {
    throw error instanceof PlainError ? refused : error
  })
  const { as } = await partOf(trx, into, part.person, dayInChina(now))
  const handles = as.includes('handler') || as.includes('restricted') || as.includes('superior')
  const isOther = into.row.id !== row.id && into.row.kind === row.kind && into.row.merged_into === null
  // Authors stand by name in what is open; in a sealed one nobody does.
  const isOpen = into.row.sealed === 0
  if (!handles || !isOther || !isOpen || (await wasTakenBack(trx, into))) throw refused
  return { merged_into: into.row.id }
}

/** Authors and votes go over to it, each person once; nobody supports what is their own. */
export async function mergeAuthors({
  trx,
  submission,
  action,
  input,
  now,
}: Effect): Promise<Partial<SubmissionRow>> {
  const { row } = submission
  const field = action.fields.find(({ sets }) => sets === 'merged-into')
  const into = await readTarget(trx, String(input[field?.name ?? ''] ?? ''))
  const authors = await trx
    .selectFrom('submission_author')
    .select(['person', 'confirmed', 'answered_at'])
    .where('submission', '=', row.id)
    .execute()
  // The name of whoever sent in a sealed record stays sealed with it; they are told by `mergedAuthors`.
  const own = row.sealed === 1 ? null : (submission.author?.person ?? null)
  const at = now.toISOString()
  const all = own === null ? authors : [{ person: own, confirmed: 1 as const, answered_at: at }, ...authors]
  for (const author of all.filter(({ person }) => person !== into.author)) {
    await trx
      .insertInto('submission_author')
      .values({ submission: into.id, ...author, merged_from: row.id })
      // Somebody who was still asked there is an author by what they sent in here.
      .onConflict((conflict) =>
        author.confirmed === 1
          ? conflict.columns(['submission', 'person']).doUpdateSet({ confirmed: 1, answered_at: at })
          : conflict.columns(['submission', 'person']).doNothing(),
      )
      .execute()
  }
  const seconds = await trx
    .selectFrom('submission_second')
    .selectAll()
    .where('submission', '=', row.id)
    .execute()
  for (const { person, at: since } of seconds) {
    await trx
      .insertInto('submission_second')
      .values({ submission: into.id, person, at: since, merged_from: row.id })
      .onConflict((conflict) => conflict.columns(['submission', 'person']).doNothing())
      .execute()
  }
  const written = await trx
    .selectFrom('submission_author')
    .select('person')
    .where('submission', '=', into.id)
    .where('confirmed', '=', 1)
    .execute()
  await trx
    .deleteFrom('submission_second')
    .where('submission', '=', into.id)
    .where('person', 'in', [...written.map(({ person }) => person), into.author ?? ''])
    .execute()
  return { closed_at: at }
}

/** The record that stands for this one now: the one into which it was merged, and so on. */
export async function standsFor(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
): Promise<Submission> {
  let found = submission
  while (found.row.merged_into !== null) found = await readSubmission(db, context, found.row.merged_into)
  return found
}

/** Sealed records that were merged into this one: their authors stand nowhere else, and wait for the same answer. */
export async function mergedSealed(
  db: Reads,
  context: SubmissionsContext,
  { row }: Submission,
): Promise<Submission[]> {
  const rows = await db
    .selectFrom('submission')
    .selectAll()
    .where('merged_into', '=', row.id)
    .orderBy('number')
    .execute()
  const found: Submission[] = []
  for (const one of rows) {
    const merged = await openRow(db, context, one)
    if (one.sealed === 1) found.push(merged)
    found.push(...(await mergedSealed(db, context, merged)))
  }
  return found
}

async function readTarget(trx: Trx, typed: string) {
  return trx
    .selectFrom('submission')
    .select(['id', 'author'])
    .where((where) => where.or([where('id', '=', typed), where('number', '=', normaliseNumber(typed))]))
    .executeTakeFirstOrThrow()
}

/** Whether its author has taken it back. */
async function wasTakenBack(db: Reads, { row, kind }: Submission): Promise<boolean> {
  if (!kind.states[row.state]?.final) return false
  const last = await db
    .selectFrom('submission_history')
    .select('action')
    .where('submission', '=', row.id)
    .where('to_state', '=', row.state)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last !== undefined && kind.actions[last.action]?.does.includes('withdraw') === true
}
