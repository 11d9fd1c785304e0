import { randomUUID } from 'node:crypto'
import { OnlineTableError, type OnlineTables } from '../../chat/online-tables.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Store } from '../../store/store.ts'
import type { ShapedRow, ShapedSheet } from './shape-sheet.ts'

/** Where a sheet is written. */
export interface Place {
  push: string
  sheet: string
  base: string
  table: string
  keyName: string
}

interface Writing {
  store: Store
  online: OnlineTables
  /** Keeps the push, call by call; throws where another has taken it over. */
  renew(): Promise<void>
}

/**
 * Brings a table to what a sheet says: new rows added, changed ones changed, and those taken out that the bot wrote and
 * that are no more. Each row is noted before it is sent, so that a try that broke off is found there instead of added twice.
 * Throws OnlineTableError.
 */
export async function writeSheet(writing: Writing, place: Place, { rows }: ShapedSheet): Promise<void> {
  const known = await readKnown(writing.store, place)
  if ([...known.values()].some(({ online_row }) => online_row === null)) await reconcile(writing, place)
  try {
    await bringUp(writing, place, rows)
  } catch (error) {
    // Somebody deleted a row there: what is gone is forgotten, and written again.
    if (!(error instanceof OnlineTableError && error.kind === 'row-gone')) throw error
    await reconcile(writing, place)
    await bringUp(writing, place, rows)
  }
}

async function bringUp(writing: Writing, place: Place, rows: readonly ShapedRow[]): Promise<void> {
  const { store, online, renew } = writing
  const { base, table, keyName } = place
  const { batch } = online.limits
  const known = await readKnown(store, place)
  const wanted = new Set(rows.map(({ key }) => key))
  const withKey = ({ key, cells }: ShapedRow) => ({ ...cells, [keyName]: key })

  // First what is gone: a full table has room then.
  const gone = [...known.values()].filter(({ row_key }) => !wanted.has(row_key))
  for (const piece of batches(gone, batch)) {
    await renew()
    await online.removeRows(
      base,
      table,
      piece.flatMap(({ online_row }) => online_row ?? []),
    )
    await forget(
      store,
      place,
      piece.map(({ row_key }) => row_key),
    )
  }
  const changed = rows.flatMap((row) => {
    const before = known.get(row.key)
    return before?.online_row && before.digest !== row.digest ? [{ row, id: before.online_row }] : []
  })
  for (const piece of batches(changed, batch)) {
    await renew()
    await online.changeRows(
      base,
      table,
      piece.map(({ row, id }) => ({ id, cells: withKey(row) })),
    )
    await note(
      store,
      place,
      piece.map(({ row, id }) => ({ row, id })),
    )
  }
  const added = rows.filter(({ key }) => !known.get(key)?.online_row)
  for (const piece of batches(added, batch)) {
    await renew()
    await note(
      store,
      place,
      piece.map((row) => ({ row, id: null })),
    )
    const ids = await online.addRows(base, table, piece.map(withKey), randomUUID())
    await note(
      store,
      place,
      piece.map((row, i) => ({ row, id: ids[i]! })),
    )
  }
}

/** Finds by their keys what of the noted rows is there, and forgets the others. */
async function reconcile({ store, online, renew }: Writing, place: Place): Promise<void> {
  await renew()
  const there = await online.textsOf(place.base, place.table, place.keyName)
  const known = await readKnown(store, place)
  const taken = new Set([...known.values()].map(({ online_row }) => online_row))
  const free = new Map([...there].filter(([id]) => !taken.has(id)).map(([id, key]) => [key, id]))
  await store.transaction(async (trx) => {
    for (const { row_key, online_row } of known.values()) {
      if (online_row !== null && there.has(online_row)) continue
      const found = online_row === null ? free.get(row_key) : undefined
      const row = { push: place.push, sheet: place.sheet, row_key }
      if (found === undefined) {
        await trx
          .deleteFrom('push_row')
          .where((where) => where.and(row))
          .execute()
        continue
      }
      // What the broken try wrote may be older than what is wanted now.
      await trx
        .updateTable('push_row')
        .set({ online_row: found, digest: '' })
        .where((where) => where.and(row))
        .execute()
    }
  })
}

async function readKnown({ db }: Store, { push, sheet }: Pick<Place, 'push' | 'sheet'>) {
  const rows = await db
    .selectFrom('push_row')
    .select(['row_key', 'digest', 'online_row'])
    .where('push', '=', push)
    .where('sheet', '=', sheet)
    .execute()
  return new Map(rows.map((row) => [row.row_key, row]))
}

async function note(
  store: Store,
  { push, sheet }: Pick<Place, 'push' | 'sheet'>,
  noted: readonly { row: ShapedRow; id: string | null }[],
): Promise<void> {
  const values = noted.map(({ row, id }) => ({
    ...{ push, sheet, row_key: row.key, digest: row.digest, online_row: id },
  }))
  await store.transaction(async (trx) => {
    for (const piece of inPieces(values)) {
      await trx
        .insertInto('push_row')
        .values(piece)
        .onConflict((conflict) =>
          conflict.columns(['push', 'sheet', 'row_key']).doUpdateSet((set) => ({
            digest: set.ref('excluded.digest'),
            online_row: set.ref('excluded.online_row'),
          })),
        )
        .execute()
    }
  })
}

async function forget(
  store: Store,
  { push, sheet }: Pick<Place, 'push' | 'sheet'>,
  keys: readonly string[],
): Promise<void> {
  await store.transaction(async (trx) => {
    for (const piece of inPieces(keys)) {
      await trx
        .deleteFrom('push_row')
        .where('push', '=', push)
        .where('sheet', '=', sheet)
        .where('row_key', 'in', piece)
        .execute()
    }
  })
}

function* batches<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
