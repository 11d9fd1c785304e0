import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import { comparedFigures } from './compared-figures.ts'
import type { SubmissionsContext } from './context.ts'
import { type HonouredCase, honouredModelCases } from './honoured.ts'

/** Something sent in with its author's name, and what became of it. */
interface RecordInPeriod {
  number: string
  subject: string
  kind: string
  adopted: boolean
  /** 元 a year, as confirmed; 0: nothing was. */
  benefit: number
  /** Id; null: a guest's. */
  author: string | null
}

/** Whose records: those of organisations, or those that somebody has alone or with others. */
type RecordsOf = { organisations: readonly string[] } | { person: string }

/** By which other features read what was sent in during a period. */
export interface PeriodPort {
  recordsInPeriod(
    db: Reads,
    whose: RecordsOf,
    span: { from: string; until: string },
  ): Promise<RecordInPeriod[]>
  /** Who was honoured during a span of instants, nominated by people of organisations; null: of all. */
  honouredModelCases(
    db: Reads,
    organisations: readonly string[] | null,
    span: { from: string; until: string },
  ): Promise<HonouredCase[]>
}

export function createPeriodPort(context: SubmissionsContext): PeriodPort {
  return {
    recordsInPeriod: (db, whose, span) => recordsInPeriod(db, context, whose, span),
    honouredModelCases: (db, organisations, span) => honouredModelCases(db, context, organisations, span),
  }
}

/**
 * What was sent in during a span of instants (ISO texts, the second outside), the first first. Sealed and erased records,
 * and those of hidden authors, are nobody's.
 */
async function recordsInPeriod(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds'>,
  whose: RecordsOf,
  { from, until }: { from: string; until: string },
): Promise<RecordInPeriod[]> {
  const all = db
    .selectFrom('submission')
    .where('sealed', '=', 0)
    .where('naming', '=', 'signed')
    .where('erased_at', 'is', null)
    .where('merged_into', 'is', null)
    .where('submitted_at', '>=', from)
    .where('submitted_at', '<', until)
  const found: RecordInPeriod[] = []
  for (const query of 'person' in whose ? [ofPerson(whose.person)] : ofOrganisations(whose.organisations)) {
    const rows = await query.select(['id', 'number', 'subject', 'kind', 'author']).orderBy('number').execute()
    const compared = query.select(['id as submission', 'id as part']).as('compared')
    const figures = rows.length === 0 ? new Map() : await comparedFigures(db, context, compared)
    found.push(
      ...rows.map(({ id, number, subject, kind, author }) => {
        const { adopted = 0, benefit = 0 } = figures.get(id) ?? {}
        return { number, subject, kind, adopted: adopted > 0, benefit, author }
      }),
    )
  }
  return found.sort((a, b) => (a.number < b.number ? -1 : 1))

  function ofPerson(person: string) {
    const beside = db
      .selectFrom('submission_author')
      .select('submission')
      .where('person', '=', person)
      .where('confirmed', '=', 1)
    return all.where((where) => where.or([where('author', '=', person), where('id', 'in', beside)]))
  }

  function ofOrganisations(organisations: readonly string[]) {
    return inPieces(organisations).map((piece) => all.where('organisation', 'in', piece))
  }
}
