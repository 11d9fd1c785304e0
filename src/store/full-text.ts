import type { Kysely, RawBuilder } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * Finds rows by the terms of their texts, with the index that each database has for it. What a term is decides whoever
 * writes it: no database cuts Chinese into words by itself, so terms come ready-made, as ASCII letters and digits.
 */
export interface FullText {
  /** Makes the table; `name` is written by developers only. */
  create(db: Kysely<unknown>, name: string): Promise<void>
  /** @param row a positive integer that is not in it yet. */
  add(db: Kysely<Tables>, name: string, row: number, terms: readonly string[]): Promise<void>
  remove(db: Kysely<Tables>, name: string, row: number): Promise<void>
  /** A subquery: the greatest rows that have all of these terms, the greatest first, as its column `row`. */
  rowsWith(
    name: string,
    terms: readonly string[],
    range: { limit: number /** Only lesser rows; null: all. */; before: number | null },
  ): RawBuilder<{ row: number }>
}
