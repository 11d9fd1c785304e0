import { dayInChina } from '../../knowledge/library/day.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { sheetsOf } from '../../spreadsheets/write-workbook.ts'
import { yearOf } from '../../timers/calendar/day.ts'
import type { ExportableTable, OpenedTable, TableRequest } from './context.ts'

type Name = Extract<KeyOf<'pushes'>, `table.${string}`> extends `table.${infer Rest}` ? Rest : never

/** What a feature's export gives: a workbook that was not read yet, and what tells the rows of its sheets apart. */
interface Exported {
  pieces: Parameters<typeof sheetsOf>[0]
  keys: OpenedTable['keys']
}

/** A request with its day in China. */
type Asked = TableRequest & { today: string }

/** A table of which there is one for the house. */
export function single(
  name: Name,
  words: ExportableTable['words'],
  read: (asked: Asked) => Promise<Exported>,
): ExportableTable {
  return {
    ...{ name, words, number: null },
    async open(asked) {
      const { pieces, keys } = await read(withDay(asked))
      const title = translate(asked.language, `pushes:table.${name}`)
      return { record: '', title, sheets: sheetsOf(pieces), keys }
    },
  }
}

/** A table of a record that has a number. */
export function numbered(
  name: Name,
  number: RegExp,
  words: ExportableTable['words'],
  read: (asked: Asked) => Promise<Exported & { id: string; number: string }>,
): ExportableTable {
  return {
    ...{ name, number, words },
    async open(asked) {
      const { id, number: said, pieces, keys } = await read(withDay(asked))
      const title = translate(asked.language, `pushes:table.${name}`, { number: said })
      return { record: id, title, sheets: sheetsOf(pieces), keys }
    },
  }
}

/** A table of a year; where none is said, of this one. What was pushed of a year stays of that year. */
export function yearly(
  name: Name,
  words: ExportableTable['words'],
  read: (asked: Asked & { year: number }) => Promise<Exported>,
): ExportableTable {
  return {
    ...{ name, number: /^(?:20\d\d)?年?$/, words },
    async open(asked) {
      const { today } = withDay(asked)
      const year = /^年?$/.test(asked.record) ? yearOf(today) : Number.parseInt(asked.record, 10)
      const { pieces, keys } = await read({ ...asked, today, year })
      const title = translate(asked.language, `pushes:table.${name}`, { year })
      return { record: String(year), title, sheets: sheetsOf(pieces), keys }
    },
  }
}

function withDay(asked: TableRequest): Asked {
  return { ...asked, today: dayInChina(asked.now) }
}
