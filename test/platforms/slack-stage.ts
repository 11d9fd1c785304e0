import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Intake } from '../../src/chat/platform.ts'
import {
  createSlackPlatform,
  type SlackOptions,
  type SlackPlatform,
} from '../../src/platforms/slack/platform.ts'
import { SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack, signingSecret } from '../fakes/slack-server.ts'

export type Transport = 'socket' | 'http'

/** The platform beside a Slack of its own. */
export interface SlackStage {
  fake: FakeSlack
  platform: SlackPlatform
  /** Messages logged as errors. */
  logged: string[]
  blobs: Map<string, Uint8Array>
  join(name?: string, locale?: string): SlackPerson
  stop(): Promise<void>
}

/** @param clock Of both. */
export async function openSlack(
  transport: Transport,
  intake: Intake,
  clock: () => Date = () => new Date(),
  changes: Partial<SlackOptions> = {},
): Promise<SlackStage> {
  const fake = await FakeSlack.start(clock)
  const logged: string[] = []
  const blobs = new Map<string, Uint8Array>()
  const platform = createSlackPlatform({
    botToken,
    ...(transport === 'socket' ? { appToken } : { signingSecret }),
    apiUrl: fake.apiUrl,
    blobs: {
      async put(bytes) {
        blobs.set(String(blobs.size + 1), bytes)
        return String(blobs.size)
      },
    },
    clock,
    logger: { info() {}, warn() {}, error: (_details, message) => logged.push(message) },
    welcome: () => ({
      tone: 'info',
      title: '欢迎',
      blocks: [{ type: 'buttons', buttons: [{ label: '经费从哪里来？', action: 'ask', value: {} }] }],
    }),
    ...changes,
  })
  let server: Server | undefined
  if (transport === 'http') {
    server = createServer(getRequestListener(platform.routes.fetch))
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
    fake.target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  }
  await platform.start(intake)
  return {
    fake,
    platform,
    logged,
    blobs,
    join: (name = '张三', locale) => new SlackPerson(fake, name, locale),
    async stop() {
      await platform.stop()
      server?.close()
      server?.closeAllConnections()
      await fake.stop()
    },
  }
}
