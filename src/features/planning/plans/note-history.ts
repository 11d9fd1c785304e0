import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import type { Tables } from '../../../store/tables.ts'
import type { PlanRow } from './records.ts'

/** Who does it, and when. */
export interface Doing {
  /** A person; null: the house. */
  by: string | null
  /** Of `store.now(trx)`. */
  now: Date
}

/**
 * Whoever changes a plan does so one after another: gives the plan as it stands now. Throws PlainError where there is none,
 * or where something was done to it since it was `seen`.
 * @param seen The version that was looked at; null: whatever there is.
 */
export async function lockPlan(trx: Trx, id: string, seen: number | null, { now }: Doing): Promise<PlanRow> {
  const row = await trx
    .updateTable('plan')
    .set({ changed_at: now.toISOString() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new PlainError('planning:gone')
  if (seen !== null && seen !== row.version) throw new PlainError('planning:changed', { number: row.number })
  return row
}

interface Noted {
  what: Tables['plan_history']['what']
  item?: string
  data?: Record<string, unknown>
}

/** Keeps what was done to a plan that is locked; its version grows with each entry. */
export async function noteHistory(
  trx: Trx,
  plan: string,
  noted: readonly Noted[],
  { by, now }: Doing,
): Promise<void> {
  if (noted.length === 0) return
  const { version } = await trx
    .updateTable('plan')
    .set(({ eb }) => ({ version: eb('version', '+', noted.length) }))
    .where('id', '=', plan)
    .returning('version')
    .executeTakeFirstOrThrow()
  const rows = noted.map(({ what, item, data = {} }, at) => ({
    ...{ plan, version: version - noted.length + 1 + at, what, item: item ?? null },
    ...{ data: JSON.stringify(data), by, at: now.toISOString() },
  }))
  await trx.insertInto('plan_history').values(rows).execute()
}
