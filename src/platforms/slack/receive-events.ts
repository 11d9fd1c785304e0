import { App, type Receiver, type webApi } from '@slack/bolt'
import type { IncomingFile, IncomingMessage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Intake } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Logger } from '../logger.ts'
import { type Acknowledging, errorSentence, sentence } from './acknowledge.ts'
import { messageId } from './deliver.ts'
import type { Directory } from './directory.ts'
import { createSdkLogger } from './errors.ts'
import { placeKey, timeOf } from './history.ts'
import type { Home } from './home.ts'
import { placeIn, receiveInteractions, type Speaker } from './interactions.ts'
import { hastyTimeout, mostNames } from './limits.ts'
import * as read from './to-incoming.ts'

/** Something that Slack sent, by whichever transport. */
export interface Envelope {
  body: unknown
  /** How often it was sent before. */
  retry: number
  /** Acknowledges it, with what the acknowledgement carries. */
  reply(payload?: unknown): Promise<void>
}

/** Who the bot is in the workspace. */
export interface Identity {
  team: string
  botUser: string
  botId: string
}

export interface EventOptions extends Home {
  botToken: string
  identity: Identity
  clientOptions: webApi.WebClientOptions
  client: webApi.WebClient
  directory: Directory
  acknowledging: Acknowledging
  intake: Intake
  clock: () => Date
  logger: Logger
  /** Resolves when what was said before in that place has been taken, as far as it was missed. */
  before(place: string): Promise<void>
  /** Told of what is turned down. */
  refused(reason: 'workspace' | 'malformed'): void
  /** Fetches a file and keeps it. Throws PlainError where it cannot be had. */
  keepFile(file: read.SlackFile): Promise<IncomingFile>
}

export interface Events {
  /** Takes what Slack sends: stored first, then acknowledged. Never rejects. */
  receive(envelope: Envelope): Promise<void>
  /** Takes a post that was fetched as if its event had come; whether it was for the bot. Rejects where it cannot be stored. */
  hear(event: unknown): Promise<boolean>
}

