import type { Reads } from '../../people/people.ts'
import type { Part } from './life/life.ts'
import type { Submission } from './records.ts'

/**
 * What somebody is to a record today, by their offices and by what the record says; nothing but `colleague` where they
 * merely may see it, nothing at all where they may not.
 * @param today `YYYY-MM-DD` of China.
 */
export async function partOf(
  _db: Reads,
  _submission: Submission,
  _person: string | null,
  _today: string,
): Promise<Part> {
  throw new Error('not made yet')
}
