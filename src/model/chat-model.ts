/**
 * A chat model as the features see it: one prompt in, text out piece by piece. Everything of LangChain stays in
 * this folder. Each failure (time-out, 429, refusal, cut stream) is one of the reasons below, so that a feature
 * decides what to do without knowing a vendor.
 */
export interface ChatModel {
  readonly name: string
  /** Streams the text of one completion. Throws `ModelFailure`, also in mid-stream. Stops when `signal` aborts. */
  stream(messages: ModelMessage[], signal: AbortSignal): AsyncIterable<string>
}

export interface ModelMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export type ModelFailureReason = 'time-out' | 'busy' | 'refused' | 'cut-off' | 'unreachable' | 'not-allowed'

export class ModelFailure extends Error {
  readonly reason: ModelFailureReason

  constructor(reason: ModelFailureReason, options?: ErrorOptions) {
    super(`the model did not answer: ${reason}`, options)
    this.name = 'ModelFailure'
    this.reason = reason
  }
}
