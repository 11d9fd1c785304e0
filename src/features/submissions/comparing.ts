import type { Language } from '../../chat/language.ts'
import type { Wording } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { type Compared, comparedFigures, type PartFigures } from './compared-figures.ts'
import type { SubmissionsContext } from './context.ts'
import { type Rubric, rubricOf } from './definition/rubric.ts'
import { normaliseNumber, readSubmissions } from './records.ts'
import { type SentRecord, sentBetween } from './sent-between.ts'
import { type ComparedStatistics, readComparedStatistics } from './statistics/compared-statistics.ts'
import { readHeads } from './statistics/heads.ts'
import type { Statistics } from './statistics/statistics.ts'
import { rulesOf } from './statistics/statistics-command.ts'
import { readableFields, stateTitle } from './texts.ts'

/** A kind whose records can be compared: nobody's name is hidden in it. */
export interface ComparedKind {
  kind: string
  title: Wording
  rubric: Rubric | null
}

/** A record that takes part in a comparison. */
export interface ComparedRecord {
  id: string
  number: string
  subject: string
  kind: string
  /** As people read it. */
  state: string
  organisation: string | null
  /** Ids: the author, and co-authors who confirmed; empty: a guest's. */
  people: readonly string[]
  /** The author's name, as they are known. */
  author: string
  /** 元 a year, as confirmed; null: not yet. */
  benefit: number | null
  /** Instant as ISO text. */
  sentAt: string
}

/** What was filled in, label and value. */
export interface ComparedField {
  name: string
  label: string
  value: string
}

/** By which campaigns compare what was sent in. Sealed records are never among it. */
export interface ComparingPort {
  kinds(): ComparedKind[]
  /** In their order; what is none, sealed or erased is left out. */
  records(db: Reads, ids: readonly string[], language: Language): Promise<ComparedRecord[]>
  /** By number, such as `JY-2026-0007`; null: there is none, or it is sealed. */
  find(db: Reads, number: string, language: Language): Promise<ComparedRecord | null>
  /** What became of records, by the parts under which they are compared. */
  figures(db: Reads, compared: Compared): Promise<Map<string | null, PartFigures>>
  /** What was sent in by people of organisations in a span of instants, as ISO texts, by number. */
  sentBetween(
    db: Reads,
    organisations: readonly string[],
    span: { from: string; until: string },
  ): Promise<SentRecord[]>
  /** How many heads organisations have together on a day, by the rule of the statistics. */
  heads(db: Reads, day: Day): Promise<(organisations: ReadonlySet<string>) => number>
  /** What became of records, who took part and when, as the statistics count it. */
  statistics(db: Reads, of: ComparedStatistics): Promise<Statistics>
  /** What a reviewer reads of one, without whose it is unless it stands in the text; empty: there is none. */
  content(db: Reads, id: string, language: Language): Promise<ComparedField[]>
}

export function createComparingPort(context: SubmissionsContext): ComparingPort {
  const signed = async (db: Reads, ids: readonly string[]) =>
    (await readSubmissions(db, context, ids)).filter(
      ({ row }) => row.sealed === 0 && row.naming === 'signed' && row.erased_at === null,
    )
  const port: ComparingPort = {
    kinds: () =>
      context.kinds
        .all()
        .filter(({ sealed, naming }) => !sealed && naming.includes('signed'))
        .map((kind) => ({ kind: kind.kind, title: kind.title, rubric: rubricOf(kind, '') })),
    async records(db, ids, language) {
      const found = await signed(db, ids)
      if (found.length === 0) return []
      const beside = await db
        .selectFrom('submission_author')
        .select(['submission', 'person'])
        .where(
          'submission',
          'in',
          found.map(({ row }) => row.id),
        )
        .where('confirmed', '=', 1)
        .execute()
      const others = Map.groupBy(beside, ({ submission }) => submission)
      return found.map((submission) => {
        const { row, subject, author } = submission
        return {
          ...{ id: row.id, number: row.number, subject, kind: row.kind, organisation: row.organisation },
          state: stateTitle(submission, language),
          people: [
            ...(row.author === null ? [] : [row.author]),
            ...(others.get(row.id) ?? []).map(({ person }) => person),
          ],
          author: author?.name ?? '',
          ...{ benefit: row.benefit, sentAt: row.submitted_at },
        }
      })
    },
    async find(db, number, language) {
      const row = await db
        .selectFrom('submission')
        .select('id')
        .where('number', '=', normaliseNumber(number))
        .executeTakeFirst()
      return row ? ((await port.records(db, [row.id], language))[0] ?? null) : null
    },
    figures: (db, compared) => comparedFigures(db, context, compared),
    sentBetween: (db, organisations, span) => sentBetween(db, context, organisations, span),
    async heads(db, day) {
      const heads = await readHeads(db, rulesOf(context))
      return (organisations) => heads.of(organisations, day).size
    },
    statistics: (db, of) => readComparedStatistics(db, context, rulesOf(context), of),
    async content(db, id, language) {
      const [submission] = await signed(db, [id])
      if (!submission) return []
      const fields = submission.kind.pages.flatMap((page) => page.fields)
      return readableFields(db, fields, submission.values, language)
    },
  }
  return port
}
