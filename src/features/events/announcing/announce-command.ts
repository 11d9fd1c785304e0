import type { Command } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { eventToManage } from '../lists/asked-event.ts'
import { sentenceCard } from '../registering/receipt-card.ts'
import { cardForGroup, keepStanding, watchMoments } from './refresh-cards.ts'

/** `在本群发布 HD-2026-0003`: typed in a group by whoever manages the event, it has the card stand there. */
export function announceCommand(context: EventsContext): Command {
  return {
    words: { 'zh-CN': ['在本群发布', '发布到本群'], en: ['announce here'] },
    pattern: new RegExp(`^(?:在本群发布|发布到本群|announce here)[\\s:：]*${numberPattern}$`),
    run: (turn) =>
      turn.commit(async (trx, say) => {
        const { message, language } = turn
        const now = await context.store.now(trx)
        try {
          const number = eventNumberIn(message.text)
          if (number === null) throw new PlainError('announcing:refused.say-number')
          if (!message.group) throw new PlainError('announcing:refused.no-group-here')
          const person = (await findPersonByAccount(trx, message.account))?.id ?? null
          const event = await eventToManage(trx, number, { person, action: 'event.manage', now })
          if (event.row.state !== 'published') throw new PlainError('announcing:refused.not-published')
          const card = await cardForGroup(trx, context, event, now)
          await keepStanding(trx, event, {
            message: await say(card),
            conversation: message.conversation,
            card,
            now,
          })
          await watchMoments(trx, event, now)
        } catch (error) {
          if (!(error instanceof PlainError)) throw error
          await sayAlone(turn, say, sentenceCard(language, error.key, error.values, 'refusal'))
        }
      }),
  }
}
