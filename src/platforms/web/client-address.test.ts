import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { clientAddress, trustProxies } from './client-address.ts'

async function addressFor(remoteAddress: string, proxies: string[] = [], forwarded = ''): Promise<string> {
  const app = new Hono()
  app.get('/', (context) => context.text(clientAddress(context, trustProxies(proxies))))
  const response = await app.request(
    '/',
    { headers: { 'X-Forwarded-For': forwarded } },
    { incoming: { socket: { remoteAddress } } },
  )
  return response.text()
}

describe('clientAddress', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s counts as %s', async (remote, counted) => {
    expect(await addressFor(remote)).toBe(counted)
  })

  it.each([
    ['10.0.0.1', ['10.0.0.1'], '198.51.100.9'],
    ['::ffff:10.0.0.1', ['10.0.0.0/8'], '198.51.100.9'],
    ['::1', ['::1'], '198.51.100.9'],
    ['10.0.0.2', ['10.0.0.1'], '10.0.0.2'],
    ['10.0.0.1', [], '10.0.0.1'],
  ])('from %s, with %j trusted, it is %s', async (remote, proxies, counted) => {
    expect(await addressFor(remote, proxies, '1.2.3.4, 198.51.100.9')).toBe(counted)
  })
})
