import { randomUUID } from 'node:crypto'
import type { Trx } from '../../store/store.ts'
import type { LiaisonTables } from '../../store/tables/liaison.ts'
import type { Doing } from './context.ts'

/** Keeps what was done for an organisation. @param data Texts of what it was about. */
export async function noteHistory(
  trx: Trx,
  organisation: string,
  what: LiaisonTables['liaison_history']['what'],
  data: Record<string, string>,
  { by, now }: Doing,
): Promise<void> {
  await trx
    .insertInto('liaison_history')
    .values({
      ...{ id: randomUUID(), organisation, what, data: JSON.stringify(data), by },
      at: now.toISOString(),
    })
    .execute()
}
