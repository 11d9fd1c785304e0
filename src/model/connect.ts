import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { modelFetch } from './model-fetch.ts'
import { connectTongyi } from './tongyi.ts'

export interface ConnectSettings {
  provider: 'openai' | 'ollama' | 'tongyi'
  name: string
  baseUrl: string | undefined
  apiKey: string | undefined
}

/** Models that accept no temperature but their own. */
const fixedTemperature = /^(o\d|gpt-5)/

/**
 * A LangChain model for one request, whose connection ends with `signal`. LangChain is loaded here and only
 * when a model is asked. Addresses and keys are always given, since the vendors' clients would otherwise look
 * for them in the environment and might send one service's key to another.
 */
export async function connect(settings: ConnectSettings, signal: AbortSignal): Promise<BaseChatModel> {
  if (settings.provider === 'tongyi') return connectTongyi(settings, signal)
  const { initChatModel } = await import('langchain/chat_models/universal')
  const shared = {
    modelProvider: settings.provider,
    // The person is waiting and has the extractive answer as second choice: nothing is tried twice.
    maxRetries: 0,
    ...(fixedTemperature.test(settings.name) ? {} : { temperature: 0 }),
  }
  if (settings.provider === 'ollama') {
    return initChatModel(settings.name, {
      ...shared,
      baseUrl: settings.baseUrl ?? 'http://127.0.0.1:11434',
      // Ollama itself asks for no key; a proxy before it may.
      ...(settings.apiKey ? { headers: { Authorization: `Bearer ${settings.apiKey}` } } : {}),
      fetch: modelFetch(signal),
    })
  }
  return initChatModel(settings.name, {
    ...shared,
    apiKey: settings.apiKey ?? 'none',
    // Not every compatible server knows `stream_options`, nor the Responses API.
    streamUsage: false,
    useResponsesApi: false,
    // LangChain drops the `refusal` field of a chunk; the raw chunk still has it.
    __includeRawResponse: true,
    configuration: {
      baseURL: settings.baseUrl ?? 'https://api.openai.com/v1',
      organization: null,
      project: null,
      logLevel: 'off',
      fetch: modelFetch(signal),
    },
  })
}
