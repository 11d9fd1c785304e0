import type { Block, Card } from '../../../chat/card.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { houseOfPerson } from '../../../people/reach.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { openRows } from '../records.ts'
import type { ListReader } from './list-reader.ts'
import { noticeCard } from './notice-card.ts'

/** More would not fit a card. */
const mostNotices = 5

/** What is on public notice under the reader's root, each as it was published, with its button to object. */
export async function noticesCard(db: Reads, context: SubmissionsContext, reader: ListReader): Promise<Card> {
  const { person, today, language } = reader
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `review:notice.${key}`, values)
  if (person === null) return textCard(say('sign-in'))
  const places = await houseOfPerson(db, person, today)
  const states = context.kinds.everyVersion().flatMap(({ kind, states: all, actions }) =>
    // States to which an action leads that posts what it publishes.
    Object.values(actions)
      .filter(({ does, to }) => does.includes('post') && typeof to === 'string' && all[to])
      .map(({ to }) => ({ kind, state: String(to) })),
  )
  if (states.length === 0 || places.length === 0) return textCard(say('none'))
  const rows = await db
    .selectFrom('submission')
    .selectAll()
    .where((where) => where.or(states.map(({ kind, state }) => where.and({ kind, state }))))
    .where('organisation', 'in', places)
    .where('published', 'is not', null)
    .orderBy('since', 'desc')
    .execute()
  if (rows.length === 0) return textCard(say('none'))
  const submissions = await openRows(db, context, rows.slice(0, mostNotices))
  const blocks: Block[] = []
  for (const submission of submissions) {
    const { published, number, due_at } = submission.row
    const { blocks: own } = noticeCard(submission, published ?? '', language)
    blocks.push({ type: 'text', runs: [{ text: say('title', { number }), strong: true }] })
    if (due_at !== null)
      blocks.push({ type: 'note', text: say('until', { until: minuteInChina(new Date(due_at)) }) })
    blocks.push(...own.filter(({ type }) => type !== 'note'))
  }
  return { tone: 'info', title: say('running', { count: rows.length }), blocks }
}
