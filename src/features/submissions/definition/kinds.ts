import type { Kind } from './schema.ts'

/** All kinds, in every version with which a record began. */
export interface Kinds {
  /** The newest versions, in the order of their files' names. */
  all(): readonly Kind[]
  /** The newest version. Throws PlainError where there is no such kind. */
  current(kind: string): Kind
  /** The version with which a record began. */
  of(record: { kind: string; version: number }): Kind
}
