import type { Selectable } from 'kysely'
import type { Reads } from '../../people/people.ts'
import type { FoundingCaseTable, ProfileTables } from '../../store/tables/organisations.ts'

export type CaseRow = Selectable<FoundingCaseTable>
export type StepRow = Selectable<ProfileTables['founding_step']>

/** An association on its way. */
export interface FoundingCase {
  row: CaseRow
  /** In their order. */
  steps: readonly (StepRow & { ownerName: string })[]
}

/** The running case of an organisation, else its latest; null: there was never one. */
export async function caseOf(db: Reads, organisation: string): Promise<FoundingCase | null> {
  const rows = await db
    .selectFrom('founding_case')
    .selectAll()
    .where('organisation', '=', organisation)
    .execute()
  const running = rows.find(({ state }) => state === 'running')
  const row = running ?? rows.toSorted((one, other) => (one.number < other.number ? 1 : -1))[0]
  return row ? withSteps(db, row) : null
}

/** By id; null: there is none. */
export async function readCase(db: Reads, id: string): Promise<FoundingCase | null> {
  const row = await db.selectFrom('founding_case').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? withSteps(db, row) : null
}

async function withSteps(db: Reads, row: CaseRow): Promise<FoundingCase> {
  const steps = await db
    .selectFrom('founding_step')
    .selectAll()
    .where('founding', '=', row.id)
    .orderBy('position')
    .execute()
  const ids = [...new Set([row.owner, ...steps.flatMap(({ owner }) => owner ?? [])])]
  const people = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return {
    row,
    steps: steps.map((step) => ({ ...step, ownerName: names.get(step.owner ?? row.owner) ?? '' })),
  }
}

/** The first step that is not done; null: all are. */
export function nextStep({ steps }: FoundingCase): FoundingCase['steps'][number] | null {
  return steps.find(({ done_on }) => done_on === null) ?? null
}
