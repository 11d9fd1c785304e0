import type { Button } from '../../../chat/card.ts'
import type { Mine, Whose } from '../../../conversation/feature.ts'
import { translate } from '../../../messages/translate.ts'
import { registeredButtons, showButton } from './event-card.ts'
import { eventHeadline, momentText, whenOf } from './event-texts.ts'
import { ownState } from './list-cards.ts'
import { countOwn, type OwnRegistration } from './own-registrations.ts'

/** Offers to answer, events to say again that one comes to, and those that one is registered for. */
export async function mineOfEvents({ db, account, person, language, now }: Whose): Promise<Mine[]> {
  const whose = { person, account }
  const offered = await countOwn(db, whose, { states: ['offered'] }, now)
  const again = await countOwn(db, whose, { toConfirmAgain: true }, now)
  const own = await countOwn(db, whose, {}, now)
  const joined = translate(language, 'announcing:list.joined')
  const more = translate(language, 'announcing:mine.more')
  const section = (
    kind: Mine['kind'],
    name: 'offered' | 'again' | 'own',
    { count, first }: { count: number; first: OwnRegistration[] },
    state: (one: OwnRegistration) => string,
    buttons: (one: OwnRegistration) => Button[],
  ): Mine[] => {
    if (count === 0) return []
    const items = first.map((one) => ({
      title: eventHeadline(one.event.row),
      state: state(one),
      buttons: buttons(one).slice(0, 2),
    }))
    return [{ kind, title: translate(language, `announcing:mine.${name}`), count, items, more }]
  }
  const pressed = ({ event, registration }: OwnRegistration) =>
    registeredButtons({ event, own: registration }, language, now)
  const until = ({ event, registration }: OwnRegistration) =>
    translate(language, 'announcing:mine.until', {
      until: momentText(registration.offer_until ?? event.row.starts_at, event.row, language, now),
    })
  return [
    ...section('to-do', 'offered', offered, until, pressed),
    ...section(
      'to-do',
      'again',
      again,
      ({ event }) => whenOf(event.row, language, now),
      (one) => [...pressed(one).slice(0, 1), showButton(one, language)],
    ),
    ...section(
      'own',
      'own',
      own,
      (one) => [ownState(one, language), whenOf(one.event.row, language, now)].join(joined),
      (one) => [showButton(one, language)],
    ),
  ]
}
