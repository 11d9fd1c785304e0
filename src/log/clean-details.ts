import { cleanError } from './clean-error.ts'
import { hidden, scrubText } from './scrub-text.ts'

/** Details that are secrets or open a door, whatever they hold. */
const secret =
  /token|secret|passw|pwd|api_?key|authori[sz]ation|cookie|session|csrf|credential|receipt|signature|link|url$|^code$|(?:sign|access|account|pair)_?code$/i
/** Details that hold what people wrote, or who they are. */
const personal =
  /^(?:text|questions?|normalised|cards?|values?|reply|replies|answers?|names?|(?:first|last|full|user|display|person)_?name|body|content|payload|history|background|params|parameters|bindings|quotes?|notes?|user|email|phone|mobile|message|said|query|input)$/i

const deepest = 6
const mostEntries = 60

/**
 * Details of a log line without secrets and without what people wrote or are called, at any depth; deeper than six
 * levels nothing is kept.
 */
export function cleanDetails(details: object): Record<string, unknown> {
  const cleaned = clean(details, 0, new Set())
  return typeof cleaned === 'object' && cleaned !== null ? (cleaned as Record<string, unknown>) : { cleaned }
}

function clean(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return cleanError(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof URL) return scrubText(value.href)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]'
  if (above.has(value) || depth >= deepest) return '[…]'
  above.add(value)
  try {
    if (value instanceof Map) return cleanEntries([...value], depth, above)
    if (Array.isArray(value) || value instanceof Set) {
      return [...value].slice(0, mostEntries).map((one) => clean(one, depth + 1, above))
    }
    return cleanEntries(Object.entries(value), depth, above)
  } catch {
    // A getter or a proxy that throws must not take the line with it.
    return '[…]'
  } finally {
    above.delete(value)
  }
}

function cleanEntries(entries: readonly [unknown, unknown][], depth: number, above: Set<object>) {
  const cleaned: Record<string, unknown> = {}
  for (const [key, value] of entries.slice(0, mostEntries)) {
    // Only what is no object has a name that can be said; an object's own `toString` may throw.
    const name = Object(key) === key ? hidden : String(key)
    const empty = value === null || value === undefined || typeof value === 'boolean'
    const closed = secret.test(name) || personal.test(name)
    cleaned[nameOf(name)] = closed && !empty ? hidden : clean(value, depth + 1, above)
  }
  return cleaned
}

/** Where something is kept by what somebody wrote, its key is theirs too. */
function nameOf(key: string): string {
  return /^[\w.:/@ -]{1,80}$/.test(key) ? scrubText(key) : hidden
}
