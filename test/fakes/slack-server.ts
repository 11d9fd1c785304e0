import { createHmac, randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { acceptSocket, type ServerSocket } from './feishu-socket.ts'
import { SlackWorkspace, team } from './slack-workspace.ts'

export const botToken = 'xoxb-test'
export const appToken = 'xapp-test'
export const signingSecret = 'signing-secret'

type Body = Record<string, unknown>

interface Pending {
  id: string
  type: string
  body: Body
  attempt: number
  answered(payload: unknown): void
}

/** What Slack is to an app: the Web API, and what people do, by socket or by signed HTTP. */
export class FakeSlack {
  readonly workspace: SlackWorkspace
  /** Connections that were opened since the start. */
  connections = 0
  /** What the bot token may do, as a header of each answer says; null: it does not say. */
  scopes: readonly string[] | null = null
  /** While not null, `apps.connections.open` is refused so. */
  refuseConnections: string | null = null
  /** Where events go by HTTP; null: by socket. */
  target: string | null = null
  readonly #clock: () => Date
  readonly #changes = new EventEmitter()
  readonly #server: Server
  readonly #sockets = new Set<ServerSocket>()
  readonly #pending = new Map<string, Pending>()

  private constructor(clock: () => Date) {
    this.#clock = clock
    this.workspace = new SlackWorkspace(clock, () => this.#changes.emit('change'))
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => response.destroy(error))
    })
    this.#server.on('upgrade', (request, duplex) => {
      const socket = acceptSocket(request, duplex, (bytes) => this.#acknowledged(bytes))
      this.connections += 1
      this.#sockets.add(socket)
      socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }))
      // What nobody acknowledged comes again with the next connection; clicks do not: their person was shown an error.
      for (const pending of this.#pending.values()) {
        if (pending.type !== 'events_api') continue
        pending.attempt += 1
        this.#push(socket, pending)
      }
      this.#changes.emit('change')
    })
  }

  static async start(clock: () => Date = () => new Date()): Promise<FakeSlack> {
    const fake = new FakeSlack(clock)
    fake.#server.listen(0, '127.0.0.1')
    await once(fake.#server, 'listening')
    fake.workspace.uploads.origin = fake.origin
    return fake
  }

  /** Connections that stand. */
  get open(): number {
    return [...this.#sockets].filter((socket) => socket.open).length
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get apiUrl(): string {
    return `${this.origin}/api/`
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.cut()
    this.#server.close()
    this.#server.closeAllConnections()
  }

  /** Resolves when it is so; what is looked at changes with calls of the app. */
  async until(isSo: () => boolean, within = 10_000): Promise<void> {
    const signal = AbortSignal.timeout(within)
    while (!isSo()) await once(this.#changes, 'change', { signal })
  }

  /** An event of a chat. Resolves when the app has acknowledged it. */
  async event(event: Body, id = `Ev${randomUUID()}`, retry = 0): Promise<unknown> {
    const body = {
      type: 'event_callback',
      token: 'unused',
      team_id: team,
      api_app_id: 'A1',
      event,
      event_id: id,
    }
    return this.send('events_api', { ...body, event_time: Math.floor(this.#clock().getTime() / 1000) }, retry)
  }

  /** A button, or a form that was sent in. Resolves to what the acknowledgement carries. */
  interact(payload: Body): Promise<unknown> {
    return this.send('interactive', { token: 'unused', team: { id: team }, api_app_id: 'A1', ...payload })
  }

  command(text: string, user: string, channel: string, trigger = this.workspace.trigger()): Promise<unknown> {
    return this.send('slash_commands', {
      ...{ token: 'unused', team_id: team, command: '/kexie', text, user_id: user, channel_id: channel },
      ...{ trigger_id: trigger, response_url: `${this.origin}/response`, api_app_id: 'A1' },
    })
  }

  async send(type: string, body: Body, retry = 0): Promise<unknown> {
    if (this.target !== null) return this.post(body, { retry })
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const pending: Pending = { id: randomUUID(), type, body, attempt: retry, answered: resolve }
    this.#pending.set(pending.id, pending)
    const open = [...this.#sockets].filter((socket) => socket.open)
    const socket = open.at(-1)
    if (socket) this.#push(socket, pending)
    return promise
  }

  /** A signed request; each part can be made wrong. Gives the JSON of the answer, or throws its status. */
  async post(
    body: Body | string,
    {
      retry = 0,
      at = this.#clock(),
      secret = signingSecret,
      form = typeof body !== 'string' && !('event' in body),
    } = {},
  ): Promise<unknown> {
    const response = await this.request(body, { retry, at, secret, form })
    const text = await response.text()
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  request(
    body: Body | string,
    { retry = 0, at = this.#clock(), secret = signingSecret, form = false } = {},
  ): Promise<Response> {
    const raw =
      typeof body === 'string'
        ? body
        : form
          ? new URLSearchParams(
              'command' in body ? (body as Record<string, string>) : { payload: JSON.stringify(body) },
            ).toString()
          : JSON.stringify(body)
    const timestamp = String(Math.floor(at.getTime() / 1000))
    const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${raw}`).digest('hex')
    return fetch(this.target!, {
      method: 'POST',
      body: raw,
      headers: {
        'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json',
        'X-Slack-Request-Timestamp': timestamp,
        'X-Slack-Signature': `v0=${hash}`,
        ...(retry > 0 ? { 'X-Slack-Retry-Num': String(retry), 'X-Slack-Retry-Reason': 'http_error' } : {}),
      },
    })
  }

  /** Anything that comes through the socket, sound or not. */
  push(text: string): void {
    for (const socket of this.#sockets) socket.send(text)
  }

  /** Breaks the connections in the middle of a message. */
  breakWithin(text: string): void {
    for (const socket of this.#sockets) socket.cutWithin(text)
    this.#sockets.clear()
  }

  /** Breaks the connections, or lets them fall silent. */
  breakConnections(how: 'cut' | 'freeze'): void {
    for (const socket of this.#sockets) socket[how]()
    this.#sockets.clear()
  }

  #push(socket: ServerSocket, { id, type, body, attempt }: Pending): void {
    const retry = attempt > 0 ? { retry_attempt: attempt, retry_reason: 'timeout' } : {}
    const accepts_response_payload = type !== 'events_api'
    socket.send(JSON.stringify({ envelope_id: id, type, payload: body, accepts_response_payload, ...retry }))
  }

  #acknowledged(bytes: Buffer): void {
    const { envelope_id, payload } = JSON.parse(bytes.toString()) as { envelope_id: string; payload?: Body }
    const pending = this.#pending.get(envelope_id)
    this.#pending.delete(envelope_id)
    pending?.answered(payload && Object.keys(payload).length > 0 ? payload : undefined)
    this.#changes.emit('change')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const url = new URL(request.url ?? '/', this.origin)
    const given = Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString()))
    const token = request.headers.authorization?.replace('Bearer ', '') ?? given.token ?? ''
    if (url.pathname.startsWith('/files/')) {
      const bytes = token === botToken ? this.workspace.files.get(url.pathname) : undefined
      response.writeHead(bytes ? 200 : 302, bytes ? {} : { Location: '/sign-in' }).end(bytes)
      return
    }
    if (url.pathname.startsWith('/upload/')) {
      response.writeHead(this.workspace.uploads.take(url.pathname, Buffer.concat(pieces)) ? 200 : 400).end()
      return
    }
    const method = url.pathname.replace('/api/', '')
    if (method === 'apps.connections.open') {
      const error = token === appToken ? this.refuseConnections : 'invalid_auth'
      const socketUrl = `${this.origin.replace('http', 'ws')}/socket?ticket=1`
      response.end(JSON.stringify(error ? { ok: false, error } : { ok: true, url: socketUrl }))
      return
    }
    if (token !== botToken) {
      response.end(JSON.stringify({ ok: false, error: 'invalid_auth' }))
      return
    }
    const { status, headers, body, isSilent } = this.workspace.call(method, parsed(given))
    if (isSilent) return
    const granted = this.scopes ? { 'x-oauth-scopes': this.scopes.join(',') } : {}
    response.writeHead(status, { 'Content-Type': 'application/json', ...granted, ...headers })
    if (body === null) response.destroy()
    else response.end(JSON.stringify(body))
    this.#changes.emit('change')
  }
}

/** Arguments that are structures come as JSON. */
function parsed(given: Record<string, string>): Body {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      if (!/^[[{]/.test(value) && value !== 'true' && value !== 'false') return [key, value]
      try {
        return [key, JSON.parse(value)]
      } catch {
        return [key, value]
      }
    }),
  )
}
