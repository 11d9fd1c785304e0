import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import { type LearningProgress, progressOf } from './learning.ts'

/** A cadre with how far they are. */
export interface LearningLine {
  /** The organisation's path. */
  unit: string
  name: string
  progress: LearningProgress
}

/**
 * Cadres of some organisations with their learning in a year, by organisation and name.
 * @param paths Of the organisations by id.
 */
export async function learningLines(
  db: Reads,
  paths: ReadonlyMap<string, string>,
  { year, today }: { year: number; today: string },
): Promise<LearningLine[]> {
  const held = await db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person')
    .select(['person.id', 'person.name', 'membership.organisation'])
    .distinct()
    .where('membership.role', '=', 'cadre')
    .where((where) => where.or([where('from_day', 'is', null), where('from_day', '<=', today)]))
    .where((where) => where.or([where('until_day', 'is', null), where('until_day', '>=', today)]))
    .execute()
  const cadres = held.filter(({ organisation }) => paths.has(organisation))
  const people = [...new Set(cadres.map(({ id }) => id))]
  const progress = new Map((await progressOf(db, people, year)).map((one) => [one.person, one]))
  return cadres
    .map(({ id, name, organisation }) => ({
      ...{ unit: paths.get(organisation) ?? '', name, progress: progress.get(id)! },
    }))
    .toSorted((one, other) => (`${one.unit} ${one.name}` < `${other.unit} ${other.name}` ? -1 : 1))
}

/** The same as a workbook. */
export function exportLearning(
  lines: readonly LearningLine[],
  { year, language }: { year: number; language: Language },
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const title = translate(language, 'planning:duty.export.title', { year })
  return {
    pieces: writeWorkbook([
      { name: title, rows: rowsOf(lines, language), widths: [30, 12, 10, 10, 10, 10, 40] },
    ]),
    name: `${title}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }
}

async function* rowsOf(lines: readonly LearningLine[], language: Language): AsyncGenerator<Cell[]> {
  const keys = ['unit', 'name', 'target', 'own', 'events', 'rest', 'topics'] as const
  yield keys.map((key) => translate(language, `planning:duty.export.${key}`))
  for (const { unit, name, progress } of lines) {
    const { plan, own, events, rest } = progress
    yield [unit, name, plan?.hours ?? '', own, events, plan === null ? '' : rest, plan?.topics ?? '']
  }
}
