import type { CommonWords } from '../../../knowledge/search/common-words.ts'
import { TextIndex } from '../../../knowledge/search/text-index.ts'
import type { Vocabulary } from '../../../knowledge/search/vocabulary.ts'
import type { Reads } from '../../../people/people.ts'
import type { Expert } from './directory.ts'
import { matchReasons } from './match-reasons.ts'

export interface ExpertMatch {
  expert: Expert
  /** What both say, the fields of work first; empty only where a few words were looked for. */
  reasons: string[]
}

export interface ExpertQuestion {
  root: string
  /** What the problem is; or a few words, most of which an expert's own must then meet. */
  text: string
  isWords?: boolean
  limit: number
  /** Persons and experts (ids) who are not to be found. Default: none. */
  except?: ReadonlySet<string>
}

/** Finds whoever knows what a text is about, among those who were approved. */
export interface ExpertSearch {
  match(db: Reads, question: ExpertQuestion): Promise<ExpertMatch[]>
}

/** What changed shortly before the last look may have been committed behind it, so it is looked at again. */
const overlap = 600_000
/** A problem of thousands of characters says what it is about in the first of them. */
const mostCompared = 1500
/** A word that is met once is worth about half of what it could be: most of the words must be met. */
const wordsFrom = 0.25
/** Candidates that are looked at for reasons. */
const mostLookedAt = 30

/**
 * The index of the project's own search over fields of work and descriptions; a field weighs twice as much as the
 * same word of a description. Kept in this process's memory and brought up to date before each search.
 */
export function createExpertSearch(words: {
  vocabulary: Vocabulary
  commonWords: CommonWords
}): ExpertSearch {
  const index = new TextIndex(words)
  let since = ''

  async function refresh(db: Reads): Promise<void> {
    const rows = await db
      .selectFrom('submission_expert')
      .selectAll()
      .where('changed_at', '>=', since)
      .execute()
    const fresh = rows.filter(({ state }) => state === 'approved')
    index.add(
      fresh.map(({ id, root, fields, description }) => ({
        ...{ id, shelf: root },
        text: `${fields}\n${fields}\n${description}`,
      })),
    )
    for (const { id, state } of rows) if (state !== 'approved') index.remove(id)
    const last = rows
      .map(({ changed_at }) => Date.parse(changed_at))
      .sort((a, b) => a - b)
      .at(-1)
    if (last !== undefined) since = new Date(last - overlap).toISOString()
  }

  return {
    async match(db, { root, text, isWords = false, limit, except = new Set() }) {
      await refresh(db)
      if (index.size === 0) return []
      const asked = text.slice(0, mostCompared)
      const near = index.search(asked, { shelves: [root], limit: mostLookedAt + except.size })
      const hits = isWords ? near.filter(({ share }) => share >= wordsFrom) : near
      if (hits.length === 0) return []
      const experts = await db
        .selectFrom('submission_expert')
        .selectAll()
        .where(
          'id',
          'in',
          hits.map(({ id }) => id),
        )
        .where('state', '=', 'approved')
        .execute()
      const byId = new Map(experts.map((expert) => [expert.id, expert]))
      const found: ExpertMatch[] = []
      for (const { id } of hits) {
        const expert = byId.get(id)
        if (!expert || except.has(id) || (expert.person !== null && except.has(expert.person))) continue
        const reasons = matchReasons(asked, expert)
        if (isWords || reasons.length > 0) found.push({ expert, reasons })
        if (found.length === limit) break
      }
      return found
    },
  }
}
