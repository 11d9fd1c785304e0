import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'

/** What an organisation is called. */
export async function nameOf(trx: Reads, organisation: string): Promise<string> {
  const row = await trx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirst()
  return row?.name ?? ''
}

/** Names of people by id. */
export async function personNames(db: Reads, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const piece of inPieces([...new Set(ids)])) {
    const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', piece).execute()
    for (const { id, name } of rows) names.set(id, name)
  }
  return names
}

/** Persons that an entry of a plan's history names, by id. @param data As it is kept, JSON. */
export function ownersIn(data: string): string[] {
  const { changes = {} } = JSON.parse(data) as { changes?: { owner?: (string | null)[] } }
  return (changes.owner ?? []).flatMap((id) => id ?? [])
}
