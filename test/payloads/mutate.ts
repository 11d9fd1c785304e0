import fc from 'fast-check'
import type { Body, Payload } from './read-payloads.ts'

/** What vendors do not send in that place. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '~',
    '{}',
    '[]',
    'null',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    'D0LAN2Q65',
    'message',
  ),
  fc.constantFrom(null, true, false, 0, -1, 1e308, [], {}),
  fc.integer(),
  fc.object({ maxDepth: 2 }),
  // Beyond what any field takes, and not so much that a request is too large as a whole.
  fc.constant('长'.repeat(3100)),
)

interface Change {
  /** Which part, level by level, as numbers of keys. */
  at: number[]
  how: 'replace' | 'drop' | 'repeat' | 'wrap' | 'rename'
  by: unknown
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.array(fc.nat(), { minLength: 1, maxLength: 9 }),
  how: fc.constantFrom('replace', 'replace', 'drop', 'repeat', 'wrap', 'rename'),
  by: odd,
})

/** A payload of the files with one to three of its parts changed, also within what is JSON in a string. */
export function mutatedBody(payloads: readonly Payload[]): fc.Arbitrary<Body> {
  const bodies = payloads.flatMap(({ send }) => send)
  return fc
    .record({ body: fc.constantFrom(...bodies), changes: fc.array(change, { minLength: 1, maxLength: 3 }) })
    .map(({ body, changes }) =>
      changes.reduce<Body>((changed, one) => {
        const next = apply(changed, one.at, one)
        return isObject(next) ? next : changed
      }, body),
    )
}

/** Any object that has the names of the vendor's fields in it. */
export function strangeBody(payloads: readonly Payload[]): fc.Arbitrary<Body> {
  const names = new Set<string>(['__proto__'])
  JSON.stringify(payloads, (key, value: unknown) => {
    if (/^[a-z_]+$/.test(key)) names.add(key)
    return value
  })
  const tree = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, odd, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
    object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
  }))
  return tree.object as fc.Arbitrary<Body>
}

function apply(part: unknown, [first, ...rest]: number[], given: Change): unknown {
  const inner = typeof part === 'string' ? parsed(part) : part
  const keys = inner !== null && typeof inner === 'object' ? Object.keys(inner) : []
  if (first === undefined || keys.length === 0) return given.by
  const key = keys[first % keys.length]!
  const held = inner as Record<string, unknown>
  const entries = Object.entries(held).flatMap(([name, value]): [string, unknown][] => {
    if (name !== key) return [[name, value]]
    if (rest.length > 0) return [[name, apply(value, rest, given)]]
    switch (given.how) {
      case 'drop':
        return []
      case 'repeat':
        return [[name, [value, value]]]
      case 'wrap':
        return [[name, { [name]: value }]]
      case 'rename':
        return [[String(given.by).slice(0, 30), value]]
      default:
        return [[name, given.by]]
    }
  })
  const changed = Array.isArray(inner) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
  return typeof part === 'string' ? JSON.stringify(changed) : changed
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Body {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
