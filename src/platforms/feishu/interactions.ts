import type { Card } from '../../chat/card.ts'
import type { IncomingMessage, Interaction } from '../../chat/incoming.ts'
import { DeliveryError } from '../../chat/outgoing.ts'
import type { Intake } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Logger } from '../logger.ts'
import { acknowledge, type CallbackAnswer, refuse, words } from './acknowledge.ts'
import { type Messages, sendFollowing } from './deliver.ts'
import type { FeishuCard } from './render-card.ts'
import { type Known, readClick } from './to-incoming.ts'

export interface InteractionsOptions {
  intake: Intake
  client: Messages
  logger: Logger
  known(): Promise<Known>
  /** Says something into the conversation, by the outbox. */
  tell(id: string, to: IncomingMessage | Interaction, card: Card): Promise<void>
  /** Work that goes on after the answer. */
  track(work: Promise<void>): void
}

/** Pauses between tries to send what a button opened, in milliseconds. */
const pauses = [1000, 3000]

/**
 * Answers the callback of a card, which has 3 s and is never pushed again: whatever happens, the person is told. What
 * the answer cannot hold follows as messages. Throws ZodError where it is no click on a card of ours.
 */
export function createInteractions(
  options: InteractionsOptions,
): (event: unknown) => Promise<CallbackAnswer> {
  const { intake, client, logger, known, tell, track } = options

  /** The key of what follows makes one of all tries. */
  const follow = async (click: Interaction, cards: readonly FeishuCard[]): Promise<void> => {
    for (const pause of [...pauses, null]) {
      try {
        return await sendFollowing(client, click, cards)
      } catch (error) {
        const isPassing = error instanceof DeliveryError && ['later', 'unknown'].includes(error.kind)
        if (isPassing && pause !== null) {
          await new Promise((resolve) => setTimeout(resolve, pause).unref())
          continue
        }
        logger.error({ err: error, incoming: click.id }, 'what a click opened could not be sent')
        const said = words(translate(click.language, 'chat:failure'))
        return tell(`feishu:not-opened:${click.id}`, click, said).catch((failure) =>
          logger.error({ err: failure }, 'nor could the person be told'),
        )
      }
    }
  }

  return async (event) => {
    const incoming = readClick(event, await known())
    try {
      if (incoming.type === 'message') {
        await intake.take(incoming)
        return {}
      }
      const { answer, following } = acknowledge(incoming, await intake.answer(incoming))
      if (following.length > 0) setImmediate(() => track(follow(incoming, following)))
      return answer
    } catch (error) {
      if (error instanceof PlainError) logger.info({ reason: error.key }, 'an interaction was turned down')
      else logger.error({ err: error, incoming: incoming.id }, 'an interaction could not be carried out')
      return refuse(incoming, error)
    }
  }
}
