import type { Command, Turn } from '../../../conversation/feature.ts'
import { askedTerms, textTerms } from '../../../knowledge/search/text-terms.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'
import { answerReader, shownTo } from './list-commands.ts'
import { type EventFilters, listEvents } from './list-events.ts'
import { ownRegistrations } from './own-registrations.ts'
import { spanOf, timeWords, wordsOf } from './read-wish.ts'
import { askerOf } from './visible.ts'

/** What is asked of an event: where, when, how to get in, whether there is room. */
const asks =
  /^(?:我(?:要|想)?)?(?:报名|参加)|在哪(?:里|儿|开|办|举行|举办)*|什么地方|几点(?:钟|开始|结束)*|什么时候(?:开始|结束)?|何时|(?:具体)?(?:时间|地点)(?:是|在)?|怎么(?:去|参加|报名)|还(?:有名额|能报名?|可以报名?)|报满了?|\b(?:where|when|what time)\b/
const padding = /[的是在呢吗啊呀有会场请问一下我们了]|\b(?:is|the|does|it|start|be|at|on)\b|[\s\p{P}]/gu

/**
 * 「这周五的讲座在哪」, 「机器人讲座几点开始」: answered with the event where exactly one clearly fits, among those that the
 * asker is registered for, then among those they may see. All else is a question for the documents.
 */
export function eventQuestion(context: EventsContext): Command {
  return {
    words: { 'zh-CN': [], en: [] },
    pattern: asks,
    fits: async (turn) => (await eventMeant(context, turn)) !== null,
    async run(turn) {
      const event = await eventMeant(context, turn)
      await answerReader(turn, context, (trx, reader) =>
        shownTo(trx, context, event?.row.id ?? '', { ...reader, language: turn.language }),
      )
    },
  }
}

async function eventMeant(context: EventsContext, { message }: Turn): Promise<Event | null> {
  const { store, kinds } = context
  const said = message.text.normalize('NFKC').trim().toLowerCase()
  if (said.length > 60) return null
  const words = wordsOf(kinds)
  const named = [...words.keys()].find((word) => said.includes(word))
  if (named === undefined) return null
  const time = timeWords.exec(said)?.[0]
  const about = said
    .replace(asks, ' ')
    .replace(time ?? '', ' ')
    .replace(named, ' ')
    .replaceAll(padding, ' ')
  const terms = askedTerms(about)
  // Neither when nor about what: it may be any of them.
  if (time === undefined && terms.length === 0 && words.get(named) === null) return null
  const now = await store.now()
  const { from, until } = spanOf(time, now)
  const wanted = words.get(named) ?? null
  const asker = await askerOf(store.db, message.account)
  const { own } = await ownRegistrations(store.db, asker, {}, { size: 50, now })
  const registered = own
    .map(({ event }) => event)
    .filter(({ row }) => {
      const at = Date.parse(row.starts_at)
      const held = new Set(textTerms([row.title, row.description, row.place].join('\n')))
      return (
        (wanted === null || wanted.includes(row.kind) || row.title.toLowerCase().includes(named)) &&
        (from === null || at >= from.getTime()) &&
        (until === null || at < until.getTime()) &&
        terms.every((term) => held.has(term))
      )
    })
  if (registered.length > 0) return registered.length === 1 ? registered[0]! : null
  // Of what they are not registered for more has to be said.
  if (terms.length === 0 && from === null) return null
  return onlyVisible(store.db, context, asker, {
    ...(wanted === null ? {} : { kinds: wanted }),
    ...(from === null ? {} : { from }),
    ...(until === null ? {} : { until }),
    ...(terms.length === 0 ? {} : { text: about }),
  })
}

/** The one event to come that fits; null: there is none, or more. */
async function onlyVisible(
  db: EventsContext['store']['db'],
  context: EventsContext,
  asker: Parameters<typeof listEvents>[2],
  filters: EventFilters,
): Promise<Event | null> {
  const { events } = await listEvents(db, context, asker, filters, { size: 2 })
  return events.length === 1 ? events[0]!.event : null
}
