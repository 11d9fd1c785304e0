import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { appId, appSecret, envelope, startFeishuServer } from '../../test/fakes/feishu-server.ts'
import { type Messenger, type MessengerOptions, post } from './messenger.ts'

const encryptKey = 'key of the events'
const replying = /^\/open-apis\/im\/v1\/messages\/([^/]+)\/reply$/
const closing = /^\/open-apis\/cardkit\/v1\/cards\/([^/]+)\/settings$/
const received = 'im.message.receive_v1'

/** Feishu, where each person speaks in a private chat with the bot. A question is named by its message. */
export async function openFeishu({ transport, people, limited }: MessengerOptions): Promise<Messenger> {
  const fake = await startFeishuServer()
  fake.perSecond = limited ? 5 : 0
  fake.isStrict = false
  const persons = Array.from({ length: people }, (_, n) => `on_person_${n}`)
  for (const [n, union] of persons.entries()) fake.users.set(union, { name: `第${n}人` })
  const handle = fake.handle.bind(fake)
  fake.handle = async (request, body) => {
    const answer = await handle(request, body)
    if (answer.status !== 200) return answer
    const url = request.url ?? ''
    const question = replying.exec(url)?.[1]
    // What is still to be changed is an entity of its own, closed by the last change.
    if (question !== undefined && body.includes('card_id')) messenger.noticed()
    else if (question !== undefined) messenger.answered(question)
    const closed = closing.exec(url)?.[1]
    const entity = fake.cardkit.entities.find(({ id }) => id === closed)
    if (entity?.message) messenger.answered(entity.message.replyTo)
    return answer
  }
  let said = 0

  const messenger: Messenger = {
    environment: {
      FEISHU_APP_ID: appId,
      FEISHU_APP_SECRET: appSecret,
      FEISHU_DOMAIN: fake.url,
      FEISHU_MODE: transport === 'connection' ? 'ws' : 'http',
      FEISHU_ENCRYPT_KEY: encryptKey,
      FEISHU_VERIFICATION_TOKEN: 'token',
    },
    target: '',
    answered: () => {},
    noticed: () => {},
    ask(person, text) {
      said += 1
      const id = `om_said_${said}`
      const union = persons[person]!
      fake.said.set(id, { chat: `p2p:${union}`, thread: '' })
      const sender_id = { union_id: union, open_id: `ou_${union}`, user_id: `u_${person}` }
      const event = {
        sender: { sender_id, sender_type: 'user', tenant_key: 'tenant-1' },
        message: {
          ...{ message_id: id, create_time: String(Date.now()), chat_id: `oc_of_${union}`, chat_type: 'p2p' },
          ...{ message_type: 'text', content: JSON.stringify({ text }) },
        },
      }
      if (transport === 'http') {
        const { body, headers } = signRequest(envelope(received, event))
        return { id, acknowledged: post(`${messenger.target}/feishu/events`, body, headers) }
      }
      const acknowledged = fake.push(received, event).then(({ code }) => {
        if (code !== 200) throw new Error(`code ${code}`)
      })
      return { id, acknowledged }
    },
    close: () => fake.close(),
  }
  return messenger
}

const key = createHash('sha256').update(encryptKey).digest()

/** Encrypted and signed; in the one way of writing JSON in which the SDK's own check finds the signature right. */
function signRequest(content: object): { body: string; headers: Record<string, string> } {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypted = Buffer.concat([iv, cipher.update(JSON.stringify(content)), cipher.final()])
  const body = JSON.stringify({ encrypt: encrypted.toString('base64') })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(8).toString('hex')
  const signature = createHash('sha256').update(`${timestamp}${nonce}${encryptKey}${body}`).digest('hex')
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      'X-Lark-Request-Timestamp': timestamp,
      'X-Lark-Request-Nonce': nonce,
      'X-Lark-Signature': signature,
    },
  }
}
