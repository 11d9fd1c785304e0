import { type Card, plain } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { translate } from '../messages/translate.ts'
import type { YearOverview } from '../timers/calendar/year-overview.ts'

/** The days off and make-up days of a year, and whether they are published. */
export function yearCard({ year, source, holidays }: YearOverview, language: Language): Card {
  const say = (key: string, values?: Record<string, string | number>) => translate(language, key, values)
  const span = ({ first, last }: { first: string; last: string }) =>
    first === last ? first : say('calendar:year.span', { first, last })
  return {
    tone: 'info',
    title: say('calendar:year.title', { year }),
    blocks: [
      {
        type: 'text',
        runs: plain(
          source === null
            ? say('calendar:year.provisional', { year })
            : say('calendar:year.published', {
                source: source === 'chinese-days' ? say('calendar:year.built-in') : source,
              }),
        ),
      },
      {
        type: 'table',
        header: [say('calendar:year.holiday'), say('calendar:year.off'), say('calendar:year.work')],
        rows: holidays.map(({ name, off, work }) => [name, off.map(span).join('、'), work.join('、')]),
      },
    ],
  }
}
