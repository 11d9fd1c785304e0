import type { Reads } from '../../../people/people.ts'
import type { MilestoneTable } from '../../../store/tables/problems.ts'

export type Milestone = MilestoneTable

/** The milestones of the agreement in force, in the order of their days. */
export async function milestonesOf(db: Reads, submission: string): Promise<Milestone[]> {
  return db
    .selectFrom('submission_milestone')
    .selectAll()
    .where('submission', '=', submission)
    .where('state', '!=', 'dropped')
    .orderBy('due_day')
    .orderBy('number')
    .execute()
}
