import type { Store } from '../../src/store/store.ts'

/** A value that lies in the database, and where. */
export interface Stored {
  /** `table.column`. */
  place: string
  /** Which row, in the order in which the table gives them. */
  row: number
  text: string
}

/** Every column of every row of every table, as text; bytes as UTF-8. */
export async function dumpDatabase(store: Store): Promise<Stored[]> {
  const found: Stored[] = []
  for (const { name } of await store.db.introspection.getTables()) {
    const rows = await store.db
      .selectFrom(name as 'person')
      .selectAll()
      .execute()
    for (const [row, values] of rows.entries()) {
      for (const [column, value] of Object.entries(values)) {
        if (value === null) continue
        const bytes: unknown = value
        const text = bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : String(value)
        found.push({ place: `${name}.${column}`, row, text })
      }
    }
  }
  return found
}

/** The places that hold one of the words, each once. */
export function placesHolding(dump: readonly Stored[], words: readonly string[]): string[] {
  const holding = dump.filter(({ text }) => words.some((word) => text.includes(word)))
  return [...new Set(holding.map(({ place }) => place))].toSorted()
}
