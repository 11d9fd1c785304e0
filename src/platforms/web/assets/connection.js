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
const finalStatuses = [400, 403, 413, 422]

/**
 * Posts to the server and resolves to what it answers; the same id is taken once, however often it is posted.
 * @param body An object with an id, or a FormData with one.
 */
export function post(path, body) {
  const isForm = body instanceof FormData
  return request(path, {
    method: 'POST',
    headers: isForm ? {} : { 'Content-Type': 'application/json' },
    body: isForm ? body : JSON.stringify(body),
  })
}

/** What was said, as the server keeps it. */
export function readTranscript(conversation, since) {
  return request(`/api/transcript?${new URLSearchParams({ conversation, since })}`, {})
}

async function request(path, init) {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(path, init).catch(() => undefined)
    const given = await answer?.json().catch(() => undefined)
    if (answer?.ok && given) return given
    if (typeof given?.message === 'string') {
      throw new Problem(given.message, finalStatuses.includes(answer.status))
    }
    // Without a message it is not our server that speaks but something between, which may pass.
    if (attempt >= pauses.length || !navigator.onLine) throw new Problem(say('network-down'))
    await new Promise((resolve) => setTimeout(resolve, pauses[attempt]))
  }
}
