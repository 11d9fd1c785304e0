import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createFeishuApi, type FeishuApi } from './feishu-api.ts'
import { decodeFrame, encodeFrame } from './feishu-frames.ts'
import { acceptSocket, type ServerSocket } from './feishu-socket.ts'

export const appId = 'cli_0123456789abcdef'
export const appSecret = 'secret-of-the-app'
const tenant = 'tenant-1'

/** What a push was answered: by HTTP its status and body, over the long connection its code and data. */
export interface PushAnswer {
  code: number
  data: unknown
}

export interface FeishuServer extends FeishuApi {
  /** What `FEISHU_DOMAIN` is to be. */
  url: string
  /** Pushes an event or callback to one of the connections, in so many pieces. Default: one. */
  push(type: string, event: object, options?: { id?: string; pieces?: number }): Promise<PushAnswer>
  /** Carries a body as it stands, event and all, to one of the connections, in so many pieces. Default: one. */
  carry(body: object, pieces?: number): Promise<PushAnswer>
  /** Those that stand, the oldest first. */
  connections(): ServerSocket[]
  /** Connections that were made since the start. */
  opened: number
  /** Resolves when so many connections stand. */
  connected(many?: number): Promise<void>
  /** What `/callback/ws/endpoint` answers instead of an address, while set. */
  endpointFailure: { code: number; msg: string } | null
  /** Seconds between two pings, for connections that are made from now on. */
  pingInterval: number
  close(): Promise<void>
}

/** Feishu on this machine: its open platform, and the long connection by which it pushes events. */
export async function startFeishuServer(clock: () => Date = () => new Date()): Promise<FeishuServer> {
  const sockets = new Set<ServerSocket>()
  const awaited = new Map<string, (answer: PushAnswer) => void>()
  const waiting: { many: number; resolve(): void }[] = []
  const ducts = new Set<Duplex>()
  const open = () => [...sockets].filter((socket) => socket.open)
  const api = createFeishuApi({ appId, appSecret, clock })

  const server = createServer(async (request, response) => {
    const body = await read(request)
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/callback/ws/endpoint') return answerEndpoint(body, response)
    const answer = await api.handle(request, body)
    if (answer.line === 'silent') return
    if (answer.line === 'cut') return response.destroy()
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers })
    response.end(answer.bytes ?? JSON.stringify(answer.body))
  })

  const answerEndpoint = (body: Buffer, response: ServerResponse) => {
    const { AppID, AppSecret } = JSON.parse(body.toString())
    response.setHeader('Content-Type', 'application/json')
    if (fake.endpointFailure || AppID !== appId || AppSecret !== appSecret) {
      response.end(
        JSON.stringify({ ...(fake.endpointFailure ?? { code: 514, msg: 'auth failed' }), data: {} }),
      )
      return
    }
    const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws?fpid=1&device_id=d1&service_id=7`
    const ClientConfig = {
      ReconnectCount: -1,
      ReconnectInterval: 1,
      ReconnectNonce: 0,
      PingInterval: fake.pingInterval,
    }
    response.end(JSON.stringify({ code: 0, data: { URL: address, ClientConfig } }))
  }

  server.on('upgrade', (request, duplex) => {
    ducts.add(duplex)
    duplex.on('close', () => ducts.delete(duplex))
    const socket = acceptSocket(request, duplex, (bytes, from) => {
      const { method, headers, payload } = decodeFrame(bytes)
      if (method === 0 && headers.type === 'ping') {
        from.send(encodeFrame(0, { type: 'pong' }, new Uint8Array()))
      }
      if (method !== 1) return
      const { code, data } = JSON.parse(payload) as { code: number; data?: string }
      const given = data === undefined ? undefined : JSON.parse(Buffer.from(data, 'base64').toString())
      awaited.get(headers.message_id!)?.({ code, data: given })
      awaited.delete(headers.message_id!)
    })
    sockets.add(socket)
    fake.opened += 1
    for (const one of waiting.splice(0)) {
      if (open().length >= one.many) one.resolve()
      else waiting.push(one)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const fake: FeishuServer = Object.assign(api, {
    url,
    endpointFailure: null as FeishuServer['endpointFailure'],
    pingInterval: 120,
    connections: open,
    opened: 0,
    connected: (many = 1): Promise<void> =>
      open().length >= many ? Promise.resolve() : new Promise((resolve) => waiting.push({ many, resolve })),
    push(
      type: string,
      event: object,
      { id = randomUUID(), pieces = 1 }: { id?: string; pieces?: number } = {},
    ) {
      return fake.carry(envelope(type, event, id), pieces)
    },
    carry(body: object, pieces = 1) {
      const socket = open().at(-1)
      if (!socket) return Promise.reject(new Error('nobody is connected'))
      const delivery = randomUUID()
      const bytes = Buffer.from(JSON.stringify(body))
      const answered = new Promise<PushAnswer>((resolve) => awaited.set(delivery, resolve))
      const size = Math.ceil(bytes.length / pieces)
      for (let seq = 0; seq < pieces; seq += 1) {
        const headers = {
          type: 'event',
          message_id: delivery,
          sum: String(pieces),
          seq: String(seq),
          trace_id: 't',
        }
        socket.send(encodeFrame(1, headers, bytes.subarray(seq * size, (seq + 1) * size)))
      }
      return answered
    },
    async close() {
      for (const duct of ducts) duct.destroy()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
  return fake
}

/** An event of version 2.0 as the vendor wraps it. */
export function envelope(type: string, event: object, id: string = randomUUID(), token = 'token') {
  const header = {
    event_id: id,
    token,
    create_time: String(Date.now()),
    event_type: type,
    tenant_key: tenant,
    app_id: appId,
  }
  return { schema: '2.0', header, event }
}

export interface SignedRequest {
  body: string
  headers: Record<string, string>
}

/** As the vendor posts to an address: encrypted, signed over the bytes, with other white space than ours. */
export function signRequest(content: object, encryptKey: string, at: Date): SignedRequest {
  const key = createHash('sha256').update(encryptKey).digest()
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypted = Buffer.concat([iv, cipher.update(JSON.stringify(content)), cipher.final()])
  const body = `{ "encrypt" :  "${encrypted.toString('base64')}" }\n`
  const timestamp = String(Math.floor(at.getTime() / 1000))
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

async function read(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces)
}
