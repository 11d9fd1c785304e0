import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Way } from './steps.ts'

/** What a person was shown. */
export interface Shown {
  id: string
  chat: string
  text: string
}

/** Where an operation is while somebody is called about it. */
export type VendorStep = 'vendor:received' | 'vendor:shown'

/** What becomes of a call at a step: it goes on; its connection is cut; it is told to come again later. */
export type Fate = 'on' | 'cut' | 'later'

export interface Vendor {
  url: string
  /** In the order in which it was shown; what was shown twice is there twice. */
  readonly shown: readonly Shown[]
  close(): Promise<void>
}

/** The vendor's side of a platform: shows messages to people, and makes each once in its way, or not at all. */
export async function startVendor(way: Way, fateAt: (step: VendorStep) => Fate): Promise<Vendor> {
  const shown: Shown[] = []
  const made = new Set<string>()
  const server = createServer(async (request, response) => {
    const asked = await read(request)
    const before = made.has(asked.id)
    const found = { message: `vendor ${asked.id}` }
    if (request.url === '/find') return response.end(JSON.stringify(before ? found : null))
    const fate = fateAt('vendor:received')
    if (fate === 'cut') return response.destroy()
    if (fate === 'later') return response.writeHead(429).end()
    if (!(before && way === 'keyed')) shown.push(asked)
    made.add(asked.id)
    if (fateAt('vendor:shown') === 'cut') return response.destroy()
    response.end(JSON.stringify(found))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shown,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function read(request: IncomingMessage): Promise<Shown> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return JSON.parse(Buffer.concat(pieces).toString()) as Shown
}
