import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterEach, describe, expect, test } from 'vitest'
import type { Metrics } from './metrics.ts'
import { createProbes, type ProbeOptions } from './probes.ts'

const metrics = { contentType: 'text/plain; version=0.0.4', text: async () => 'kexie_up 1\n' } as Metrics
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Asks over a real connection, from this machine. */
async function ask(path: string, options: Partial<ProbeOptions> = {}, headers: Record<string, string> = {}) {
  const app = createProbes({ parts: {}, isStopping: () => false, metrics, ...options })
  const server = createServer(getRequestListener(app.fetch))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close', ...headers } })
}

/** Asks from another machine. */
function askFromAfar(options: Partial<ProbeOptions>, headers: Record<string, string> = {}) {
  const app = createProbes({ parts: {}, isStopping: () => false, metrics, ...options })
  const env = { incoming: { socket: { remoteAddress: '192.0.2.7', remotePort: 9, remoteFamily: 'IPv4' } } }
  return app.request('/metrics', { headers }, env)
}

describe('/readyz', () => {
  test('names what is well and what is not, without details', async () => {
    const well = await ask('/readyz', { parts: { database: async () => 1, index: () => true } })
    expect([well.status, await well.json()]).toEqual([200, { status: 'ok', database: 'ok', index: 'ok' }])
    const parts = { database: () => Promise.reject(new Error('secret host')), index: () => true }
    const ill = await ask('/readyz', { parts })
    expect([ill.status, await ill.json()]).toEqual([
      503,
      { status: 'failing', database: 'failing', index: 'ok' },
    ])
    const notYet = await ask('/readyz', { parts: { workers: () => false } })
    expect(notYet.status).toBe(503)
  })

  test('lets nobody in while the bot stops', async () => {
    const response = await ask('/readyz', { isStopping: () => true, parts: { index: () => true } })
    expect([response.status, await response.json()]).toEqual([503, { status: 'stopping', index: 'ok' }])
  })
})

describe('/metrics', () => {
  test('is read from this machine', async () => {
    const response = await ask('/metrics')
    expect([response.status, await response.text()]).toEqual([200, 'kexie_up 1\n'])
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4')
  })

  test.each(['x-forwarded-for', 'x-real-ip', 'forwarded'])(
    'is not there behind a proxy (%s)',
    async (name) => {
      expect((await ask('/metrics', {}, { [name]: '127.0.0.1' })).status).toBe(404)
    },
  )

  test('is not there for other machines without the token', async () => {
    expect((await askFromAfar({})).status).toBe(404)
    expect((await askFromAfar({ metricsToken: 'right' })).status).toBe(404)
    for (const wrong of ['Bearer wrong', 'Bearer righ', 'Bearer right1', 'right', 'Bearer ']) {
      expect((await askFromAfar({ metricsToken: 'right' }, { authorization: wrong })).status).toBe(404)
    }
    expect((await askFromAfar({}, { authorization: 'Bearer undefined' })).status).toBe(404)
  })

  test('is read from anywhere with the token', async () => {
    const response = await askFromAfar({ metricsToken: 'right' }, { authorization: 'Bearer right' })
    expect(response.status).toBe(200)
    const behind = { authorization: 'Bearer right', 'x-forwarded-for': '192.0.2.9' }
    expect((await ask('/metrics', { metricsToken: 'right' }, behind)).status).toBe(200)
  })
})
