import { DefaultCache, EventDispatcher } from '@larksuiteoapi/node-sdk'
import { ZodError } from 'zod'
import type { Card } from '../../chat/card.ts'
import type { IncomingFile, IncomingMessage, Interaction } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Intake } from '../../chat/platform.ts'
import { errorCard } from '../../messages/error-card.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Logger } from '../logger.ts'
import { words } from './acknowledge.ts'
import { deliver, type Messages } from './deliver.ts'
import { sdkLogger, summarise } from './errors.ts'
import { welcomeWhoEntered } from './home.ts'
import { createInteractions } from './interactions.ts'
import { largestFile } from './limits.ts'
import {
  type FileReference,
  type Known,
  placeOf,
  readMenu,
  readMessage,
  recalledEvent,
} from './to-incoming.ts'

export interface ReceiverOptions {
  /** Whose events these are: of another app's nothing is carried out. */
  appId: string
  intake: Intake
  client: Messages
  logger: Logger
  known(): Promise<Known>
  /** Fetches a file into the blob store; null where it is larger than 20 MB. */
  fetchFile(message: string, file: FileReference): Promise<IncomingFile | null>
  welcome(language: Language): Card
  /** Resolves when what was said before in that place has been taken, as far as it was missed. */
  before(place: string): Promise<void>
  /** An event that cannot be read, or is another app's. */
  refused(reason: 'malformed' | 'app'): void
}

export interface Receiver {
  /** Hands what the vendor pushes to the intake; a handler that rejects is one whose event has to be pushed again. */
  dispatcher: EventDispatcher
  /** Takes a message that was fetched as if its event had come. Rejects where it cannot be stored. */
  hear(event: unknown): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

export function createReceiver(options: ReceiverOptions): Receiver {
  const { intake, client, logger } = options
  const underWay = new Set<Promise<unknown>>()
  /** Messages that are being taken: the vendor pushes one again where fetching its files takes more than 3 s. */
  const taking = new Map<string, Promise<void>>()

  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.catch(() => {}).finally(() => underWay.delete(settled))
    underWay.add(settled)
    return work
  }

  /** A handler; what can never be read is counted and acknowledged, for it would be pushed for seven hours. */
  const handler =
    (handle: (event: unknown) => Promise<unknown>) =>
    async (event: unknown): Promise<unknown> => {
      if ((appOf(event) ?? options.appId) !== options.appId) {
        options.refused('app')
        logger.warn({}, 'an event of another app was turned down')
        return undefined
      }
      return track(
        handle(event).catch((error) => {
          if (!(error instanceof ZodError || error instanceof SyntaxError)) throw error
          options.refused('malformed')
          logger.warn({}, 'an event of Feishu could not be read')
          return undefined
        }),
      )
    }

  const tell = (id: string, to: IncomingMessage | Interaction, card: Card) =>
    intake.tell({ id, to: { type: 'conversation', conversation: to.conversation }, card, replyTo: to.id })

  const take = async (message: IncomingMessage) => {
    try {
      await intake.take(message)
    } catch (error) {
      if (error instanceof PlainError) logger.warn({ reason: error.key }, 'a message was not taken')
      else logger.error({ err: error, incoming: message.id }, 'a message could not be stored')
      // The person is told at once; what was said is pushed again all the same, and answered then.
      await deliver(client, {
        id: `not-taken:${message.id}`,
        name: 'send',
        to: { type: 'conversation', conversation: message.conversation },
        card: errorCard(error, message.language),
        replyTo: message.id,
        open: false,
        message: null,
      }).catch((failure) =>
        logger.warn({ reason: summarise(failure).message }, 'nor could the person be told'),
      )
      throw new Error('not taken')
    }
  }

  const takeMessage = async (event: unknown) => {
    const read = readMessage(event, await options.known())
    if (read.is === 'others') return
    const { message } = read
    const { id, language } = message
    if (read.is === 'unread')
      return tell(`feishu:unread:${id}`, message, words(translate(language, 'feishu:not-read')))
    const files: IncomingFile[] = []
    for (const [at, file] of read.files.entries()) {
      try {
        const kept = await options.fetchFile(id, file)
        if (kept) files.push(kept)
        else {
          const megabytes = largestFile / 1024 / 1024
          const said = translate(language, 'feishu:file-too-large', { megabytes })
          await tell(`feishu:large:${id}:${at}`, message, words(said))
        }
      } catch (error) {
        logger.warn({ reason: summarise(error).message }, 'a file could not be fetched from Feishu')
        await tell(`feishu:lost:${id}:${at}`, message, words(translate(language, 'feishu:file-not-read')))
      }
    }
    if (message.text !== '' || files.length > 0)
      await take(files.length > 0 ? { ...message, files } : message)
  }

  const takeOnce = (event: unknown): Promise<void> => {
    const id = messageIdOf(event)
    const already = taking.get(id)
    if (already) return already
    const work = takeMessage(event).finally(() => taking.delete(id))
    taking.set(id, work)
    return work
  }

  const answerClick = createInteractions({ ...options, tell, track })

  const takeMenu = async (event: unknown) => take(readMenu(event, await options.known()))

  const forget = async (event: unknown) => {
    const { tenant_key: installation, message_id: id } = recalledEvent.parse(event)
    await intake.withdraw({ id, account: { platform: 'feishu', installation, user: '' } })
  }

  const dispatcher = new EventDispatcher({ ...sdkLogger(logger), cache: new DefaultCache() })
  dispatcher.register<Record<string, (event: unknown) => Promise<unknown>>>({
    'im.message.receive_v1': handler(async (event) => {
      await options.before(placeOf(event))
      return takeOnce(event)
    }),
    'im.message.recalled_v1': handler(forget),
    'im.chat.access_event.bot_p2p_chat_entered_v1': handler((event) => welcomeWhoEntered(event, options)),
    'application.bot.menu_v6': handler(takeMenu),
    // Missing from the SDK's types; what it resolves to is the answer to the callback.
    'card.action.trigger': handler(answerClick),
  })
  return {
    dispatcher,
    hear: (event) => track(takeOnce(event)),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** Whom the vendor tells of it; undefined where the event does not say. */
function appOf(event: unknown): unknown {
  return (event as { app_id?: unknown } | null)?.app_id
}

/** Empty where there is none; the message is then found to be malformed. */
function messageIdOf(event: unknown): string {
  const message = (event as { message?: { message_id?: unknown } } | null)?.message
  return typeof message?.message_id === 'string' ? message.message_id : ''
}
