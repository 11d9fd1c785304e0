import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../spreadsheets/write-workbook.ts'
import type { Store } from '../../store/store.ts'
import type { CirculationPort } from '../circulation/port.ts'
import { type Notice, originOf } from './records.ts'
import { namedPeople } from './show-notice.ts'

const batch = 500

/** Who has not read a notice, as a workbook: unit and name, by unit. */
export function exportMissing(
  store: Store,
  circulation: CirculationPort,
  { row }: Notice,
  language: Language,
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  async function* rows(): AsyncGenerator<Cell[]> {
    yield [translate(language, 'notices:page.unit'), translate(language, 'notices:page.name')]
    for (let offset = 0; ; offset += batch) {
      const some = await circulation.missing(store.db, originOf(row.id), { offset, most: batch })
      for (const { name, organisation } of await namedPeople(store.db, some)) yield [organisation, name]
      if (some.length < batch) return
    }
  }
  return {
    pieces: writeWorkbook([{ name: row.number, rows: rows(), widths: [32, 16] }]),
    name: `${row.number}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }
}
