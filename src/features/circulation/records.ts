import type { Selectable } from 'kysely'
import type { Audience } from '../../people/audience.ts'
import type { Chat } from '../../people/chats.ts'
import type { Reads } from '../../people/people.ts'
import type { CirculationTable } from '../../store/tables/circulation.ts'

export type CirculationRow = Selectable<CirculationTable>

/** A circulation with its texts read. */
export interface Circulation {
  row: CirculationRow
  audience: Audience
}

/** What a feature sends, by its own name for it; null: nothing was sent. */
export async function findCirculation(db: Reads, origin: string): Promise<Circulation | null> {
  const row = await db.selectFrom('circulation').selectAll().where('origin', '=', origin).executeTakeFirst()
  return row ? { row, audience: JSON.parse(row.audience) as Audience } : null
}

/** As `findCirculation`, by its own id. */
export async function readCirculation(db: Reads, id: string): Promise<Circulation | null> {
  const row = await db.selectFrom('circulation').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? { row, audience: JSON.parse(row.audience) as Audience } : null
}

/** The chat that `chatKey` wrote. */
export function chatOfKey(key: string): Chat {
  const [platform, installation, chat] = JSON.parse(key) as [string, string, string]
  return { platform, installation, chat }
}

/** An origin, such as a feature’s name and `:ID`, in its feature and what it is called there. */
export function partsOfOrigin(origin: string): { feature: string; id: string } {
  const at = origin.indexOf(':')
  return { feature: origin.slice(0, at), id: origin.slice(at + 1) }
}
