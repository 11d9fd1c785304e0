import { type Block, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Deliveries } from '../../../delivery/deliveries.ts'
import { translate } from '../../../messages/translate.ts'
import { showButton } from '../lists/event-card.ts'
import { eventHeadline, momentText } from '../lists/event-texts.ts'
import type { Event } from '../records.ts'
import type { MessageGroup } from './message-groups.ts'

/** What the organisers wrote, as whoever is registered reads it. */
export function messageCard(event: Event, text: string, language: Language): Card {
  const from = event.row.organisers
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      { type: 'text', runs: plain(text) },
      {
        type: 'note',
        text:
          from === ''
            ? translate(language, 'announcing:message.note')
            : translate(language, 'announcing:message.from', { from }),
      },
      { type: 'buttons', buttons: [showButton({ event }, language)] },
    ],
  }
}

/** That it is on its way, for whoever wrote it. */
export function queuedCard(
  { row }: Event,
  { reached, unreached }: { reached: number; unreached: number },
  language: Language,
): Card {
  const say = (key: string, count: number) => translate(language, `announcing:write.${key}`, { count })
  return {
    tone: 'info',
    title: eventHeadline(row),
    blocks: [
      { type: 'text', runs: plain(say('queued', reached)) },
      ...(unreached > 0 ? [{ type: 'note' as const, text: say('unreached', unreached) }] : []),
      {
        type: 'buttons',
        buttons: [
          {
            label: translate(language, 'announcing:people.messages'),
            action: 'events.messages',
            value: { event: row.id },
            opens: 'beside',
          },
        ],
      },
    ],
  }
}

/** One message with what became of it. */
export interface SentMessage {
  group: MessageGroup
  text: string
  at: string
  people: number
  unreached: number
  isDone: boolean
  /** Null: the outbox remembers it no more. */
  deliveries: Deliveries | null
}

/** Characters of a message in the list of those that were sent. */
const longestText = 100

/** What was written to those of an event, the last first, and how many got it. */
export function messagesCard(
  { row }: Event,
  messages: readonly SentMessage[],
  language: Language,
  now: Date,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `announcing:message.${key}`, values)
  const blocks = messages.flatMap((message): Block[] => {
    const letters = Array.from(message.text)
    const text = letters.length > longestText ? `${letters.slice(0, longestText).join('')}……` : message.text
    const to = translate(language, `announcing:write.to.${message.group}`)
    const { people, unreached, deliveries } = message
    const line = [
      say(message.isDone ? 'people' : 'under-way', { count: people }),
      ...(unreached > 0 ? [say('unreached', { count: unreached })] : []),
      ...(deliveries ? [say('delivered', { count: deliveries.sent })] : []),
      ...(deliveries && deliveries.waiting > 0 ? [say('waiting', { count: deliveries.waiting })] : []),
      ...(deliveries && deliveries.failed > 0 ? [say('failed', { count: deliveries.failed })] : []),
    ].join(translate(language, 'events:joined'))
    return [
      {
        type: 'text',
        runs: [{ text: say('head', { to, at: momentText(message.at, row, language, now) }), strong: true }],
      },
      { type: 'quote', runs: plain(text) },
      { type: 'note', text: line },
    ]
  })
  return {
    tone: 'info',
    title: eventHeadline(row),
    blocks: blocks.length > 0 ? blocks : [{ type: 'text', runs: plain(say('none')) }],
  }
}
