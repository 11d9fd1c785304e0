import { translate } from '../../messages/translate.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../spreadsheets/write-workbook.ts'
import type { Visit } from '../visit.ts'
import type { ListedOnPage } from './reminder-list.ts'
import { reminderSay } from './reminder-say.ts'

/** How many are read at once. */
const piece = 500

/**
 * The list of reminders as a workbook, read piece by piece while it is sent.
 * @param list A part of the list from `offset` on, `limit` reminders at most.
 */
export function exportReminders(
  visit: Pick<Visit, 'language' | 'today'>,
  list: (part: { offset: number; limit: number }) => Promise<{ rows: ListedOnPage[]; hasMore: boolean }>,
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const title = reminderSay(visit)('export.title')
  return {
    pieces: writeWorkbook([
      { name: title, rows: rowsOf(visit, list), widths: [16, 40, 30, 12, 10, 26, 10, 40, 40] },
    ]),
    name: `${title}-${visit.today}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }
}

async function* rowsOf(
  visit: Pick<Visit, 'language'>,
  list: Parameters<typeof exportReminders>[1],
): AsyncGenerator<Cell[]> {
  const say = reminderSay(visit)
  yield [
    ...[say('number'), say('name'), say('organisation'), say('owner'), say('state'), say('next-time')],
    ...[say('export.open'), say('export.people'), say('export.problems')],
  ]
  for (let offset = 0; ; offset += piece) {
    const { rows, hasMore } = await list({ offset, limit: piece })
    for (const { number, title, organisation, owner, state, next, waiting, problems } of rows) {
      yield [
        ...[number, title, organisation, owner, stateText(visit, state), next, waiting.count],
        ...[waiting.names.join(say('joint')), problems.join(say('joint'))],
      ]
    }
    if (!hasMore) return
  }
}

function stateText({ language }: Pick<Visit, 'language'>, state: ListedOnPage['state']): string {
  return translate(language, `reminders:state.${state}`)
}
