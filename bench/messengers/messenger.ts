import { Agent, request } from 'node:http'

/** A messenger on this machine, with its people, as the load sees it. */
export interface Messenger {
  /** Settings by which a bot finds it. */
  readonly environment: Record<string, string>
  /** Where it pushes to by HTTP; to be set before anything is asked there. */
  target: string
  /** Told the id of the question that each message of the bot answers. */
  answered: (question: string) => void
  /** Told of each message that only says that the answer takes longer; the answer then takes its place. */
  noticed: () => void
  /** The n-th person says something. `acknowledged` rejects where the bot refuses it. */
  ask(person: number, text: string): { id: string; acknowledged: Promise<void> }
  close(): Promise<void>
}

export interface MessengerOptions {
  transport: 'connection' | 'http'
  people: number
  /** Whether a chat takes no more messages than the vendor's does. */
  limited: boolean
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

/** Posts as a vendor does; Node's own client, which costs less than `fetch`. Rejects where it is not answered by 200. */
export function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const size = Buffer.byteLength(body)
  const options = { method: 'POST', agent, headers: { ...headers, 'Content-Length': size } }
  const posted = request(url, options, (response) => {
    response.resume()
    if (response.statusCode === 200) response.once('end', resolve)
    else reject(new Error(`HTTP ${response.statusCode}`))
  })
  posted.once('error', reject)
  posted.end(body)
  return promise
}
