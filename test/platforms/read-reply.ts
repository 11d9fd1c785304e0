import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { Card } from '../../src/chat/card.ts'

export interface StreamedReply {
  cards: Card[]
  toasts: string[]
  /** Whether the stream said that nothing more will come, rather than breaking off. */
  ended: boolean
}

/** Reads the server-sent events that the web chat answers with, by a parser that is not ours. */
export async function readReply(response: Response, onCard?: (card: Card) => void): Promise<StreamedReply> {
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`)
  const reply: StreamedReply = { cards: [], toasts: [], ended: false }
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { event, data } of events) {
    if (event === 'card') {
      const card: Card = JSON.parse(data)
      reply.cards.push(card)
      onCard?.(card)
    } else if (event === 'toast') reply.toasts.push(JSON.parse(data))
    else if (event === 'end') reply.ended = true
  }
  return reply
}
