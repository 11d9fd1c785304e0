/** A bare handler of the Lark SDK in a process of its own: says again what it is told. Settings as the bot's. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { adaptDefault, Client, EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk'

const { FEISHU_APP_ID, FEISHU_APP_SECRET, FEISHU_DOMAIN, FEISHU_MODE, FEISHU_ENCRYPT_KEY } = process.env
const app = {
  ...{ appId: FEISHU_APP_ID!, appSecret: FEISHU_APP_SECRET!, domain: FEISHU_DOMAIN! },
  loggerLevel: LoggerLevel.error,
}
const client = new Client(app)
const dispatcher = new EventDispatcher({
  ...(FEISHU_MODE === 'http' ? { encryptKey: FEISHU_ENCRYPT_KEY! } : {}),
  loggerLevel: LoggerLevel.error,
})
dispatcher.register({
  async 'im.message.receive_v1'({ message }) {
    const { text } = JSON.parse(message.content) as { text: string }
    const card = {
      schema: '2.0',
      config: { update_multi: true },
      body: { elements: [{ tag: 'markdown', content: text }] },
    }
    await client.im.v1.message.reply({
      path: { message_id: message.message_id },
      data: { msg_type: 'interactive', content: JSON.stringify(card), uuid: message.message_id },
    })
  },
})
if (FEISHU_MODE === 'http') {
  const server = createServer(adaptDefault('/feishu/events', dispatcher))
  server.listen(Number(process.env.PORT), '127.0.0.1', () => {
    console.log(`started at http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
} else {
  const connection = new WSClient({ ...app, onReady: () => console.log('started') })
  await connection.start({ eventDispatcher: dispatcher })
}
