import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verifyRequest } from './verify-request.ts'

/** The example of the vendor's page “Verifying requests from Slack”. */
const vendor = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
}
const at = (seconds: number) => new Date((1531420618 + seconds) * 1000)

describe('a request of Slack', () => {
  test('is taken with the signature of the vendor’s example', () => {
    expect(verifyRequest(vendor, vendor.secret, at(0))).toBeNull()
    expect(verifyRequest({ ...vendor, body: Buffer.from(vendor.body) }, vendor.secret, at(0))).toBeNull()
  })

  test.each([
    ['another body', { body: `${vendor.body} ` }],
    ['another time', { timestamp: '1531420619' }],
    ['no time', { timestamp: undefined }],
    ['a time that is none', { timestamp: '1531420618.5' }],
    ['no signature', { signature: undefined }],
    ['an empty signature', { signature: 'v0=' }],
    ['a longer signature', { signature: `${vendor.signature}00` }],
    ['another scheme', { signature: vendor.signature.replace('v0', 'v1') }],
    ['a signature that ends otherwise', { signature: vendor.signature.replace(/3$/, '4') }],
  ])('with %s is forged', (_what, changes) => {
    expect(verifyRequest({ ...vendor, ...changes }, vendor.secret, at(0))).toBe('forged')
  })

  test('of another secret is forged', () => {
    expect(verifyRequest(vendor, `${vendor.secret}x`, at(0))).toBe('forged')
  })

  test.each([
    [300, null],
    [301, 'stale'],
    [-300, null],
    [-301, 'stale'],
  ])('that is %d s old: %s', (seconds, refusal) => {
    expect(verifyRequest(vendor, vendor.secret, at(seconds))).toBe(refusal)
  })

  test('is signed over its bytes, also where they are no text', () => {
    const body = Buffer.from([0xff, 0x00, 0xfe])
    const hash = createHmac('sha256', 's').update('v0:1531420618:').update(body).digest('hex')
    const request = { body, timestamp: '1531420618', signature: `v0=${hash}` }
    expect(verifyRequest(request, 's', at(0))).toBeNull()
  })
})
