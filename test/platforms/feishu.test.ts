import { afterAll } from 'vitest'
import { createFeishuPlatform } from '../../src/platforms/feishu/platform.ts'
import { appId, appSecret, type FeishuServer } from '../fakes/feishu-server.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { FeishuPerson, openFeishuStage, type Transport } from './feishu-stage.ts'
import { describePlatform } from './platform-contract.ts'

const opened = await openTestStore()
const servers: FeishuServer[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
  await opened.close()
})

const { abilities, once } = createFeishuPlatform({
  mode: 'ws',
  appId,
  appSecret,
  blobs: opened.blobs,
  clock: () => new Date(0),
  logger: { info() {}, warn() {}, error() {} },
  welcome: () => ({ tone: 'info', blocks: [] }),
})

for (const transport of ['ws', 'http'] satisfies Transport[]) {
  describePlatform({
    name: 'feishu',
    abilities,
    once,
    refused: [
      {
        what: `edit of a message that is not there (${transport})`,
        kind: 'gone',
        make: (possible) => ({ ...possible, name: 'edit', message: 'om_elsewhere' }),
      },
      {
        what: `message into a chat without the bot (${transport})`,
        kind: 'not-allowed',
        make: (possible) => ({
          ...possible,
          to: {
            type: 'conversation',
            conversation: { platform: 'feishu', installation: 'tenant-1', chat: 'oc_elsewhere', thread: '' },
          },
        }),
      },
      {
        what: `message to somebody outside of the app's range (${transport})`,
        kind: 'not-allowed',
        make: (possible) => ({
          ...possible,
          to: { type: 'account', account: { platform: 'feishu', installation: 'tenant-1', user: 'on_gone' } },
        }),
      },
    ],
    async begin(intake, now) {
      const stage = await openFeishuStage(opened, intake, () => now, transport)
      const { platform, server, push, logged } = stage
      servers.push(server)
      return {
        logged,
        deliver: (operation) => platform.deliver(operation),
        find: (operation) => platform.find(operation),
        stop: () => stage.stop(),
        join: async () => new FeishuPerson(server, push),
      }
    },
  })
}
