import type { Language } from '../../chat/language.ts'
import { writeList } from '../../documents/list.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../spreadsheets/write-workbook.ts'
import { gradeTitle } from './cards.ts'
import { type Assessment, type Subject, scoresOf, subjectsOf } from './records.ts'
import { measuresOf } from './sheet-schema.ts'

type Key = Extract<KeyOf<'assessment'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

const points = (kept: number | null): Cell => (kept === null ? null : kept / 1000)

/**
 * The result as a workbook: a line for each subject, and one for each of its measures with the records that prove it.
 * @param subjects Those that whoever fetches it may see.
 */
export function exportResult(
  db: Reads,
  assessment: Assessment,
  subjects: readonly Subject[],
  language: Language,
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const say = (key: Key) => translate(language, `assessment:page.${key}`)

  async function* totals(): AsyncGenerator<Cell[]> {
    yield [say('place'), say('subject'), say('unit'), say('self'), say('checked'), say('grade')]
    for (const { row, name, unit } of subjects) {
      yield [row.place, name, unit, points(row.self_total), points(row.total), grade(row.grade)]
    }
  }

  async function* measures(): AsyncGenerator<Cell[]> {
    yield [
      ...[say('subject'), say('measure'), say('most'), say('self'), say('note')],
      ...[say('checked'), say('reason'), say('figure'), say('records')],
    ]
    for (const { row, name } of subjects) {
      const scores = await scoresOf(db, row.id)
      for (const measure of measuresOf(assessment.sheet)) {
        const score = scores.get(measure.name)
        const figures = score?.figures ?? []
        yield [
          ...[name, measure.title[language], measure.points, points(score?.self ?? null), score?.note ?? ''],
          ...[points(score?.checked ?? null), score?.reason ?? ''],
          figures.map(({ value }) => value).join(' / '),
          figures.flatMap(({ records }) => records).join('\n'),
        ]
      }
    }
  }

  const grade = (name: string | null) => gradeTitle(assessment, name, language)
  return {
    pieces: writeWorkbook([
      { name: say('totals'), rows: totals(), widths: [8, 28, 28, 10, 10, 12] },
      { name: say('measures'), rows: measures(), widths: [24, 36, 8, 8, 30, 8, 30, 10, 60] },
    ]),
    name: `${assessment.row.number}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }
}

/** Whoever is praised as a list to be printed (PDF); null: the notice is not over, or nobody is. */
export async function listPraised(
  db: Reads,
  assessment: Assessment,
  language: Language,
  now: Date,
): Promise<Uint8Array | null> {
  const { row, sheet, organisation } = assessment
  if (row.state !== 'closed') return null
  const praised = (await subjectsOf(db, row.id)).filter((one) => sheet.praised.includes(one.row.grade ?? ''))
  if (praised.length === 0) return null
  const say = (key: Key) => translate(language, `assessment:page.${key}`)
  const list = {
    ...{ title: translate(language, 'assessment:page.praised-title', { title: row.title }), language },
    subtitle: `${organisation} ${row.number}`,
    columns: [
      ...[
        { title: say('place'), share: 1 },
        { title: say('subject'), share: 3 },
      ],
      ...[
        { title: say('unit'), share: 3 },
        { title: say('grade'), share: 1.5 },
      ],
    ],
    rows: praised.map(({ row: { place, grade }, name, unit }) => [
      ...[String(place ?? ''), name, unit, gradeTitle(assessment, grade, language)],
    ]),
  }
  return (await writeList(list, now)).bytes
}
