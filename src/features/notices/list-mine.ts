import type { Mine, Whose } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { CirculationPort } from '../circulation/port.ts'
import { readNotices } from './records.ts'

const mostItems = 5
const mostLooked = 100

/** Notices that wait for somebody to say that they know them. */
export async function unreadNotices(
  circulation: CirculationPort,
  { db, person, language }: Whose,
): Promise<Mine[]> {
  if (person === null) return []
  const asked = await circulation.askedOf(db, 'notices', person, mostLooked)
  const open = asked.filter(({ hasAnswered }) => !hasAnswered).map(({ id }) => id)
  const waiting = (await readNotices(db, open)).filter(({ row }) => row.asks === 1 && row.state === 'sent')
  if (waiting.length === 0) return []
  const items = waiting.slice(0, mostItems).map(({ row }) => ({
    title: `${row.number} ${row.title}`,
    state: row.until
      ? translate(language, 'notices:mine.until', { at: minuteInChina(new Date(row.until)) })
      : translate(language, 'notices:list.unread'),
    buttons: [
      {
        label: translate(language, 'notices:list.show'),
        ...{ action: 'notices.open', value: { notice: row.id }, opens: 'beside' as const },
      },
    ],
  }))
  const title = translate(language, 'notices:mine.title')
  return [
    { kind: 'to-do', title, count: waiting.length, items, more: translate(language, 'notices:mine.more') },
  ]
}
