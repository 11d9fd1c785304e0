import type { CommonWords } from '../../../knowledge/search/common-words.ts'
import { TextIndex } from '../../../knowledge/search/text-index.ts'
import type { Vocabulary } from '../../../knowledge/search/vocabulary.ts'
import type { Reads } from '../../../people/people.ts'
import type { ResourceKinds } from '../kinds.ts'
import type { ResourceRow } from '../records.ts'
import { type Sight, sees } from '../sight.ts'

/** Finds resources by what they are about, among those that somebody finds at all. */
export interface ResourceSearch {
  /** Best first. @param kind Name of the only kind that is wanted; default: all. */
  find(
    db: Reads,
    sight: Sight,
    question: { text: string; kind?: string; limit: number },
  ): Promise<ResourceRow[]>
}

/** What changed shortly before the last look may have been committed behind it, so it is looked at again. */
const overlap = 600_000
/** So much of what was asked for must be met: half of the words, about. */
const shareFrom = 0.25
/** Candidates that are looked at; more than a card shows, since some are of another kind. */
const mostLookedAt = 60

/**
 * The project's own search over titles, subjects and descriptions: words, sounds and ordinary words for official ones.
 * Kept in this process's memory and brought up to date before each search.
 */
export function createResourceSearch(
  kinds: ResourceKinds,
  words: { vocabulary: Vocabulary; commonWords: CommonWords },
): ResourceSearch {
  const index = new TextIndex(words)
  /** Who shares what with whom, by the shelf of such resources. */
  const shelves = new Map<string, Shelf>()
  let since = ''

  async function refresh(db: Reads): Promise<void> {
    const rows = await db.selectFrom('resource_entry').selectAll().where('changed_at', '>=', since).execute()
    const fresh = rows.filter(({ state }) => state === 'open')
    for (const row of fresh) shelves.set(shelfOf(row), row)
    index.add(fresh.map((row) => ({ id: row.id, shelf: shelfOf(row), text: textOf(row, kinds) })))
    for (const { id, state } of rows) if (state !== 'open') index.remove(id)
    const last = rows.reduce((latest, row) => (row.changed_at > latest ? row.changed_at : latest), '')
    if (last !== '') since = new Date(Date.parse(last) - overlap).toISOString()
  }

  return {
    async find(db, sight, { text, kind, limit }) {
      await refresh(db)
      if (index.size === 0) return []
      const open = [...shelves].filter(([, shelf]) => sees(sight, shelf)).map(([name]) => name)
      const hits = index
        .search(text.slice(0, 500), { shelves: open, limit: mostLookedAt })
        .filter(({ share }) => share >= shareFrom)
      if (hits.length === 0) return []
      const ids = hits.map(({ id }) => id)
      const rows = await db.selectFrom('resource_entry').selectAll().where('id', 'in', ids).execute()
      const byId = new Map(rows.map((row) => [row.id, row]))
      return ids
        .flatMap((id) => byId.get(id) ?? [])
        .filter(
          (row) => row.state === 'open' && sees(sight, row) && (kind === undefined || row.kind === kind),
        )
        .slice(0, limit)
    },
  }
}

type Shelf = Pick<ResourceRow, 'organisation' | 'owner' | 'share' | 'region' | 'state'>

function shelfOf({ organisation, owner, share, region }: Shelf): string {
  return JSON.stringify([organisation, owner, share, region])
}

/** Title and subjects weigh twice as much as the same word of a description. */
function textOf({ title, subjects, description, place, kind }: ResourceRow, kinds: ResourceKinds): string {
  const name = kinds.byName(kind)?.title['zh-CN'] ?? ''
  return [title, title, subjects, subjects, name, place, description].join('\n')
}
