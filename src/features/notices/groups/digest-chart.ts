import type { Chart } from '../../../charts/chart.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { addDays } from '../../../timers/calendar/day.ts'
import type { Rhythm } from '../news/news-timer.ts'
import type { GroupFigures } from './group-figures.ts'

/** What was done in a period beside what was done in the one before it. */
export interface Compared {
  organisation: string
  figures: GroupFigures
  /** Of the period before. */
  before: Pick<GroupFigures, 'submissions' | 'events' | 'notices'>
  rhythm: Rhythm
}

/** The chart of a group's digest; null: there is nothing to be seen in it. */
export function digestChart(
  { organisation, figures, before, rhythm }: Compared,
  language: Language,
): Chart | null {
  const say = (key: string, values: Record<string, string> = {}) =>
    translate(language, `notices:digest.${key}`, values)
  const counted = ['submissions', 'events', 'notices'] as const
  if (counted.every((one) => figures[one] === 0 && before[one] === 0)) return null
  return {
    ...{ form: 'grouped-bars', language, unit: '' },
    title: say(`title-${rhythm}`, { organisation }),
    categories: counted.map((one) => say(`chart.${one}`)),
    series: [
      { name: say(`chart.this-${rhythm}`), values: counted.map((one) => figures[one]) },
      { name: say(`chart.before-${rhythm}`), values: counted.map((one) => before[one]) },
    ],
    source: say('period', { from: figures.from, until: addDays(figures.until, -1) }),
  }
}
