import { randomUUID } from 'node:crypto'
import { afterAll } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { buttonsOf } from '../../src/platforms/text/render-card.ts'
import { createWebPlatform } from '../../src/platforms/web/platform.ts'
import { WebGuest } from '../bot/web-guest.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { describePlatform } from './platform-contract.ts'
import { type Person, textsOf } from './platform-scene.ts'

const opened = await openTestStore()
afterAll(opened.close)

function createPlatform({ store, blobs }: OpenedStore, now: Date, logged: string[]) {
  return createWebPlatform({
    host: '127.0.0.1',
    port: 0,
    questionsPerMinute: 100,
    store,
    blobs,
    clock: () => now,
    logger: { info() {}, warn() {}, error: (_details, message) => logged.push(message) },
    welcome: () => ({ tone: 'info', blocks: [] }),
  })
}

const { name, abilities, once } = createPlatform(opened, new Date(0), [])

describeEachDatabase('the web', (open) =>
  describePlatform({
    name,
    abilities,
    once,
    refused: [
      {
        what: 'edit of a message that is not there',
        kind: 'gone',
        make: (possible) => ({ ...possible, name: 'edit', message: 'elsewhere' }),
      },
      {
        what: 'edit of a message of somebody else',
        kind: 'gone',
        make: (possible) => ({
          ...possible,
          name: 'edit',
          message: possible.id,
          to: { type: 'account', account: { platform: 'web', installation: 'web', user: 'somebody-else' } },
        }),
      },
    ],
    async begin(intake, now) {
      const logged: string[] = []
      const platform = createPlatform(await open(), now, logged)
      await platform.start(intake)
      return {
        logged,
        deliver: (operation) => platform.deliver(operation),
        find: (operation) => platform.find(operation),
        stop: () => platform.stop(),
        async join(): Promise<Person> {
          const guest = await WebGuest.arrive(platform.address)
          const cards = async (): Promise<{ id: string; card: Card }[]> =>
            (await guest.transcript()).flatMap(({ id, card }) => (card ? [{ id, card }] : []))
          const say = async (text: string) => told(await guest.post('messages', { text }))
          return {
            say,
            async press(label) {
              const last = (await cards()).findLast(({ card }) => buttonsOf(card).length > 0)
              const button = last && buttonsOf(last.card).find((one) => one.label === label)
              if (!button) throw new Error(`no button ${label}`)
              // As the page does it: a button that asks sends its question as a message.
              if (button.action === 'ask') return say(button.value.text ?? button.label)
              const { action, value } = button
              return told(await guest.post('actions', { id: randomUUID(), action, value, message: last.id }))
            },
            shown: async () => textsOf((await cards()).map(({ card }) => card)),
          }
        },
      }
    },
  }),
)

/** All that an answer tells; nothing where a message was taken. */
async function told(response: Response): Promise<string> {
  return response.status === 202 ? '' : textsOf(await response.json())
}
