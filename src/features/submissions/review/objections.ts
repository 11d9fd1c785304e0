import { type Reads, readPerson } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Submission } from '../records.ts'
import { unsealed } from '../sealed.ts'

/** An objection as those who settle it read it. */
export interface Objection {
  id: string
  person: string | null
  /** Empty: a guest's. */
  name: string
  /** Whether the author may know whose it is. */
  named: boolean
  text: string
}

/** Those that were not answered yet, the oldest first. */
export async function openObjections(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  { row }: Pick<Submission, 'row'>,
): Promise<Objection[]> {
  const rows = await db
    .selectFrom('submission_objection')
    .selectAll()
    .where('submission', '=', row.id)
    .where('settled', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const open: Objection[] = []
  for (const { id, person, named, text } of rows) {
    open.push({
      ...{ id, person, named: named === 1 },
      name: person === null ? '' : ((await readPerson(db, person))?.name ?? ''),
      text: await unsealed(db, context, row, `objection ${id}`, text),
    })
  }
  return open
}
