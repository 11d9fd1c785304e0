import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { clientAddress } from './client-address.ts'

async function addressFor(remoteAddress: string): Promise<string> {
  const app = new Hono()
  app.get('/', (context) => context.text(clientAddress(context, false)))
  const response = await app.request('/', {}, { incoming: { socket: { remoteAddress } } })
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
})
