import type { Mine, Whose } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { CirculationPort } from '../circulation/port.ts'
import { readCollections } from './records.ts'

const mostItems = 5
const mostLooked = 100

/** Collections that wait for somebody to answer them, the next to end first. */
export async function unansweredCollections(
  circulation: CirculationPort,
  { db, person, language }: Whose,
): Promise<Mine[]> {
  if (person === null) return []
  const asked = await circulation.askedOf(db, 'collections', person, mostLooked)
  const open = asked.filter(({ hasAnswered }) => !hasAnswered).map(({ id }) => id)
  const waiting = (await readCollections(db, open))
    .filter(({ row }) => row.state === 'open')
    .toSorted((one, other) => (one.row.deadline ?? '').localeCompare(other.row.deadline ?? ''))
  if (waiting.length === 0) return []
  const items = waiting.slice(0, mostItems).map(({ row, definition }) => ({
    title: `${row.number} ${definition.title[language]}`,
    state: translate(language, 'collections:mine.until', {
      until: minuteInChina(new Date(row.deadline ?? 0)),
    }),
    buttons: [
      {
        label: translate(language, 'collections:card.fill'),
        ...{ action: 'collections.fill', value: { collection: row.id }, opens: 'beside' as const },
      },
    ],
  }))
  const title = translate(language, 'collections:mine.title')
  const more = translate(language, 'collections:mine.more')
  return [{ kind: 'to-do', title, count: waiting.length, items, more }]
}
