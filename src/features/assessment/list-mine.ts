import type { Mine, Whose } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import { ownButton, ownState, ownTitle } from './list-cards.ts'
import { ownSubjects } from './show.ts'

const mostItems = 5

/** Assessments that wait to be filled in or checked by somebody, for 我的. */
export async function listMine({ db, person, language, now }: Whose): Promise<Mine[]> {
  if (person === null) return []
  const { toFill, toCheck, today } = await ownSubjects(db, person, now)
  return [['fill', toFill] as const, ['check', toCheck] as const].flatMap(([what, listed]): Mine[] => {
    if (listed.length === 0) return []
    return [
      {
        ...{ kind: 'to-do', count: listed.length, more: translate(language, 'assessment:own.title') },
        title: translate(language, `assessment:own.mine-${what}`),
        items: listed.slice(0, mostItems).map((one) => ({
          title: ownTitle(one),
          state: ownState(one, what, today, language),
          buttons: [ownButton(one, what, language)],
        })),
      },
    ]
  })
}
