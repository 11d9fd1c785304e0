import type { Language } from '../../../chat/language.ts'
import { actorOf } from '../../../people/actor.ts'
import { ancestorsOf, descendantsOf } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'

/** Who asks for a list that everybody of the house may read. */
export interface ListReader {
  /** Null: a guest. */
  person: string | null
  /** `YYYY-MM-DD` of China. */
  today: string
  language: Language
  /** What they typed. */
  text: string
}

/** All organisations of the roots under which somebody stands. */
export async function houseOf(db: Reads, person: string, today: string): Promise<string[]> {
  const { grants } = await actorOf(db, person, today)
  const found = new Set<string>()
  for (const { organisation } of grants) {
    const root = (await ancestorsOf(db, organisation)).at(-1)?.id ?? organisation
    if (found.has(root)) continue
    found.add(root)
    for (const { id } of await descendantsOf(db, root)) found.add(id)
  }
  return [...found]
}