/** Reads what Slack sends, through Bolt. */
export function createEvents(options: EventOptions): Events {
  const { botToken, identity, client, directory, acknowledging, intake, clock, logger } = options
  const { team, botUser, botId } = identity
  const receiver: Receiver = { init() {}, start: async () => {}, stop: async () => {} }
  const app = new App({
    receiver,
    authorize: async () => ({ botToken, botId, botUserId: botUser, teamId: team }),
    clientOptions: options.clientOptions,
    logger: createSdkLogger(logger),
    ignoreSelf: false,
    convoStore: false,
  })
  // Handed on to whoever called processEvent: what could not be stored must not be acknowledged.
  app.error(async (error) => {
    throw error
  })
  app.use(async ({ context, next }) => {
    context.reading.done = true
    await next()
  })
  /** Posts that are being taken: a file may take longer than Slack waits before it sends the post again. */
  const underWay = new Map<string, Promise<boolean>>()

  const languageOf = async (user: string): Promise<Language> => {
    const late = new Promise<Language>((resolve) => setTimeout(resolve, hastyTimeout, 'zh-CN').unref())
    return Promise.race([directory.profileOf(user).then(({ language }) => language), late])
  }
  const envelopeOf = (id: string, { user, language, place }: Speaker, at = clock()) => ({
    id,
    account: { platform: 'slack', installation: team, user },
    conversation: { platform: 'slack', installation: team, chat: place.chat, thread: place.thread },
    language,
    at,
    ...(place.group ? { group: true } : {}),
  })

  /** Takes a message, or says why not and throws. `isFirst`: nobody was told before. */
  async function take(message: IncomingMessage, stand: Speaker, isFirst: boolean): Promise<void> {
    try {
      await intake.take(message)
    } catch (error) {
      if (!(error instanceof PlainError)) logger.error({ err: error }, 'a message could not be handed on')
      if (isFirst) await acknowledging.tell(stand, errorSentence(error, stand.language))
      throw error
    }
  }

  async function hearNext(event: unknown, retry: number): Promise<void> {
    const { success, data } = read.messageEvent.safeParse(event)
    if (!success) return options.refused('malformed')
    if (data.subtype === 'message_changed') return hearEdit(event)
    if (data.subtype === 'message_deleted') return hearDeletion(event)
    const isPrivate = data.channel.startsWith('D')
    await options.before(placeKey(data.channel, data.thread_ts ?? (isPrivate ? '' : (data.ts ?? ''))))
    await hear(event, retry)
  }

  async function hear(event: unknown, retry: number): Promise<boolean> {
    const { success, data } = read.messageEvent.safeParse(event)
    if (!success || !read.isSaid(data, botUser)) return false
    const { channel, ts, user, thread_ts } = data
    const isPrivate = channel.startsWith('D')
    const heard = read.readText(data.text ?? '', botUser)
    // Between people, it is theirs; Slack sends a post that names the bot a second time, under its own name.
    if (!isPrivate && !heard.isForBot) return false
    const id = messageId(channel, ts)
    const earlier = underWay.get(id)
    if (earlier) return earlier
    const work = (async () => {
      const language = await languageOf(user)
      const place = placeIn(channel, thread_ts ?? (isPrivate ? '' : ts))
      const stand = { user, language, place }
      const attached = read.readFiles(data.files)
      const files = await keepFiles(attached, stand, retry === 0)
      if (attached.length > 0 && files.length === 0 && heard.text === '') return true
      if (heard.text === '' && files.length === 0 && data.attachments?.length) {
        await acknowledging.tell(stand, sentence(translate(language, 'slack:not-read')))
        return true
      }
      const said = await wordsOf(data.text ?? '', heard)
      const text = said === '' && files.length === 0 ? translate(language, 'slack:home.help') : said
      const at = timeOf(ts, clock())
      const message = { ...envelopeOf(id, stand, at), type: 'message' as const, text, vendorChat: channel }
      await take(files.length > 0 ? { ...message, files } : message, stand, retry === 0)
      if (thread_ts !== undefined && isPrivate) showStatus(channel, thread_ts, language)
      return true
    })()
    underWay.set(id, work)
    return work.finally(() => underWay.delete(id))
  }

  /** What was said, with the names of who was mentioned, as people read it. */
  async function wordsOf(text: string, { text: bare, mentioned }: read.Heard): Promise<string> {
    if (mentioned.length === 0) return bare
    const looked = [...new Set(mentioned)].slice(0, mostNames).map(async (user) => {
      const profile = await directory.lookUp(user)
      return [user, profile?.name ?? ''] as const
    })
    return read.readText(text, botUser, new Map(await Promise.all(looked))).text
  }

  async function keepFiles(
    attached: readonly read.SlackFile[],
    stand: Speaker,
    isFirst: boolean,
  ): Promise<IncomingFile[]> {
    const kept: IncomingFile[] = []
    for (const file of attached) {
      try {
        kept.push(await options.keepFile(file))
      } catch (error) {
        if (!(error instanceof PlainError)) logger.error({ err: error }, 'a file could not be kept')
        if (isFirst) await acknowledging.tell(stand, errorSentence(error, stand.language))
      }
    }
    return kept
  }

  /** A question that waits is worked in its new words; one that was answered is not again, and its writer learns so. */
  async function hearEdit(event: unknown): Promise<void> {
    const { success, data } = read.changedEvent.safeParse(event)
    if (!success) return options.refused('malformed')
    const { channel, message, previous_message } = data
    const { user, text, ts, thread_ts, edited, bot_id, subtype } = message
    // What others have replied to leaves a stone where it was.
    if (subtype === 'tombstone') return forget(channel, ts)
    // A preview or a reply changes a post as well, but not what it says.
    if (!user || user === botUser || bot_id || !edited || text === previous_message?.text) return
    const isPrivate = channel.startsWith('D')
    const heard = read.readText(text ?? '', botUser)
    if (!isPrivate && !heard.isForBot) return
    const words = await wordsOf(text ?? '', heard)
    const { account } = envelopeOf('', { user, language: 'zh-CN', place: placeIn(channel, '') })
    if (words !== '' && (await intake.amend({ id: messageId(channel, ts), account, text: words }))) return
    const language = await languageOf(user)
    const place = placeIn(channel, thread_ts ?? (isPrivate ? '' : ts))
    await acknowledging.tell({ user, language, place }, sentence(translate(language, 'slack:edited')))
  }

  /** A question that was taken back is not answered any more. */
  async function hearDeletion(event: unknown): Promise<void> {
    const { success, data } = read.deletedEvent.safeParse(event)
    if (!success) return options.refused('malformed')
    await forget(data.channel, data.deleted_ts)
  }

  const forget = (channel: string, ts: string) =>
    intake.withdraw({
      id: messageId(channel, ts),
      account: { platform: 'slack', installation: team, user: '' },
    })

  /** “Looking it up…” in the assistant's pane, until the answer is there. Elsewhere Slack refuses it. */
  function showStatus(channel_id: string, thread_ts: string, language: Language): void {
    client.assistant.threads
      .setStatus({ channel_id, thread_ts, status: translate(language, 'slack:looking') })
      .catch(() => {})
  }

  app.event('message', ({ event, context }) => hearNext(event, context.retryNum ?? 0))
  app.event('app_mention', ({ event, context }) => hearNext(event, context.retryNum ?? 0))

  app.event('app_home_opened', async ({ event }) => {
    const { success, data } = read.homeEvent.safeParse(event)
    if (!success) return options.refused('malformed')
    if (data.tab === 'home') return options.showHome(data.user)
    const { user, channel } = data
    if (!channel || !(await options.isNew(channel))) return
    const language = await languageOf(user)
    const stand = { user, language, place: placeIn(channel, '') }
    const text = translate(language, 'slack:home.help')
    await intake.take({ ...envelopeOf(`welcome:${channel}`, stand), type: 'message', text })
  })

  app.event('assistant_thread_started', async ({ event }) => {
    const { success, data } = read.assistantEvent.safeParse(event)
    if (!success) return options.refused('malformed')
    await options.suggestPrompts(data.assistant_thread)
  })

  app.event('app_uninstalled', async () => {
    logger.error({}, 'Slack has taken the app out of the workspace')
  })
  app.event('tokens_revoked', async () => {
    logger.error({}, 'Slack has taken back the token of the bot')
  })

  /** What the SDK does not know. */
  function turnDown(body: unknown): void {
    const isLimited = typeof body === 'object' && body !== null && 'minute_rate_limited' in body
    if (isLimited) logger.warn({}, 'Slack holds back events, for there are too many')
    else options.refused('malformed')
  }

  receiveInteractions(app, { ...options, languageOf, envelopeOf })

  const receive = async ({ body, retry, reply }: Envelope) => {
    const isRecord = typeof body === 'object' && body !== null
    // Bolt acknowledges events before anybody has seen them: its acknowledgement counts for what is answered at once.
    const isEvent = isRecord && 'event' in body
    let isAcknowledged = false
    /** Whether Bolt could read it, and handed it on. */
    const reading = { done: false }
    const acknowledge = async (payload?: unknown) => {
      if (isAcknowledged) return
      isAcknowledged = true
      // A socket that is gone by now: Slack sends it again, and it is nothing new then.
      await reply(payload).catch((error) => logger.info({ err: error }, 'nothing could be acknowledged'))
    }
    if (read.isOfAnotherWorkspace(body, team)) {
      options.refused('workspace')
      return acknowledge()
    }
    try {
      await app.processEvent({
        body: isRecord ? { ...body } : {},
        retryNum: retry,
        customProperties: { reading },
        ack: async (payload?: unknown) => {
          if (!isEvent) await acknowledge(payload)
        },
      })
    } catch (error) {
      if (!reading.done) turnDown(body)
      // It could not be read, and sent again it would be the same: handlers of interactions answer whatever happens.
      if (!isEvent || !reading.done) return acknowledge()
      // Logged, and told to the person, where it was thrown.
      logger.info({ err: error }, 'an event was not acknowledged')
      return
    }
    if (!reading.done) turnDown(body)
    // Also what nobody handles.
    await acknowledge()
  }

  return { receive, hear: (event) => hear(event, 0) }
}
