import type { FormValues } from '../../../forms/definition.ts'
import type { Reads } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import type { KindAction, KindField } from '../definition/schema.ts'
import type { Submission } from '../records.ts'
import { unsealed } from '../sealed.ts'

/** What was agreed with whoever solves it, as it was filled in. */
export interface Agreement {
  fields: readonly KindField[]
  values: FormValues
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
