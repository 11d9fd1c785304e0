import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PlainError } from '../messages/plain-error.ts'
import { createLogger } from './create-logger.ts'

function logOf(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = []
  write(createLogger('debug', { write: (line) => lines.push(line) }))
  return lines.join('')
}

const logged = (details: object): Record<string, unknown> =>
  JSON.parse(logOf((logger) => logger.error(details, 'something failed')))

const bytes = fc.uint8Array({ minLength: 16, maxLength: 32 }).map((array) => Buffer.from(array))
/** Tokens as the house makes them. */
const token = fc
  .oneof(
    bytes.map((random) => random.toString('base64url')),
    bytes.map((random) => random.toString('hex')),
  )
  // One of letters of one case alone could be a word; chance makes no such one.
  .filter((text) => /\d/.test(text) && /[a-z]/i.test(text))
const receiptCode = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZ23456789'),
  minLength: 8,
  maxLength: 8,
})
const password = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-.!~'), minLength: 10, maxLength: 16 })
const written = fc
  .string({ unit: fc.constantFrom(...'张王工资举报领导贪污三百万元电话'), minLength: 4, maxLength: 30 })
  .map((text) => `密${text}`)

/** Details with the value somewhere in them. */
function placed(key: string, value: unknown): fc.Arbitrary<object> {
  return fc.array(fc.constantFrom('list', 'object', 'map', 'cause'), { maxLength: 4 }).map((ways) => {
    let inner: unknown = { [key]: value }
    for (const way of ways) {
      if (way === 'list') inner = [1, inner]
      else if (way === 'map') inner = new Map([['inside', inner]])
      else if (way === 'cause') inner = { err: inner }
      else inner = { platform: 'web', inside: inner }
    }
    return { incoming: 'm1', inner }
  })
}

describe('nothing of it reaches the log:', () => {
  test('a secret or what somebody wrote, under its name, at any depth', () => {
    const kept = fc.constantFrom(
      ...['token', 'csrf', 'password', 'cookie', 'authorization', 'MODEL_API_KEY', 'DATABASE_URL', 'code'],
      ...['receiptCode', 'signInLink', 'text', 'question', 'card', 'value', 'values', 'reply', 'name'],
    )
    const value = fc.oneof(token, receiptCode, password, written)
    fc.assert(
      fc.property(
        fc.tuple(kept, value).chain(([key, inside]) => fc.tuple(placed(key, inside), fc.constant(inside))),
        ([details, inside]) => {
          const line = logOf((logger) => logger.info(details, 'seen'))
          expect(line).toContain('"incoming":"m1"')
          expect(line).not.toContain(inside)
        },
      ),
    )
  })

  test('a secret of the house under any other name, in any text', () => {
    const around = fc.constantFrom(
      (secret: string) => secret,
      (secret: string) => `seen ${secret}, again`,
      (secret: string) => `{"detail":"${secret}"}`,
      (secret: string) => `https://kexie.example.com/sign-in/${secret}`,
    )
    fc.assert(
      fc.property(fc.oneof(token, receiptCode), around, (secret, within) => {
        const text = within(secret)
        expect(logOf((logger) => logger.info({ where: text }, text))).not.toContain(secret)
      }),
    )
  })

  const shapes: Record<string, (secret: string) => Error> = {
    'address of a database': (secret) =>
      new Error(`connect failed: postgres://kexie:${secret}@db:5432/kexie`),
    'query string': (secret) => new Error(`GET https://api.example.com/v1/x?key=${secret}&a=1 failed`),
    'path with a query': (secret) => new Error(`GET /api/messages?text=${secret} 404`),
    'sign-in link': (secret) => new Error(`no page /sign-in/${secret}`),
    'authorization header': (secret) => new Error(`401 for Authorization: Bearer ${secret}`),
    'cookie header': (secret) => new Error(`refused Cookie: kexie=${secret}; kexie-chat=${secret}`),
    'key of a model': (secret) => new Error(`Incorrect API key provided: sk-${secret}.`),
    'named value': (secret) => new Error(`wrong password=${secret} given`),
    'message with JSON': (secret) => new Error(`bad body {"token":"${secret}","question":"${secret}"}`),
    'error for people': (secret) => new PlainError('people:no-such-person', { name: secret, token: secret }),
    'row of PostgreSQL': (secret) =>
      Object.assign(new Error('duplicate key value violates unique constraint "gap_answer_key"'), {
        ...{ code: '23505', detail: `Key (token)=(${secret}) already exists.`, where: secret },
        ...{ constraint: 'gap_answer_key', parameters: [secret], query: `select '${secret}'` },
      }),
    'value of PostgreSQL': (secret) => new Error(`invalid input syntax for type uuid: "${secret}"`),
    'parameters of a statement': (secret) =>
      new Error(`insert into gap (question) values (?) -- Parameters: ["${secret}"]`),
    'cause of a cause': (secret) =>
      new Error('outer', { cause: new Error('inner', { cause: new Error(`token=${secret}`) }) }),
    'several errors': (secret) => new AggregateError([new Error(`Bearer ${secret}`)], 'all failed'),
  }

  test.each(Object.entries(shapes))('%s in an error', (_shape, make) => {
    fc.assert(
      fc.property(fc.oneof(token, receiptCode, password), (secret) => {
        const error = make(secret)
        const lines = logOf((logger) => {
          logger.error({ err: error }, 'failed')
          logger.error(error, 'failed')
          logger.error({ deep: { inside: [error] } }, 'failed')
          logger.debug(error, error.message)
        })
        expect(lines).not.toContain(secret)
      }),
    )
  })

  const quoting: Record<string, (text: string) => unknown> = {
    'JSON that is none': (text) => JSON.parse(text),
    'JSON that breaks off': (text) => JSON.parse(`{"question": "${text}`),
    'a value quoted': (text) => {
      throw new Error(`cannot read "${text}"`)
    },
    'a value in Chinese marks': (text) => {
      throw new Error(`cannot read “${text}” of 'it'`)
    },
    'a value as it is': (text) => {
      throw new Error(`no such person: ${text}`)
    },
  }

  test.each(Object.entries(quoting))('what somebody wrote: %s', (_shape, fail) => {
    fc.assert(
      fc.property(written, (text) => {
        let caught: unknown
        try {
          fail(text)
        } catch (error) {
          caught = error
        }
        const lines = logOf((logger) => logger.error({ err: caught }, 'failed'))
        expect(lines).not.toContain(text)
        expect(lines).not.toContain(text.slice(0, 4))
      }),
    )
  })

  test('the folders of the machine', () => {
    const error = new Error("ENOENT: no such file or directory, open '/srv/kexie/data/blobs/ab/cd.bin'")
    const line = logOf((logger) => logger.error({ err: error }, 'failed'))
    expect(line).toContain('ab/cd.bin')
    expect(line).not.toContain('/srv')
    expect(line).not.toContain(process.cwd())
  })
})

