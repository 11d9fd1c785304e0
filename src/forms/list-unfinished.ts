import type { Mine, Whose } from '../conversation/feature.ts'
import { translate } from '../messages/translate.ts'
import { dayIn, minuteInChina } from '../timers/calendar/day.ts'
import { showDay } from '../timers/calendar/show-day.ts'
import { draftButtons, titleOf } from './draft-cards.ts'
import { keptUntil, openDrafts } from './drafts.ts'
import type { Definitions } from './session.ts'

const mostListed = 5

/** Forms that somebody began and has not sent in. */
export async function listUnfinished(whose: Whose, definitions: Definitions): Promise<Mine[]> {
  const { db, account, language, now } = whose
  const drafts = await openDrafts(db, definitions, account, now)
  const zone = 'Asia/Shanghai'
  return [
    {
      kind: 'unfinished',
      title: translate(language, 'forms:mine.title'),
      count: drafts.length,
      items: drafts.slice(0, mostListed).map((draft) => {
        const title = titleOf(language, draft, definitions)
        const key = definitions.subjectOf(draft)
        const subject = key === null ? '' : translate(language, key, draft.context)
        return {
          title: subject === '' ? title : translate(language, 'forms:mine.about', { title, subject }),
          state: translate(language, 'forms:mine.state', {
            at: minuteInChina(draft.updatedAt),
            until: showDay(dayIn(zone, keptUntil(draft)), language, dayIn(zone, now)),
          }),
          buttons: draftButtons(language, draft),
        }
      }),
      more: translate(language, 'forms:mine.more'),
    },
  ]
}
