import type { IncomingFile } from '../../../chat/incoming.ts'
import type { FormValues } from '../../../forms/definition.ts'
import type { Reads } from '../../../people/people.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import type { SubmissionsContext } from '../context.ts'
import type { KindAction, KindField } from '../definition/schema.ts'
import type { Effect } from '../effects.ts'
import type { Submission, SubmissionRow } from '../records.ts'
import { unsealed } from '../sealed.ts'
import { dropMilestones } from './milestones.ts'
import { offersOn, setState } from './offers.ts'

/** What was agreed with whoever solves it, as it was filled in. */
export interface Agreement {
  fields: readonly KindField[]
  values: FormValues
}

/** The words of an agreement stand in the history; its files are held from now on. */
export async function keepAgreement({
  trx,
  submission,
  action,
  input,
}: Effect): Promise<Partial<SubmissionRow>> {
  const files = action.fields.flatMap(({ name, type }) =>
    type === 'file' ? ((input[name] ?? []) as IncomingFile[]) : [],
  )
  await holdBlobs(
    trx,
    `submission ${submission.row.id} agreement`,
    files.map(({ blob }) => blob),
  )
  return {}
}

/** Ended before the problem was solved: who had it has it no more, and others may offer. */
export async function endAgreement(effect: Effect): Promise<Partial<SubmissionRow>> {
  const { trx, submission, now } = effect
  const chosen = (await offersOn(trx, submission.row.id)).filter(({ state }) => state === 'chosen')
  await setState(trx, chosen, 'ended', now)
  await dropMilestones(effect)
  return { owner: null, verifier: null }
}

/** The agreement in force; null where there is none, or its words were erased. */
export async function agreementOf(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  { row, kind }: Submission,
): Promise<Agreement | null> {
  const named = (what: KindAction['does'][number]) =>
    Object.keys(kind.actions).filter((name) => kind.actions[name]!.does.includes(what))
  const [made, ended] = [named('agree'), named('end-agreement')]
  if (made.length === 0) return null
  const last = await db
    .selectFrom('submission_history')
    .select(['action', 'revision', 'input'])
    .where('submission', '=', row.id)
    .where('action', 'in', [...made, ...ended])
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last || !made.includes(last.action)) return null
  const kept = await unsealed(db, context, row, `history ${last.revision}`, last.input)
  if (kept === '') return null
  return { fields: kind.actions[last.action]!.fields, values: JSON.parse(kept) as FormValues }
}
