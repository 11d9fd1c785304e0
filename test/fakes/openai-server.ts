import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const requestBody = z.object({
  model: z.string(),
  stream: z.boolean().optional(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).optional(),
  input: z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) }).optional(),
})

type Protocol = 'openai' | 'ollama' | 'dashscope'

/** One request as the server got it. */
interface ModelRequest {
  path: string
  headers: IncomingMessage['headers']
  messages: { role: string; content: string }[]
  model: string
}

/** What a test's script can do with a request, in the wire format that the request came in. */
export interface Exchange extends ModelRequest {
  /** Streams one piece of text. */
  say(text: string): Promise<void>
  /** Ends the stream properly: `stop`, `length`, `content_filter`. */
  finish(reason?: string): void
  /** OpenAI's `refusal` field instead of content. */
  refuse(text: string): Promise<void>
  /** An HTTP error instead of an answer. */
  fail(status: number, body?: unknown, headers?: Record<string, string>): void
  /** Bytes as they are, after the headers of a stream. */
  raw(bytes: string | Uint8Array): Promise<void>
  /** Ends the response without a finish reason. */
  end(): void
  /** Drops the connection. */
  cut(): void
  /** Resolves when the client has gone. */
  readonly gone: Promise<void>
}

export interface ModelServer {
  /** Base address without a path; `/v1` for the OpenAI protocol. */
  url: string
  requests: ModelRequest[]
  /** What to do with every request from now on. */
  script(handle: (exchange: Exchange) => Promise<void> | void): void
  close(): Promise<void>
}

/**
 * A local server that speaks OpenAI's chat completions, Ollama's `/api/chat` and DashScope's text generation,
 * all streamed, and does what the test's script says. Nothing happens by the clock: a script that wants to
 * wait awaits a promise that the test resolves.
 */
export async function startModelServer(): Promise<ModelServer> {
  const requests: ModelRequest[] = []
  let handle: (exchange: Exchange) => Promise<void> | void = (exchange) => exchange.fail(500)
  const server = createServer(async (request, response) => {
    const body = requestBody.parse(JSON.parse(await read(request)))
    const exchange = openExchange(request, response, body)
    requests.push(exchange)
    await handle(exchange)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script(next) {
      handle = next
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  body: z.infer<typeof requestBody>,
): Exchange {
  const path = request.url ?? ''
  const protocol = protocolOf(path)
  const send = (bytes: string | Uint8Array) => {
    if (!response.headersSent) {
      const type = protocol === 'ollama' ? 'application/x-ndjson' : 'text/event-stream'
      response.writeHead(200, { 'content-type': type })
    }
    // A client that has gone away is part of the script; its closed socket is no error here.
    return new Promise<void>((resolve) => response.write(bytes, () => resolve()))
  }
  return {
    path,
    headers: request.headers,
    messages: body.messages ?? body.input?.messages ?? [],
    model: body.model,
    say: (text) => send(wire[protocol].piece(text)),
    finish: (reason = 'stop') => void send(wire[protocol].end(reason)).then(() => response.end()),
    refuse: (text) => send(openAiEvent({ refusal: text }, null)),
    fail(status, errorBody = { error: { message: 'scripted' } }, headers = {}) {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(errorBody))
    },
    raw: send,
    end: () => void response.end(),
    cut: () => void response.destroy(),
    gone: new Promise((resolve) => response.once('close', resolve)),
  }
}

function protocolOf(path: string): Protocol {
  if (path.endsWith('/chat/completions')) return 'openai'
  return path.endsWith('/api/chat') ? 'ollama' : 'dashscope'
}

const wire: Record<Protocol, { piece(text: string): string; end(reason: string): string }> = {
  openai: {
    piece: (content) => openAiEvent({ content }, null),
    end: (reason) => `${openAiEvent({}, reason)}data: [DONE]\n\n`,
  },
  ollama: {
    piece: (content) => `${JSON.stringify({ message: { role: 'assistant', content }, done: false })}\n`,
    end: (reason) =>
      `${JSON.stringify({ message: { role: 'assistant', content: '' }, done: true, done_reason: reason })}\n`,
  },
  dashscope: {
    piece: (text) => dashScopeEvent({ text, finish_reason: 'null' }),
    end: (reason) => dashScopeEvent({ text: '', finish_reason: reason }),
  },
}

function openAiEvent(delta: Record<string, string>, finish: string | null): string {
  const choice = { index: 0, delta: { role: 'assistant', ...delta }, finish_reason: finish }
  return `data: ${JSON.stringify({ id: 'scripted', object: 'chat.completion.chunk', choices: [choice] })}\n\n`
}

function dashScopeEvent(output: Record<string, string>): string {
  return `id:1\nevent:result\ndata:${JSON.stringify({ output, request_id: 'scripted' })}\n\n`
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
