import type { Mine, MyItem, Whose } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import { readPerson } from '../../people/people.ts'
import { dayIn } from '../../timers/calendar/day.ts'
import { type Leave, leaveOf } from '../../timers/calendar/leave.ts'
import { daysOf, mostShown } from './leave-cards.ts'

/** Leave of today and to come. */
export async function listMine({ db, person: id, language, now }: Whose): Promise<Mine[]> {
  const person = id === null ? null : await readPerson(db, id)
  if (!person) return []
  const today = dayIn(person.timeZone, now)
  const leave = await leaveOf(db, person.id, today)
  const toItem = (one: Leave): MyItem => {
    const state = translate(
      language,
      one.first <= today ? 'calendar:leave.mine-running' : 'calendar:leave.mine-to-come',
    )
    return {
      title: daysOf(one, language, today),
      state:
        one.note === '' ? state : translate(language, 'calendar:leave.mine-note', { state, note: one.note }),
      buttons: [
        {
          label: translate(language, 'calendar:leave.mine-end'),
          action: 'leave.end',
          value: { leave: one.id },
        },
      ],
    }
  }
  return [
    {
      kind: 'own',
      title: translate(language, 'calendar:leave.own'),
      count: leave.length,
      items: leave.slice(0, mostShown).map(toItem),
      more: translate(language, 'calendar:leave.mine-more'),
    },
  ]
}
