import type { Client } from '@larksuiteoapi/node-sdk'
import type { Card } from '../../chat/card.ts'
import type { Operation } from '../../chat/outgoing.ts'
import { codeOf, RefusedCall, toDeliveryError } from './errors.ts'
import { longestSequence, mostStreams, sequenceTick } from './limits.ts'
import { type Place, renderCard } from './render-card.ts'
import { renderStream, writtenElement } from './render-stream.ts'

/** An entity of a card that is about to be sent as a message. */
export interface Entity {
  id: string
  /** What its growing element says. */
  text: string
}

/**
 * Messages whose cards grow while they are written, by the vendor's entities of cards (cardkit). What is known of them
 * here is a shortcut: the card of a message that is not known is replaced by the message's id.
 */
export interface Streams {
  /** Null: the card is to be sent as it is. Never rejects, for nobody sees an entity that is not sent. */
  create(operation: Operation, place: Place): Promise<Entity | null>
  /** The entity was sent as this message. */
  sent(message: string, entity: Entity): void
  /**
   * Carries out an edit. False: it is to be made by the message's id. Throws DeliveryError where it has to be tried
   * again; a second time does no harm.
   */
  edit(message: string, operation: Operation, place: Place): Promise<boolean>
}

interface Stream extends Entity {
  /** Whether its text still grows, as far as we know. */
  isOpen: boolean
  /** Of the last call. */
  sequence: number
}

/** The number is not above the one before: another process has changed the card. */
const staleSequence = 300317

type Call = Promise<{ code?: number | undefined }>

export function createStreams(client: Pick<Client, 'cardkit'>, clock: () => Date): Streams {
  /** By the message's id. */
  const streams = new Map<string, Stream>()

  /** From the clock, so that it grows over restarts; the vendor takes ten calls a second for a card. */
  function next(stream: Stream): number {
    const tick = 1 + (Math.floor(clock().getTime() / sequenceTick) % (longestSequence - 1))
    stream.sequence = Math.max(stream.sequence + 1, tick)
    return stream.sequence
  }

  /** Adds to the growing text. False: the vendor has ended the stream (it does after ten minutes), or refuses this. */
  async function write(stream: Stream, text: string): Promise<boolean> {
    if (text === stream.text) return true
    const refusal = await refusalOf(
      client.cardkit.v1.cardElement.content({
        path: { card_id: stream.id, element_id: writtenElement },
        data: { content: text, sequence: next(stream) },
      }),
    )
    if (refusal === null) stream.text = text
    return refusal === null
  }

  /** Replaces the whole card. False: refused. */
  async function replace(stream: Stream, card: Card, place: Place): Promise<boolean> {
    const drawn = renderCard(card, place)
    const data = JSON.stringify({ ...drawn, config: { ...drawn.config, streaming_mode: false } })
    const update = () =>
      refusalOf(
        client.cardkit.v1.card.update({
          path: { card_id: stream.id },
          data: { card: { type: 'card_json', data }, sequence: next(stream) },
        }),
      )
    const refusal = await update()
    if (refusal !== staleSequence) return refusal === null
    // Another process, with a clock that is a little ahead.
    stream.sequence += 60_000 / sequenceTick
    return (await update()) === null
  }

  return {
    async create(operation, place) {
      // The key of an earlier try may hold another entity, which would be the one that people see.
      const stream = operation.open && !operation.again ? renderStream(operation.card, place) : null
      if (stream === null) return null
      try {
        const data = { type: 'card_json', data: JSON.stringify(stream.card) }
        const answer = await client.cardkit.v1.card.create({ data })
        const id = answer.data?.card_id
        return id ? { id, text: stream.text } : null
      } catch {
        return null
      }
    },

    sent(message, entity) {
      streams.set(message, { ...entity, isOpen: true, sequence: 0 })
      const [oldest] = streams.keys()
      if (streams.size > mostStreams && oldest !== undefined) streams.delete(oldest)
    },

    async edit(message, { card, open }, place) {
      const stream = streams.get(message)
      if (!stream) return false
      if (open && stream.isOpen) {
        const grown = renderStream(card, place)
        if (grown && (await write(stream, grown.text))) return true
      }
      if (stream.isOpen) {
        // Refused where it has ended by itself.
        await refusalOf(
          client.cardkit.v1.card.settings({
            path: { card_id: stream.id },
            data: {
              settings: JSON.stringify({ config: { streaming_mode: false } }),
              sequence: next(stream),
            },
          }),
        )
        stream.isOpen = false
      }
      const isMade = await replace(stream, card, place)
      if (!isMade || !open) streams.delete(message)
      return isMade
    },
  }
}

/** The code with which a call was refused; null where it was made. Throws where it is to be tried again. */
async function refusalOf(call: Call): Promise<number | null> {
  try {
    const answer = await call
    if (answer?.code) throw new RefusedCall(answer.code)
    return null
  } catch (error) {
    const failure = toDeliveryError(error)
    if (failure.kind === 'later' || failure.kind === 'unknown') throw failure
    return codeOf(error)
  }
}
