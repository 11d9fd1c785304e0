import type { Mine, Whose } from '../conversation/feature.ts'
import { translate } from '../messages/translate.ts'
import { dayIn, minuteInChina } from '../timers/calendar/day.ts'
import { draftButtons, subjectText, titleOf } from './draft-cards.ts'
import { keptUntil, openDrafts } from './drafts.ts'
import type { Definitions } from './session.ts'

const mostListed = 5

/** Forms that somebody began and has not sent in. */
export async function listUnfinished(whose: Whose, definitions: Definitions): Promise<Mine[]> {
  const { db, account, language, now } = whose
  // What was only opened, from no matter in particular, and left holds nothing that could be finished.
  const drafts = (await openDrafts(db, definitions, account, now)).filter(
    ({ openedAt, updatedAt, values, context }) =>
      updatedAt > openedAt || Object.keys({ ...values, ...context }).length > 0,
  )
  const zone = 'Asia/Shanghai'
  return [
    {
      kind: 'unfinished',
      title: translate(language, 'forms:mine.title'),
      count: drafts.length,
      items: drafts.slice(0, mostListed).map((draft) => {
        const title = titleOf(language, draft, definitions)
        const subject = subjectText(language, draft, definitions)
        return {
          title: subject === '' ? title : translate(language, 'forms:mine.about', { title, subject }),
          state: translate(language, 'forms:mine.state', {
            at: minuteInChina(draft.updatedAt),
            until: dayIn(zone, keptUntil(draft)),
          }),
          buttons: draftButtons(language, draft),
        }
      }),
      more: translate(language, 'forms:mine.more'),
    },
  ]
}
