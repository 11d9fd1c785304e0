import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { envelope, type SignedRequest, signRequest } from '../../../test/fakes/feishu-server.ts'
import { decrypt, verifyRequest } from './verify-request.ts'

const secrets = { encryptKey: 'test key', verificationToken: 'token' }
const now = new Date('2026-03-02T01:02:03Z')
const event = envelope('im.message.receive_v1', { message: {} })

function verify({ body, headers }: SignedRequest, at = now) {
  const names = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return verifyRequest({ body: Buffer.from(body), header: (name) => names[name] }, secrets, at)
}

const signed = (content: object = event, key = secrets.encryptKey, at = now) => signRequest(content, key, at)
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

test('the vendor’s example is decrypted', () => {
  expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world')
})

test('what is signed over its bytes is taken, white space and all', () => {
  expect(verify(signed())).toEqual({ is: 'event', data: event })
})

test.each([
  ['another key', () => signed(event, 'other'), 'signature'],
  ['no signature', () => ({ ...signed(), headers: {} }), 'signature'],
  ['a body that was changed', () => ({ ...signed(), body: signed().body }), 'signature'],
  [
    'white space that was taken out',
    () => ({ ...signed(), body: signed().body.replaceAll(' ', '') }),
    'signature',
  ],
  ['another token', () => signed(envelope('im.message.receive_v1', {}, 'id', 'forged')), 'token'],
  ['no token', () => signed({ schema: '2.0', header: {}, event: {} }), 'token'],
] as const)('%s is refused', (_what, make, reason) => {
  expect(verify(make())).toEqual({ is: 'refused', reason })
})

test('a plain event is refused, be it signed', () => {
  const body = JSON.stringify(event)
  const headers: Record<string, string> = {
    'X-Lark-Request-Timestamp': '1772413323',
    'X-Lark-Request-Nonce': 'n',
  }
  const signature = createHash('sha256').update(`1772413323n${secrets.encryptKey}${body}`).digest('hex')
  headers['X-Lark-Signature'] = signature
  expect(verify({ body, headers }, new Date(1_772_413_323_000))).toEqual({
    is: 'refused',
    reason: 'malformed',
  })
})

test('the age counts into the past and the future, by the header alone', () => {
  for (const minutes of [-4.9, 4.9]) expect(verify(signed(), later(minutes)).is).toBe('event')
  for (const minutes of [-6, 6, 60]) {
    expect(verify(signed(), later(minutes))).toEqual({ is: 'refused', reason: 'age' })
  }
  const old = envelope('im.message.receive_v1', {})
  old.header.create_time = '0'
  expect(verify(signed(old)).is).toBe('event')
})

test('the challenge is answered to who knows key and token, signed or not', () => {
  const challenge = { type: 'url_verification', challenge: 'ch', token: 'token' }
  expect(verify(signed(challenge))).toEqual({ is: 'challenge', challenge: 'ch' })
  expect(verify({ ...signed(challenge), headers: {} })).toEqual({ is: 'challenge', challenge: 'ch' })
  expect(verify({ ...signed({ ...challenge, token: 'x' }), headers: {} })).toEqual({
    is: 'refused',
    reason: 'token',
  })
  expect(verify({ body: JSON.stringify(challenge), headers: {} }).is).toBe('refused')
})
