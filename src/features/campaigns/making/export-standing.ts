import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import type { Campaign } from '../records.ts'
import { entryState, type ListedEntry } from './entry-cards.ts'
import { placesOf, type Standing } from './standing.ts'
import { rowName } from './standing-card.ts'

/** The standing of a campaign as a workbook: by organisation, by person, and all that takes part; null: not for whoever asks. */
export function exportStanding(
  { row }: Pick<Campaign, 'row'>,
  {
    organisations,
    people,
    entries,
  }: { organisations: Standing; people: Standing; entries: AsyncIterable<ListedEntry> | null },
  language: Language,
): { name: string; type: string; pieces: AsyncGenerator<Uint8Array> } {
  const say = (key: string) => translate(language, `campaigns:standing.${key}`)
  const sheet = (first: 'unit' | 'person', { rows }: Standing) => {
    const places = placesOf(rows, 'number')
    return {
      ...{ name: say(first), headings: 1, widths: [8, 28, 10, 10, 10, 16] },
      rows: linesOf([
        ['place', first, 'number', 'per-head', 'adopted', 'benefit'].map(say),
        ...rows.map(({ number, perHead, adopted, benefit, ...row }, at): Cell[] => [
          ...[places[at] ?? null, rowName(row, language), number],
          ...[perHead === null ? null : Math.round(perHead * 100) / 100, adopted, benefit],
        ]),
      ]),
    }
  }
  const title = translate(language, 'campaigns:card.entries')
  return {
    name: `${row.number}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    pieces: writeWorkbook([
      sheet('unit', organisations),
      sheet('person', people),
      ...(entries === null
        ? []
        : [
            {
              ...{ name: title.replace(/[:：]\s*$/u, ''), widths: [16, 50, 16, 24] },
              rows: linesOfEntries(entries, language),
            },
          ]),
    ]),
  }
}

async function* linesOf(lines: readonly Cell[][]): AsyncGenerator<Cell[]> {
  yield* lines
}

async function* linesOfEntries(
  entries: AsyncIterable<ListedEntry>,
  language: Language,
): AsyncGenerator<Cell[]> {
  for await (const entry of entries) {
    const { number, subject, author } = entry.record
    yield [number, subject, author, entryState(entry, language)]
  }
}
