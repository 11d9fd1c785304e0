import { type Block, type Card, type PictureBlock, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { addDays } from '../../../timers/calendar/day.ts'
import type { GroupFigures } from './group-figures.ts'

/** What was done in a week or month and what is due, for a group. @param picture Default: it has none yet. */
export function groupDigestCard(
  {
    organisation,
    figures,
    rhythm,
  }: { organisation: string; figures: GroupFigures; rhythm: 'week' | 'month' },
  language: Language,
  picture: PictureBlock | null = null,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:digest.${key}`, values)
  const { from, until, submissions, events, notices, due, dueCount } = figures
  return {
    tone: 'info',
    title: say(`title-${rhythm}`, { organisation }),
    blocks: [
      { type: 'note', text: say('period', { from, until: addDays(until, -1) }) },
      { type: 'text', runs: [{ text: say('done'), strong: true }] },
      {
        type: 'list',
        items: [
          plain(say('submissions', { count: submissions })),
          plain(say('events', { count: events })),
          plain(say('notices', { count: notices })),
        ],
      },
      ...(picture ? [picture] : []),
      { type: 'text', runs: [{ text: say(`due-${rhythm}`), strong: true }] },
      due.length === 0
        ? { type: 'text', runs: plain(say('nothing-due')) }
        : { type: 'list', items: due.map(({ day, title }) => plain(`${day} ${title}`)) },
      ...(dueCount > due.length
        ? [{ type: 'note', text: say('more', { count: dueCount - due.length }) } satisfies Block]
        : []),
      { type: 'note', text: say(`off-${rhythm}`) },
    ],
  }
}
