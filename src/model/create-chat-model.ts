import type { AIMessageChunk } from '@langchain/core/messages'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { boundedStream, type Limits } from './bounded-stream.ts'
import { type ChatModel, ModelFailure, type ModelMessage } from './chat-model.ts'
import { Circuit } from './circuit.ts'
import { type Clock, systemClock } from './clock.ts'
import { type ConnectSettings, connect } from './connect.ts'
import { forgetTracing } from './tracing.ts'

/**
 * The chat model that the settings name, or null where none is set (nothing of LangChain is loaded then).
 * Does not reach out yet: a wrong key or address shows as a `ModelFailure` of the first stream.
 */
export async function createChatModel(config: Config, clock: Clock = systemClock): Promise<ChatModel | null> {
  if (!config.MODEL_PROVIDER || !config.MODEL_NAME) return null
  forgetTracing(process.env)
  const settings: ConnectSettings = {
    provider: config.MODEL_PROVIDER,
    name: config.MODEL_NAME,
    baseUrl: config.MODEL_BASE_URL,
    apiKey: config.MODEL_API_KEY,
  }
  const whole = config.MODEL_TIMEOUT_SECONDS * 1000
  // Half the time without a first word: an endpoint that queues requests would use up all of it.
  const limits = { whole, first: whole / 2 }
  const circuit = new Circuit(() => clock.now())
  return {
    name: `${settings.provider}/${settings.name}`,
    stream: (messages, signal) => guarded(settings, messages, limits, clock, signal, circuit),
  }
}

/** One request through the circuit. */
async function* guarded(
  settings: ConnectSettings,
  messages: ModelMessage[],
  limits: Limits,
  clock: Clock,
  signal: AbortSignal,
  circuit: Circuit,
): AsyncGenerator<string> {
  circuit.enter()
  let verdict = () => circuit.abandoned()
  try {
    yield* complete(settings, messages, limits, clock, signal)
    verdict = () => circuit.succeeded()
  } catch (error) {
    if (error instanceof ModelFailure) verdict = () => circuit.failed(error)
    throw error
  } finally {
    verdict()
  }
}

/** The text of one completion; a stream that ends without saying why it ended was cut off. */
async function* complete(
  settings: ConnectSettings,
  messages: ModelMessage[],
  limits: Limits,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const turns = messages.map(({ role, content }): [string, string] => [role, content])
  const open = async (ended: AbortSignal) => (await connect(settings, ended)).stream(turns, { signal: ended })
  let finish: string | null = null
  for await (const chunk of boundedStream(open, limits, clock, signal)) {
    const { refusal, finished } = readChunk(chunk)
    if (refusal) throw new ModelFailure('refused')
    finish = finished ?? finish
    if (chunk.text) yield chunk.text
  }
  if (finish === 'content_filter') throw new ModelFailure('refused')
  if (finish === null || finish === 'length') throw new ModelFailure('cut-off')
}

const metadata = z.object({
  /** OpenAI and Tongyi; Tongyi writes “null” while it goes on. */
  finish_reason: z.string().nullish(),
  /** Ollama. */
  done_reason: z.string().nullish(),
  done: z.boolean().nullish(),
})

const rawChunk = z.object({
  choices: z.array(z.object({ delta: z.object({ refusal: z.string().nullish() }) })),
})

function readChunk(chunk: AIMessageChunk): { refusal: boolean; finished: string | null } {
  const raw = rawChunk.safeParse(chunk.additional_kwargs.__raw_response)
  const refusal = raw.success && raw.data.choices.some((choice) => choice.delta.refusal)
  const end = metadata.safeParse(chunk.response_metadata)
  if (!end.success) return { refusal, finished: null }
  const reason = end.data.finish_reason ?? end.data.done_reason ?? (end.data.done ? 'stop' : null)
  return { refusal, finished: reason === 'null' ? null : reason }
}
