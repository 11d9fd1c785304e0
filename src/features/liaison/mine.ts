import type { Mine, Whose } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { ownPointsOf } from './answers.ts'
import { deed } from './cards.ts'
import type { Liaison } from './context.ts'
import { openPromises } from './promises.ts'
import { clipped } from './texts.ts'

const mostItems = 5

/** Points that somebody looks after, and what they are to do that was promised there. */
export async function liaisonOf(
  context: Pick<Liaison, 'rules'>,
  { db, person, language, now }: Whose,
): Promise<Mine[]> {
  if (person === null) return []
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `liaison:mine.${key}`, values)
  const today = dayInChina(now)
  const more = translate(language, 'liaison:mine.more')
  const promised = await openPromises(db, { owner: person })
  const points = await ownPointsOf(db, context, { person, today })
  const found: Mine[] = []
  if (promised.length > 0) {
    found.push({
      ...{ kind: 'to-do', title: say('promises'), count: promised.length, more },
      items: promised.slice(0, mostItems).map(({ id, text, name, due_day }) => ({
        title: clipped(text, 60),
        state: [name, due_day < today ? say('overdue', { day: due_day }) : say('due', { day: due_day })].join(
          ' · ',
        ),
        buttons: [deed(language, 'settle', { promise: id })],
      })),
    })
  }
  if (points.length > 0) {
    found.push({
      ...{ kind: 'own', title: say('points'), count: points.length, more },
      items: points.slice(0, mostItems).map(({ point: { organisation, name, lastVisit } }) => ({
        title: name,
        state: lastVisit === null ? say('never') : say('last', { day: lastVisit }),
        buttons: [deed(language, 'record', { organisation })],
      })),
    })
  }
  return found
}
