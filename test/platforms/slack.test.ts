import { describe } from 'vitest'
import { createSlackPlatform } from '../../src/platforms/slack/platform.ts'
import { buttonsIn, readIn, type SlackPerson } from '../fakes/slack-person.ts'
import type { FakeSlack } from '../fakes/slack-server.ts'
import { describePlatform } from './platform-contract.ts'
import type { Person } from './platform-scene.ts'
import { openSlack, type Transport } from './slack-stage.ts'

const { name, abilities, once } = createSlackPlatform({
  botToken: '',
  signingSecret: 'unused',
  blobs: { put: async () => '' },
  clock: () => new Date(0),
  logger: { info() {}, warn() {}, error() {} },
  welcome: () => ({ tone: 'info', blocks: [] }),
})

describe.each<Transport>(['socket', 'http'])('Slack by %s', (transport) => {
  describePlatform({
    name,
    abilities,
    once,
    refused: [
      {
        what: 'edit of a message that is not there',
        kind: 'gone',
        make: (possible) => ({ ...possible, name: 'edit', message: 'C404:1.000001' }),
      },
      {
        what: 'message into a chat that is not there',
        kind: 'gone',
        make: (possible) => ({
          ...possible,
          to: {
            type: 'conversation',
            conversation: { platform: 'slack', installation: 'T1', chat: 'C404', thread: '' },
          },
        }),
      },
    ],
    async begin(intake, now) {
      const { fake, platform, logged, join, stop } = await openSlack(transport, intake, () => now)
      return {
        logged,
        deliver: (operation) => platform.deliver(operation),
        find: (operation) => platform.find(operation),
        stop,
        join: async () => screenOf(fake, join()),
      }
    },
  })
})

function screenOf(fake: FakeSlack, person: SlackPerson): Person {
  /** What is shown at once, besides what the bot says in the conversation. */
  const asides = () => [
    ...person.seen().flatMap(({ only, blocks }) => (only === undefined ? [] : [readIn(blocks)])),
    ...fake.workspace.views.map(({ view }) => readIn(view)),
  ]
  const said = () => person.seen().filter(({ only }) => only === undefined)
  const all = () => JSON.stringify([asides(), said()])
  return {
    async say(text) {
      const before = asides().length
      const refused = fake.until(() => asides().length > before).then(() => {})
      refused.catch(() => {})
      await Promise.race([person.say(text).catch(() => {}), refused])
      return asides().slice(before).join('\n')
    },
    async press(label) {
      const before = asides()
      const stood = all()
      const message = said().findLast(({ blocks }) => buttonsIn(blocks).length > 0)!
      const button = buttonsIn(message.blocks).find(({ text }) => text.text === label)!
      await person.press(label, message)
      if (button.action_id.startsWith('ask')) return ''
      await fake.until(() => all() !== stood)
      return asides().length > before.length
        ? asides().slice(before.length).join('\n')
        : said()
            .map(({ blocks }) => readIn(blocks))
            .join('\n')
    },
    shown: async () =>
      said()
        .map(({ blocks, files = [] }) => [readIn(blocks), ...files.map(({ title }) => title)].join('\n'))
        .join('\n'),
  }
}
