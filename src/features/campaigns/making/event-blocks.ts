import type { Block } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { buttonsBlock, fact, shortened } from './campaign-texts.ts'
import type { ContestEvent } from './contest-events.ts'

/** More would not fit a card. */
const mostEvents = 5

/** Events of a contest: who came to those that are over, and the way into those that are ahead, on whose card one registers. */
export function eventBlocks(events: readonly ContestEvent[], language: Language): Block[] {
  // What is ahead is what people can still come to.
  const inTurn = [...events.filter(({ isAhead }) => isAhead), ...events.filter(({ isAhead }) => !isAhead)]
  return inTurn.slice(0, mostEvents).flatMap(({ id, number, title, startsOn, attended, isAhead }) => [
    ...fact(
      translate(language, 'campaigns:card.event'),
      translate(language, isAhead ? 'campaigns:card.event-ahead' : 'campaigns:card.event-line', {
        number,
        title: shortened(title, 40),
        startsOn,
        attended,
      }),
    ),
    ...buttonsBlock(
      isAhead
        ? [
            {
              label: translate(language, 'campaigns:card.event-show'),
              action: 'events.show',
              value: { event: id },
              opens: 'beside',
            },
          ]
        : [],
    ),
  ])
}