describe('what helps to find a fault stays:', () => {
  test('type, message, code, place and cause of an error', () => {
    const cause = Object.assign(new Error('no such table: gap'), { code: 'SQLITE_ERROR', errno: 1 })
    const { err } = logged({ err: new TypeError('x is not a function', { cause }) })
    expect(err).toMatchObject({
      type: 'TypeError',
      message: 'x is not a function',
      stack: expect.stringContaining('log/create-logger.test.ts:'),
      cause: { message: 'no such table: gap', code: 'SQLITE_ERROR', errno: 1 },
    })
  })

  test('the constraint of a database, the key of a message for people', () => {
    const violation = Object.assign(
      new Error('duplicate key value violates unique constraint "gap_answer_key"'),
      {
        code: '23505',
        constraint: 'gap_answer_key',
      },
    )
    expect(logged({ err: violation }).err).toMatchObject({
      message: 'duplicate key value violates unique constraint "gap_answer_key"',
      code: '23505',
      constraint: 'gap_answer_key',
    })
    expect(logged({ err: new PlainError('chat:gone') }).err).toMatchObject({ message: 'chat:gone' })
  })

  test('plain details, ids among them', () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
    const details = {
      ...{ platform: 'web', attempts: 3, last: false, by: id, path: 'documents/指导意见.md', none: null },
      at: new Date(0),
    }
    expect(logged(details)).toMatchObject({
      ...{ ...details, at: '1970-01-01T00:00:00.000Z' },
      ...{ msg: 'something failed', level: 50 },
    })
  })

  test('a line for whatever is logged: circles, what throws, what is huge', () => {
    const circle: Record<string, unknown> = { platform: 'web' }
    circle.self = circle
    expect(logged(circle)).toMatchObject({ platform: 'web', self: '[…]' })
    expect(logged({ bytes: randomBytes(8), big: 1n })).toMatchObject({ bytes: '[bytes]', big: '1' })
    expect(JSON.stringify(logged({ long: 'word '.repeat(5000) })).length).toBeLessThan(2000)
    const unspeakable = { toString: 0n }
    expect(logged({ map: new Map([[unspeakable, 1]]) })).toMatchObject({ map: { '[hidden]': 1 } })
    const throws = Object.defineProperty({}, 'gone', {
      enumerable: true,
      get() {
        throw new Error('gone')
      },
    })
    expect(logged({ throws })).toMatchObject({ throws: '[…]' })
    expect(logged(Object.assign(new Error(), { message: unspeakable, name: unspeakable }))).toMatchObject({
      err: { type: '[hidden]' },
    })
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: true }),
        (given) => {
          expect(() => logged({ given })).not.toThrow()
        },
      ),
      { numRuns: 1000 },
    )
  })
})
