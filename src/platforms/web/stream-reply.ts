import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { harmlessText } from '../text/harmless-text.ts'
import { heartbeat } from './limits.ts'
import type { PendingReply } from './reply-table.ts'

/**
 * A reply as server-sent events: `card` and `toast` as they come, `end` when nothing more will. A browser that
 * goes away only ends its own stream; the reply goes on and can be joined again.
 */
export function streamReply(context: Context, reply: PendingReply): Response {
  // Proxies (nginx) hold answers back to send them in larger pieces, unless told.
  context.header('X-Accel-Buffering', 'no')
  return streamSSE(context, async (stream) => {
    const gone = Promise.withResolvers<void>()
    stream.onAbort(gone.resolve)
    let shown: PendingReply['card']
    let toasted = 0
    while (!stream.aborted) {
      const changed = reply.changed()
      if (reply.card && reply.card !== shown) {
        shown = reply.card
        await stream.writeSSE({ event: 'card', data: JSON.stringify(shown) })
      }
      for (const text of reply.toasts.slice(toasted)) {
        toasted += 1
        await stream.writeSSE({ event: 'toast', data: JSON.stringify(harmlessText(text)) })
      }
      if (reply.ended) {
        if (shown !== reply.card || toasted < reply.toasts.length) continue
        await stream.writeSSE({ event: 'end', data: '{}' })
        return
      }
      const quiet = Promise.withResolvers<'quiet'>()
      const timer = setTimeout(quiet.resolve, heartbeat, 'quiet')
      const woken = await Promise.race([changed, gone.promise, quiet.promise])
      clearTimeout(timer)
      if (woken === 'quiet') await stream.write(': \n\n')
    }
  })
}
