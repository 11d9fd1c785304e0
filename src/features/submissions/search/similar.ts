import type { CommonWords } from '../../../knowledge/search/common-words.ts'
import { type IndexedText, TextIndex } from '../../../knowledge/search/text-index.ts'
import type { Vocabulary } from '../../../knowledge/search/vocabulary.ts'
import type { Reads } from '../../../people/people.ts'
import { houseOfPerson } from '../../../people/reach.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { readSubmissions, type Submission } from '../records.ts'
import { partOf } from '../relations.ts'
import { contentText } from './keep-text.ts'

/** What somebody looks for among what colleagues sent in. */
export interface SimilarQuestion {
  text: string
  /** Null: a guest, who sees nobody else's. */
  person: string | null
  /** `YYYY-MM-DD` of China. */
  today: string
  /** Of these kinds alone. Default: of all. */
  kinds?: readonly string[]
  /** A record that is not to be found: the one that is compared. */
  except?: string
  /** The share of the question's worth that must be met, 0 to 1. */
  least: number
  limit: number
}

/** Finds records that are about the same, among those that the asker may see. */
export interface SimilarSubmissions {
  /** Takes up what was written since; many at first. Found is what was taken up by then. */
  refresh(): Promise<void>
  /** The most similar first; open or decided, not taken back or merged. */
  find(db: Reads, question: SimilarQuestion): Promise<Submission[]>
}

/**
 * So much of what two proposals say must be the same. Of 24 said once more in other words the least share was 0.28; what
 * is about something else came to 0.16 at the most, also where it was all there is.
 */
export const alikeFrom = 0.22
/** Records that are read at a time: analysing them holds up nobody for more than a few milliseconds. */
const batch = 200
/**
 * Numbers are given before they are committed, so one may appear behind greater ones; so far back is looked again.
 */
const lookedAgain = 500
/** Candidates that are looked at, since some may have been taken back or closed to the asker. */
const mostLookedAt = 20
/** A text of thousands of characters says what it is about in the first of them. */
const mostCompared = 1500

export type SimilarOptions = Pick<SubmissionsContext, 'store' | 'kinds' | 'sealer'> & {
  words: { vocabulary: Vocabulary; commonWords: CommonWords }
}

/**
 * An index over the kinds that colleagues see, kept in this process's memory: the database is the truth, and each
 * replica takes up by itself what is new there.
 */
export function createSimilar({ store, kinds, sealer, words }: SimilarOptions): SimilarSubmissions {
  const index = new TextIndex(words)
  const taken = new Set<number>()
  let last = 0
  let refreshing: Promise<void> | null = null

  async function takeUp(): Promise<void> {
    for (;;) {
      const numbers = await store.db
        .selectFrom('submission_text')
        .select('seq')
        .where('seq', '>', last - lookedAgain)
        .orderBy('seq')
        .limit(lookedAgain + batch)
        .execute()
      const fresh = numbers.map(({ seq }) => seq).filter((seq) => !taken.has(seq))
      if (fresh.length === 0) return
      index.add(await textsOf(fresh))
      for (const seq of fresh) taken.add(seq)
      last = Math.max(last, ...fresh)
      for (const seq of taken) if (seq <= last - lookedAgain) taken.delete(seq)
    }
  }

  async function textsOf(numbers: readonly number[]): Promise<IndexedText[]> {
    const rows = await store.db
      .selectFrom('submission_text')
      .innerJoin('submission', 'submission.id', 'submission_text.submission')
      .select(['submission.id', 'kind', 'version', 'organisation', 'subject', 'content'])
      .where('submission_text.seq', 'in', numbers)
      .where('sealed', '=', 0)
      .execute()
    return rows.flatMap(({ id, organisation, subject, content, ...of }) => {
      const kind = kinds.of(of)
      if (!(kind.seconded || kind.shown) || organisation === null) return []
      const text = contentText({ kind, subject, values: JSON.parse(content) })
      return [{ id, shelf: shelfOf(kind.kind, organisation), text: text.slice(0, mostCompared) }]
    })
  }

  return {
    refresh() {
      refreshing ??= takeUp().finally(() => {
        refreshing = null
      })
      return refreshing
    },

    async find(db, { text, person, today, kinds: wanted, except, least, limit }) {
      if (person === null || index.size === 0) return []
      const names = wanted ?? [...new Set(kinds.everyVersion().map(({ kind }) => kind))]
      const places = await houseOfPerson(db, person, today)
      const shelves = places.flatMap((place) => names.map((kind) => shelfOf(kind, place)))
      const hits = index.search(text.slice(0, mostCompared), { shelves, limit: mostLookedAt + 1 })
      const alike = hits.filter(({ id, share }) => share >= least && id !== except).map(({ id }) => id)
      const found: Submission[] = []
      // Mostly the first ones are those that are named, so they are read together.
      while (alike.length > 0 && found.length < limit) {
        for (const submission of await readSubmissions(db, { kinds, sealer }, alike.splice(0, limit))) {
          const { row, kind } = submission
          if (row.sealed === 1 || row.merged_into !== null || withdrawnStates(kind).has(row.state)) continue
          const { as } = await partOf(db, submission, person, today)
          if (as.length > 0 && found.push(submission) === limit) break
        }
      }
      return found
    },
  }
}

function shelfOf(kind: string, organisation: string): string {
  return `${kind} ${organisation}`
}

/** States in which the author has taken it back. */
function withdrawnStates({ actions }: Kind): Set<string> {
  return new Set(
    Object.values(actions).flatMap(({ to, does }) =>
      does.includes('withdraw') && typeof to === 'string' ? [to] : [],
    ),
  )
}
