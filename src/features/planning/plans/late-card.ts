import { type Block, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import type { LateItem } from './late-items.ts'
import { note, saying, shortened } from './plan-cards.ts'

const mostOnPage = 10
const dayLong = 24 * 60 * 60 * 1000

/** What is late, for somebody who stands above: a page of it, the longest late first. */
export function lateCard(
  { items, from, today }: { items: readonly LateItem[]; from: number; today: Day },
  language: Language,
): Card {
  const say = saying('late', language)
  const page = items.slice(from, from + mostOnPage)
  const left = items.length - from - page.length
  const lines = page.flatMap(({ item, plan, organisation, owner }): Block[] => [
    {
      type: 'text',
      runs: [
        {
          text: say('days', { days: (Date.parse(today) - Date.parse(item.ends_on)) / dayLong }),
          strong: true,
        },
        { text: shortened(item.goal) },
      ],
    },
    note(
      [
        `${plan.number} ${shortened(organisation)}`,
        owner || translate(language, 'planning:card.no-owner'),
        say('was-due', { day: item.ends_on, percent: item.percent }),
      ].join(' · '),
    ),
  ])
  const progress = {
    ...{ label: say('progress'), action: 'planning.list', value: { late: 'yes' }, opens: 'beside' as const },
  }
  const next = {
    ...{ label: say('next', { count: left }), action: 'planning.late', opens: 'beside' as const },
    value: { from: String(from + mostOnPage) },
  }
  return {
    tone: 'info',
    title: say('title', { count: items.length }),
    blocks: [
      { type: 'text', runs: plain(say(items.length === 0 ? 'none' : 'intro')) },
      ...lines,
      { type: 'buttons', buttons: left > 0 ? [next, progress] : [progress] },
    ],
  }
}
