import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { ConnectSettings } from './connect.ts'
import { modelFetch } from './model-fetch.ts'

const chinaRegion = 'https://dashscope.aliyuncs.com/'
const generation = 'api/v1/services/aigc/text-generation/generation'

/**
 * Tongyi over DashScope's own protocol. `baseUrl` may be the host or the full address of a generation service.
 * LangChain's reader of the stream is replaced: it decodes each network chunk by itself, which breaks a Han
 * character whose three bytes arrive in two chunks, and it cannot be given a `fetch`.
 */
export async function connectTongyi(settings: ConnectSettings, signal: AbortSignal): Promise<BaseChatModel> {
  const { ChatAlibabaTongyi } = await import('@langchain/community/chat_models/alibaba_tongyi')
  const apiUrl = generationUrl(settings.baseUrl ?? chinaRegion)
  const options = {
    model: settings.name,
    alibabaApiKey: settings.apiKey ?? 'none',
    temperature: 0.01,
    maxRetries: 0,
    region: 'china' as const,
  }
  // `apiUrl` is read by the constructor but missing from its declared fields.
  const model = new ChatAlibabaTongyi(Object.assign(options, { apiUrl }))
  return Object.assign(model, {
    createTongyiStream: (request: unknown) =>
      dashScopeStream(apiUrl, settings.apiKey ?? 'none', request, modelFetch(signal)),
  })
}

function generationUrl(base: string): string {
  if (base.endsWith('/generation')) return base
  return `${base.replace(/\/+$/, '')}/${generation}`
}

/** The JSON of each `data:` line of DashScope's event stream. */
async function* dashScopeStream(
  url: string,
  key: string,
  request: unknown,
  send: typeof fetch,
): AsyncGenerator<unknown> {
  const response = await send(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: 'text/event-stream',
      'X-DashScope-SSE': 'enable',
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(request),
  })
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of response.body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data:')) yield parseEvent(line.slice(5))
    }
  }
}

/** An event that carries an error has `code` and `message`; the message stays here, it may hold anything. */
function parseEvent(text: string): unknown {
  const event: unknown = JSON.parse(text)
  if (typeof event === 'object' && event !== null && 'code' in event && event.code) {
    throw Object.assign(new Error('DashScope reported an error'), { code: String(event.code) })
  }
  return event
}
