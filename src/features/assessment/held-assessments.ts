import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'

/** An assessment whose result was published, as it is counted. */
interface HeldAssessment {
  number: string
  title: string
  /** Units or people with a result. */
  results: number
}

/** Assessments of which some organisations published the result in a span of instants, as ISO texts, by number. */
export async function heldAssessments(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<HeldAssessment[]> {
  const held: HeldAssessment[] = []
  for (const piece of inPieces(organisations)) {
    const rows = await db
      .selectFrom('assessment')
      .leftJoin('assessment_subject', (join) =>
        join
          .onRef('assessment_subject.assessment', '=', 'assessment.id')
          .on('assessment_subject.state', '=', 'checked'),
      )
      .select(['assessment.number', 'assessment.title'])
      .select(({ fn }) => fn.count<number | string>('assessment_subject.id').as('results'))
      .where('assessment.organisation', 'in', piece)
      .where('assessment.state', 'in', ['published', 'closed'])
      .where('assessment.published_at', '>=', from)
      .where('assessment.published_at', '<', until)
      .groupBy(['assessment.number', 'assessment.title'])
      .execute()
    held.push(...rows.map(({ results, ...row }) => ({ ...row, results: Number(results) })))
  }
  return held.toSorted((one, other) => (one.number < other.number ? -1 : 1))
}
