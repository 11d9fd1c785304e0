import { type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { closeFeed, openFeed } from './calendar-feed.ts'

/** 订阅日历: a secret link for one's own calendar program, and how to end it. */
export function feedCommands(context: EventsContext): Command[] {
  const open = (turn: Turn) =>
    turn.commit(async (trx, say) => {
      const { language, message } = turn
      const person = await findPersonByAccount(trx, message.account)
      if (!person) return void (await say(feedCard('no-person', language)))
      const token = await openFeed(trx, person.id, await context.store.now(trx))
      await sayAlone(turn, say, feedCard('open', language, `${context.publicUrl()}/calendar/${token}.ics`))
    })
  const close = (turn: Turn) =>
    turn.commit(async (trx, say) => {
      const person = await findPersonByAccount(trx, turn.message.account)
      const isClosed = person !== null && (await closeFeed(trx, person.id))
      await say(feedCard(isClosed ? 'closed' : 'none', turn.language))
    })
  return [
    { words: { 'zh-CN': ['订阅日历', '日历订阅'], en: ['subscribe calendar', 'calendar link'] }, run: open },
    {
      words: { 'zh-CN': ['停止订阅日历', '取消订阅日历'], en: ['unsubscribe calendar', 'end calendar link'] },
      run: close,
    },
  ]
}

/** What is said of a feed. @param url Of one that was opened. */
export function feedCard(what: 'open' | 'closed' | 'none' | 'no-person', language: Language, url = ''): Card {
  const say = (key: string) => translate(language, `events:feed.${key}`)
  return {
    tone: what === 'no-person' ? 'refusal' : 'info',
    blocks: [
      { type: 'text', runs: plain(say(what)) },
      ...(url === ''
        ? []
        : [
            { type: 'link' as const, label: say('link'), url },
            { type: 'note' as const, text: say('note') },
          ]),
    ],
  }
}
