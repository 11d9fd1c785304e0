import { randomUUID } from 'node:crypto'
import type { Reads } from '../../people/people.ts'
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

/** What was done with an assessment, the last first; of more the last 200. */
export async function readHistory(db: Reads, assessment: string) {
  return db
    .selectFrom('assessment_history')
    .leftJoin('person', 'person.id', 'assessment_history.by')
    .select(['assessment_history.what', 'assessment_history.about', 'assessment_history.at', 'person.name'])
    .where('assessment', '=', assessment)
    .orderBy('at', 'desc')
    .orderBy('assessment_history.id')
    .limit(200)
    .execute()
}
