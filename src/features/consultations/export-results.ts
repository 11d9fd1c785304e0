import type { Language } from '../../chat/language.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../spreadsheets/write-workbook.ts'
import type { Results } from './answers.ts'
import { adoptedIn, type Consultation } from './records.ts'
import { tally } from './tally.ts'

type Key = Extract<KeyOf<'consultations'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

/**
 * What was said as a workbook: how often each choice was made, of all and by the units of which enough answered, and all
 * words to the letter. @param units Names by id.
 */
export function exportResults(
  { row, questions }: Consultation,
  { said, remarks }: Results,
  units: ReadonlyMap<string, string>,
  language: Language,
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const say = (key: Key) => translate(language, `consultations:page.${key}`)
  const counted = tally(questions, said)
  const adopted = adoptedIn(row)

  async function* figures(): AsyncGenerator<Cell[]> {
    yield [say('unit'), say('question'), say('choice'), say('count')]
    const parts = [
      { name: say('all'), counts: counted.all },
      ...counted.byUnit.map(({ unit, counts }) => ({ name: units.get(unit) ?? '', counts })),
    ]
    for (const { name, counts } of parts) {
      for (const [at, { text, choices }] of questions.entries()) {
        for (const [which, choice] of choices.entries()) {
          yield [name, text, choice, counts[at]?.[which] ?? 0]
        }
      }
    }
  }

  async function* words(): AsyncGenerator<Cell[]> {
    yield [say('number'), say('question'), say('remark'), say('name'), say('unit'), say('adopted')]
    for (const { id, number, question, text, by } of remarks) {
      const about = question === null ? '' : (questions[question]?.text ?? '')
      const isAdopted = adopted.includes(id) ? say('yes') : ''
      yield [number, about, text, by?.name ?? '', by?.organisation ?? '', isAdopted]
    }
  }

  return {
    pieces: writeWorkbook([
      { name: say('figures'), rows: figures(), widths: [28, 40, 20, 10] },
      { name: say('remarks'), rows: words(), widths: [8, 32, 60, 14, 24, 8] },
    ]),
    name: `${row.number}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }
}
