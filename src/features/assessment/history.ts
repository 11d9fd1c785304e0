import { randomUUID } from 'node:crypto'
import type { Trx } from '../../store/store.ts'
import type { AssessmentHistoryTable } from '../../store/tables/assessment.ts'

export interface Doing {
  by: string
  now: Date
}

/** Writes down what was done. @param about Name of the subject; default: the assessment as a whole. */
export async function noteHistory(
  trx: Trx,
  assessment: string,
  what: AssessmentHistoryTable['what'],
  { by, now, about = '' }: { by: string | null; now: Date; about?: string },
): Promise<void> {
  await trx
    .insertInto('assessment_history')
    .values({ id: randomUUID(), assessment, what, about, by, at: now.toISOString() })
    .execute()
}
