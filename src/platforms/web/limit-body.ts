import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/**
 * Refuses a body of more than `most` bytes. What is not much larger is still read to its end and thrown away: a
 * connection that is closed in the middle of sending shows a browser nothing of the refusal.
 */
export function limitBody(most: number, refusal: (context: Context) => Response | Promise<Response>) {
  return bodyLimit({
    maxSize: most,
    onError: async (context) => {
      await discard(context, most * 2)
      return refusal(context)
    },
  })
}

async function discard({ req: { raw } }: Context, most: number): Promise<void> {
  // What came without its length was read in part already, and cannot be read again.
  if (!raw.body || raw.bodyUsed || raw.body.locked) return
  let read = 0
  for await (const chunk of raw.body) {
    read += chunk.byteLength
    if (read > most) return
  }
}
