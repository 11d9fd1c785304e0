import type { Selectable } from 'kysely'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { CollectionTable } from '../../store/tables/collections.ts'
import type { CollectionDefinition } from './definition/definition.ts'

export type CollectionRow = Selectable<CollectionTable>

/** A collection with what belongs to it. */
export interface Collection {
  row: CollectionRow
  /** Name of its organisation. */
  organisation: string
  /** By which new answers begin. */
  definition: CollectionDefinition
  /** Ids of who handles it, beside whoever made it. */
  handlers: string[]
}

/** By which the circulation knows it. */
export const originOf = (id: string) => ['collections', id].join(':')

/** Working days before the deadline at which the rest is reminded. */
export function remindDays({ remind }: Pick<CollectionRow, 'remind'>): number[] {
  return JSON.parse(remind) as number[]
}

/** By id or number (`SJ-2026-0007`, in any case). Throws PlainError where there is none. */
export async function readCollection(db: Reads, idOrNumber: string): Promise<Collection> {
  const row = await db
    .selectFrom('collection')
    .select('id')
    .where((where) =>
      where.or([where('id', '=', idOrNumber), where('number', '=', idOrNumber.toUpperCase())]),
    )
    .executeTakeFirst()
  const [collection] = row ? await readCollections(db, [row.id]) : []
  if (!collection) throw new PlainError('collections:gone')
  return collection
}

/** In the order given; what is none is left out. */
export async function readCollections(db: Reads, ids: readonly string[]): Promise<Collection[]> {
  const found = new Map<string, Collection>()
  for (const piece of inPieces([...new Set(ids)])) {
    const rows = await db
      .selectFrom('collection')
      .innerJoin('organisation', 'organisation.id', 'collection.organisation')
      .innerJoin('collection_version', (join) =>
        join
          .onRef('collection_version.collection', '=', 'collection.id')
          .onRef('collection_version.version', '=', 'collection.version'),
      )
      .selectAll('collection')
      .select(['organisation.name', 'collection_version.definition'])
      .where('collection.id', 'in', piece)
      .execute()
    for (const { name, definition, ...row } of rows) {
      found.set(row.id, {
        ...{ row, organisation: name, handlers: [] },
        definition: JSON.parse(definition) as CollectionDefinition,
      })
    }
    const handlers = await db
      .selectFrom('collection_handler')
      .selectAll()
      .where('collection', 'in', piece)
      .orderBy('person')
      .execute()
    for (const { collection, person } of handlers) found.get(collection)?.handlers.push(person)
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** All versions, by their numbers. */
export async function definitionsOf(db: Reads, id: string): Promise<Map<number, CollectionDefinition>> {
  const rows = await db.selectFrom('collection_version').selectAll().where('collection', '=', id).execute()
  return new Map(
    rows.map(({ version, definition }) => [version, JSON.parse(definition) as CollectionDefinition]),
  )
}

/** Those of some organisations or handled by somebody, the last first. */
export async function listCollections(
  db: Reads,
  { organisations, person }: { organisations: readonly string[] | null; person: string },
  { offset = 0, most }: { offset?: number; most: number },
): Promise<{ collections: Collection[]; count: number }> {
  let query = db.selectFrom('collection').where('state', '!=', 'dropped')
  if (organisations) {
    const handled = db.selectFrom('collection_handler').select('collection').where('person', '=', person)
    query = query.where((where) =>
      where.or([
        where('id', 'in', handled),
        where('made_by', '=', person),
        ...(organisations.length > 0 ? [where('organisation', 'in', organisations)] : []),
      ]),
    )
  }
  const { count } = await query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()
  const rows = await query
    .select('id')
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .offset(offset)
    .limit(most)
    .execute()
  const collections = await readCollections(
    db,
    rows.map(({ id }) => id),
  )
  return { collections, count: Number(count) }
}
