import { ModelFailure, type ModelFailureReason } from './chat-model.ts'

/** The endpoint asked to be left alone for a while (HTTP 429 or 503 with Retry-After). */
export class BusyFailure extends ModelFailure {
  /** As the endpoint gave it; null where it gave none or a date. */
  readonly retryAfterSeconds: number | null

  constructor(retryAfterSeconds: number | null, options?: ErrorOptions) {
    super('busy', options)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Words in an error body by which OpenAI, Azure and DashScope say that their content filter said no. */
const filtered = /content_filter|content_policy|responsibleai|data_inspection_failed|datainspectionfailed/i

/**
 * `fetch` for every provider, and the one place where what an endpoint answers becomes a `ModelFailure`.
 * Vendors' messages are not passed on: some repeat part of the key (“Incorrect API key provided: sk-…”).
 */
export function modelFetch(signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    const signals = init?.signal ? [signal, init.signal] : [signal]
    let response: Response
    try {
      response = await fetch(input, { ...init, signal: AbortSignal.any(signals) })
    } catch {
      if (signal.aborted) throw signal.reason
      throw new ModelFailure('unreachable')
    }
    if (response.ok) return response
    throw await failureOf(response)
  }
}

async function failureOf(response: Response): Promise<ModelFailure> {
  const cause = new Error(`HTTP ${response.status}`)
  if (response.status === 429 || response.status === 503) {
    await response.body?.cancel()
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    return new BusyFailure(Number.isFinite(seconds) && seconds >= 0 ? seconds : null, { cause })
  }
  const body = response.status === 400 ? await response.text().catch(() => '') : ''
  if (body === '') await response.body?.cancel().catch(() => undefined)
  return new ModelFailure(reasonOf(response.status, body), { cause })
}

/** 402 is a spent balance and 404 a wrong model or address: settings that asking again does not mend. */
function reasonOf(status: number, body: string): ModelFailureReason {
  if ([401, 402, 403, 404].includes(status)) return 'not-allowed'
  if (status === 408 || status === 504) return 'time-out'
  if (status >= 500 || (status === 400 && !filtered.test(body))) return 'unreachable'
  return 'refused'
}
