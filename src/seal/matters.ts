import type { Reads } from '../people/people.ts'
import { forgetRead, remember } from '../store/remember.ts'
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
  return sealer.seal(await wrappedKeyFor(trx, sealer, name), place, text)
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
  const key = await wrappedKey(db, name)
  return key === null ? null : sealer.open(key, place, sealed)
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
  forgetRead(trx, keyRead(''))
}

const keyRead = (name: string) => `seal_key ${name}`

/** A key by its name, itself encrypted; null where there is none, or it was removed. */
export async function wrappedKey(db: Pick<Reads, 'selectFrom'>, name: string): Promise<string | null> {
  return remember(db, keyRead(name), () => readTogether(db, name))
}

type KeyReader = Pick<Reads, 'selectFrom'>

/** Keys that are asked for at the same moment, as the cards of many people are opened, are read in one statement. */
const askedFor = new WeakMap<KeyReader, { names: Set<string>; keys: Promise<Map<string, string>> }>()
/** SQLite takes 32,766 parameters. */
const mostTogether = 1000

async function readTogether(db: KeyReader, name: string): Promise<string | null> {
  let asked = askedFor.get(db)
  if (!asked || asked.names.size === mostTogether) {
    const names = new Set<string>()
    asked = { names, keys: Promise.resolve().then(() => readKeys(db, names)) }
    askedFor.set(db, asked)
  }
  asked.names.add(name)
  return (await asked.keys).get(name) ?? null
}

async function readKeys(db: KeyReader, names: ReadonlySet<string>): Promise<Map<string, string>> {
  askedFor.delete(db)
  const rows = await db
    .selectFrom('seal_key')
    .select(['name', 'wrapped'])
    .where('name', 'in', [...names])
    .execute()
  return new Map(rows.map(({ name, wrapped }) => [name, wrapped]))
}

/** As `wrappedKey`; made where there is none. */
export async function wrappedKeyFor(trx: Trx, sealer: Sealer, name: string): Promise<string> {
  const found = await wrappedKey(trx, name)
  if (found !== null) return found
  await trx
    .insertInto('seal_key')
    .values({ name, wrapped: sealer.newKey() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  forgetRead(trx, keyRead(name))
  const made = await wrappedKey(trx, name)
  if (made === null) throw new Error('a key was made and is not there')
  return made
}
