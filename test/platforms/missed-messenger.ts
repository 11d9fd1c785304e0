import type { Card } from '../../src/chat/card.ts'
import type { Intake, Platform } from '../../src/chat/platform.ts'
import { createFeishuPlatform } from '../../src/platforms/feishu/platform.ts'
import type { Logger } from '../../src/platforms/logger.ts'
import { createSlackPlatform } from '../../src/platforms/slack/platform.ts'
import type { Blobs } from '../../src/store/blobs.ts'
import { appId, appSecret, startFeishuServer } from '../fakes/feishu-server.ts'
import { SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack } from '../fakes/slack-server.ts'
import { FeishuPerson } from './feishu-stage.ts'

export interface Place {
  /** In the group, naming the bot. Default: in private. */
  group?: boolean
  /** In the group without naming it. */
  among?: boolean
  /** In the thread of that message of the group. */
  under?: string
}

/** A messenger in which one person speaks, whose events reach the bot or not. */
export interface MissedMessenger {
  /** Said, and told to the bot. */
  say(text: string, place?: Place): Promise<void>
  /** Said while nothing reaches the bot; gives the message's name. */
  miss(text: string, place?: Place): string
  /** The events of all that was said are pushed again. */
  pushAgain(): Promise<void>
  /** Somebody takes a message back that was never told. */
  takeBack(name: string): void
  /** The line breaks; another is made. */
  cut(): void
  /** A page of a chat's past holds no more than that. */
  longestPage: number
  /** The next time that a chat is asked for its past, it fails so; afterwards not. */
  refuse(how: 'too-often' | 'gone' | 'no-right'): void
  /** How often a chat was asked for its past. */
  asked(): number
  connect(intake: Intake): Promise<Platform & { health(): { fetched: number } }>
  close(): Promise<void>
}

interface Options {
  blobs: Blobs
  clock: () => Date
  logger: Logger
}

const welcome = (): Card => ({ tone: 'info', blocks: [] })

export async function openSlackMessenger({ clock, ...rest }: Options): Promise<MissedMessenger> {
  const fake = await FakeSlack.start(clock)
  const person = new SlackPerson(fake, '张三')
  const { workspace } = fake
  const channel = workspace.addChannel(person.user, 'UBOT')
  const events: ReturnType<typeof workspace.say>[] = []
  const write = (text: string, { group, among, under }: Place = {}) => {
    const isShared = group || among || under !== undefined
    const event = workspace.say(
      isShared ? channel : person.im,
      person.user,
      isShared && !among ? `<@UBOT> ${text}` : text,
      under === undefined ? {} : { thread_ts: under },
    )
    events.push(event)
    return event
  }
  const messenger: MissedMessenger = {
    longestPage: 0,
    say: async (text, place) => void (await fake.event(write(text, place))),
    miss: (text, place) => String(write(text, place).ts),
    async pushAgain() {
      for (const event of events) await fake.event(event, `again ${event.ts}`, 1)
    },
    takeBack(name) {
      const at = workspace.messages.findIndex(({ ts }) => ts === name)
      workspace.messages.splice(at, 1)
    },
    cut: () => fake.breakConnections('cut'),
    refuse(how) {
      const error = { 'too-often': 'ratelimited', gone: 'channel_not_found', 'no-right': 'missing_scope' }[
        how
      ]
      const limited = { status: 429, headers: { 'Retry-After': '0' } }
      workspace.fail('conversations.history', {
        ...(how === 'too-often' ? limited : {}),
        body: { ok: false, error },
      })
    },
    asked: () => workspace.calls.filter(({ method }) => /history|replies/.test(method)).length,
    async connect(intake) {
      if (messenger.longestPage > 0) workspace.longestPage = messenger.longestPage
      const options = { botToken, appToken, apiUrl: fake.apiUrl, clock, welcome, ...rest }
      const platform = createSlackPlatform(options)
      await platform.start(intake)
      return platform
    },
    close: () => fake.stop(),
  }
  return messenger
}

export async function openFeishuMessenger({ clock, blobs, logger }: Options): Promise<MissedMessenger> {
  const server = await startFeishuServer(clock)
  const push: typeof server.push = (...given) => server.push(...given)
  const alone = new FeishuPerson(server, push)
  const member = new FeishuPerson(server, push, { group: 'oc_group', union: alone.union })
  server.users.set(alone.union, { name: '张三' })
  const events: ReturnType<FeishuPerson['event']>[] = []
  const write = (text: string, { group, among, under = '' }: Place = {}) => {
    const isShared = group || among || under !== ''
    const event = (isShared ? member : alone).event(text, { root: under, mention: !among })
    events.push(event)
    return event
  }
  const messenger: MissedMessenger = {
    longestPage: 0,
    say: async (text, place) => void (await push('im.message.receive_v1', write(text, place))),
    miss: (text, place) => write(text, place).message.message_id,
    async pushAgain() {
      for (const event of events) await push('im.message.receive_v1', event)
    },
    takeBack: (name) => void server.withdrawn.add(name),
    cut: () => server.connections().at(-1)!.cut(),
    refuse(how) {
      if (how === 'too-often') {
        const headers = { 'x-ogw-ratelimit-reset': '0.001' }
        return void server.failures.push({ status: 429, body: { code: 99991400 }, headers })
      }
      server.failures.push({ status: 400, body: { code: how === 'gone' ? 230002 : 99991672 } })
    },
    asked: () => server.history.asked.length,
    async connect(intake) {
      if (messenger.longestPage > 0) server.history.page = messenger.longestPage
      const platform = createFeishuPlatform({
        ...{ appId, appSecret, domain: server.url, mode: 'ws' },
        ...{ blobs, clock, logger, welcome, patience: { watch: 20, ping: 0.3 } },
      })
      await platform.start(intake)
      return platform
    },
    close: () => server.close(),
  }
  return messenger
}
