import { ModelFailure } from './chat-model.ts'
import type { Clock } from './clock.ts'

export interface Limits {
  /** Milliseconds for the whole answer. */
  whole: number
  /** Milliseconds until the first piece arrives. */
  first: number
}

/**
 * Passes on what `open` streams, within the limits and until `signal` aborts. Errors come out as
 * `ModelFailure`, an abort by the caller as the signal's own reason. Whichever way it ends, the signal given
 * to `open` is aborted, so that no connection outlives the answer.
 */
export async function* boundedStream<Piece>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<Piece>>,
  limits: Limits,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  signal.throwIfAborted()
  const controller = new AbortController()
  let expired = false
  let began = false
  const abort = () => controller.abort()
  const expire = () => {
    expired = true
    abort()
  }
  // Raced against each step, since not every vendor's client notices an abort while it waits.
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
  })
  stopped.catch(() => undefined)
  signal.addEventListener('abort', abort, { once: true })
  const cancelWhole = clock.after(limits.whole, expire)
  const cancelFirst = clock.after(limits.first, expire)
  try {
    const pieces = (await race(open(controller.signal), stopped))[Symbol.asyncIterator]()
    for (;;) {
      const step = await race(pieces.next(), stopped)
      if (step.done) return
      if (!began) cancelFirst()
      began = true
      yield step.value
    }
  } catch (error) {
    if (expired) throw new ModelFailure('time-out')
    if (signal.aborted) throw signal.reason
    throw asModelFailure(error, began)
  } finally {
    cancelWhole()
    cancelFirst()
    signal.removeEventListener('abort', abort)
    abort()
  }
}

/** A step left behind by an abort may still fail later; nobody waits for it then. */
function race<T>(step: Promise<T>, stopped: Promise<never>): Promise<T> {
  step.catch(() => undefined)
  return Promise.race([step, stopped])
}

/** The failure that `modelFetch` raised, from under a vendor's wrapping; else by how far the answer came. */
function asModelFailure(error: unknown, began: boolean): ModelFailure {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ModelFailure) return cause
    if ('code' in cause && /content_filter|datainspectionfailed/i.test(String(cause.code))) {
      return new ModelFailure('refused')
    }
  }
  return new ModelFailure(began ? 'cut-off' : 'unreachable')
}
