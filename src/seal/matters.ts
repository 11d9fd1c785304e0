import type { Reads } from '../people/people.ts'
import type { Trx } from '../store/store.ts'
import type { Sealer } from './sealer.ts'

/**
 * Texts about one matter (a draft, a record, the name of its author) lie under one key, wherever they lie: in rows,
 * cards that wait, what was said. To erase the matter is to remove the key.
 */

/** The id under which a draft or row goes on as a sealed record: nobody finds from one to the other without `DATA_KEY`. */
export function concealedId(sealer: Pick<Sealer, 'tag'>, id: string): string {
  return sealer.tag(`record ${id}`)
}

/** How a matter's key is named in its row. */
export function keyNameOf(sealer: Pick<Sealer, 'tag'>, matter: string): string {
  return sealer.tag(`key ${matter}`)
}

/** Encrypts under the matter's key, which is made with the first text. */
export async function sealText(
  trx: Trx,
  sealer: Sealer,
  matter: string,
  place: string,
  text: string,
): Promise<string> {
  return sealUnder(trx, sealer, keyNameOf(sealer, matter), place, text)
}

/** As `sealText`, by the name of the key. */
export async function sealUnder(
  trx: Trx,
  sealer: Sealer,
  name: string,
  place: string,
  text: string,
): Promise<string> {
  return sealer.seal(await keyFor(trx, sealer, name), place, text)
}

/** The text again; null where the matter was erased. Throws where it is another text or another place's. */
export async function openText(
  db: Pick<Reads, 'selectFrom'>,
  sealer: Sealer,
  matter: string,
  place: string,
  sealed: string,
): Promise<string | null> {
  return openUnder(db, sealer, keyNameOf(sealer, matter), place, sealed)
}

/** As `openText`, by the name of the key. */
export async function openUnder(
  db: Pick<Reads, 'selectFrom'>,
  sealer: Sealer,
  name: string,
  place: string,
  sealed: string,
): Promise<string | null> {
  const key = await db.selectFrom('seal_key').select('wrapped').where('name', '=', name).executeTakeFirst()
  return key ? sealer.open(key.wrapped, place, sealed) : null
}

/** Removes the keys of matters: nobody reads again what lies under them. */
export async function eraseMatters(
  trx: Trx,
  sealer: Pick<Sealer, 'tag'>,
  matters: readonly string[],
): Promise<void> {
  if (matters.length === 0) return
  const names = matters.map((matter) => keyNameOf(sealer, matter))
  await trx.deleteFrom('seal_key').where('name', 'in', names).execute()
}

async function keyFor(trx: Trx, sealer: Sealer, name: string): Promise<string> {
  const there = trx.selectFrom('seal_key').select('wrapped').where('name', '=', name)
  const found = await there.executeTakeFirst()
  if (found) return found.wrapped
  await trx
    .insertInto('seal_key')
    .values({ name, wrapped: sealer.newKey() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  return (await there.executeTakeFirstOrThrow()).wrapped
}
