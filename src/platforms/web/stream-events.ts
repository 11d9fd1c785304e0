import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Logger } from '../logger.ts'
import type { ChatWatch } from './chat-watch.ts'
import { heartbeat, streamFor } from './limits.ts'
import type { Transcript } from './transcript.ts'

export interface Followed {
  chat: string
  /** Where the page is opened. */
  address: string
  /** The chat's counter up to which everything is known. */
  after: number
  /** Who the page is opened for, so that it notices when somebody else has signed in. */
  reader: string
  /** Whether they may read on: not once they have signed out, or their access has ended. */
  holds(): Promise<boolean>
}

/**
 * A chat as server-sent events for EventSource: `hello` at first, a `message` for each change with the chat's
 * counter as its id, `beat` while nothing happens, `bye` where the stream ends by itself and wants to be opened anew.
 */
export function streamEvents(
  context: Context,
  { transcript, watch, logger }: { transcript: Transcript; watch: ChatWatch; logger: Logger },
  { chat, address, after, reader, holds }: Followed,
): Response {
  // Proxies (nginx) hold answers back to send them in larger pieces, unless told.
  context.header('X-Accel-Buffering', 'no')
  const watcher = watch.follow(chat, address)
  return streamSSE(context, async (stream) => {
    const gone = Promise.withResolvers<void>()
    stream.onAbort(gone.resolve)
    let isOver = false
    const lifetime = setTimeout(() => {
      isOver = true
      gone.resolve()
    }, streamFor)
    const send = (event: string, data: unknown, id?: number) =>
      stream.writeSSE({ event, data: JSON.stringify(data), ...(id === undefined ? {} : { id: String(id) }) })
    try {
      // A counter from before the chat was cleared: everything is new.
      const last = (await transcript.lastChanges([chat])).get(chat) ?? 0
      let known = after > last ? 0 : after
      await send('hello', { reader })
      while (!stream.aborted && !isOver && !watch.ended) {
        const changed = watcher.changed()
        watcher.seen(known)
        const messages = await transcript.changedSince(chat, known)
        // After what is sent was read, so that nothing of it was said after the end. Every beat comes by here too.
        if (!(await holds())) break
        for (const message of messages) {
          await send('message', message, message.seq)
          known = message.seq
        }
        if (messages.length > 0) continue
        const quiet = Promise.withResolvers<'quiet'>()
        const timer = setTimeout(quiet.resolve, heartbeat, 'quiet')
        const woken = await Promise.race([changed, gone.promise, quiet.promise])
        clearTimeout(timer)
        if (woken === 'quiet') await send('beat', {})
      }
      await send('bye', {})
    } catch (error) {
      // The page connects again; what it would read of the error is no business of its.
      logger.error({ err: error }, 'a stream of the web chat broke off')
    } finally {
      clearTimeout(lifetime)
      watcher.leave()
    }
  })
}
