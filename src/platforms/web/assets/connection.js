import { readEvents } from './event-stream.js'
import { say } from './page-data.js'

/** A failure that the person may read; `final` where trying the same again is no use. */
export class Problem extends Error {
  constructor(message, final = false) {
    super(message)
    this.final = final
  }
}

/** Waits before each new try, in milliseconds: a cut of a few seconds passes unnoticed. */
const pauses = [300, 1000, 2500]

/**
 * Posts to the server and passes on the events of the reply until its end. Where the connection is cut, it asks
 * for the reply by the id, and posts again if the server does not know it: the same id is answered once only.
 */
export async function converse(path, body, onEvent) {
  let ask = () => post(path, body)
  for (let attempt = 0; ; attempt += 1) {
    try {
      if (await follow(await ask(), onEvent)) return
    } catch (error) {
      if (error instanceof Problem) throw error
    }
    if (attempt >= pauses.length || !navigator.onLine) throw new Problem(say('network-down'))
    await new Promise((resolve) => setTimeout(resolve, pauses[attempt]))
    ask = () => rejoin(path, body)
  }
}

/** Joins the reply to a message that was posted before the page was loaded anew. */
export async function resume(path, body, onEvent) {
  const answer = await rejoin(path, body).catch(() => undefined)
  const ended = answer && (await follow(answer, onEvent).catch((error) => raise(error)))
  if (!ended) await converse(path, body, onEvent)
}

function raise(error) {
  if (error instanceof Problem) throw error
  return false
}

async function rejoin(path, body) {
  const answer = await fetch(`/api/messages/${body.id}`, { headers: { Accept: 'text/event-stream' } })
  return answer.status === 404 ? post(path, body) : answer
}

function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(body),
  })
}

/** True once the reply has ended, false where the stream broke off before. */
async function follow(answer, onEvent) {
  if (!answer.ok) {
    const { message } = await answer.json().catch(() => ({}))
    // Without a message it is not our server that speaks but something between, which may pass.
    if (typeof message !== 'string') return false
    throw new Problem(message, answer.status === 400 || answer.status === 413)
  }
  for await (const { event, data } of readEvents(answer.body)) {
    if (event === 'end') return true
    onEvent(event, data)
  }
  return false
}
