// What the page of check-in knows without a network: how a code is read, and whether the list lets somebody in.
// Formats are those of src/features/events/check-in/personal-code.ts and signed-list.ts.

const letters32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const shortCode = /^[ABCDEFGHJKMNPQRSTUVWXYZ2-9]{10}$/
const tagBytes = 4
const expiryBytes = 4
const macBytes = 10

/** What was scanned or typed: a code with its event and expiry (milliseconds), or null where it is none. */
export function readCode(text) {
  const code = text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
  if (shortCode.test(code)) return { code, tag: code.slice(0, 3), short: true }
  const bytes = code.startsWith('K1') ? fromBase32(code.slice(2)) : null
  const at = (bytes?.length ?? 0) - macBytes - expiryBytes
  if (at <= tagBytes) return null
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const minutes = Number.parseInt(hex.slice(at * 2, (at + expiryBytes) * 2), 16)
  const reference = bytes.slice(tagBytes, at)
  return {
    ...{ code, tag: hex.slice(0, tagBytes * 2), short: false },
    ...{ registration: nameOf(reference), expiresAt: minutes * 60_000 },
  }
}

function fromBase32(text) {
  const bytes = []
  let bits = 0
  let held = 0
  for (const letter of text) {
    const value = letters32.indexOf(letter)
    if (value < 0) return null
    held = ((held << 5) | value) & 0xffff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >> bits) & 255)
    }
  }
  return new Uint8Array(bytes)
}

function nameOf(reference) {
  if (reference.length !== 16) return new TextDecoder().decode(reference)
  const hex = [...reference].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** As the list has it; null where the browser offers no digest, as on a page that came by plain HTTP. */
export async function hashOf(code, subtle = globalThis.crypto?.subtle) {
  if (!subtle) return null
  const digest = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(code)))
  const text = btoa(String.fromCharCode(...digest))
  return text.replaceAll('+', '-').replaceAll('/', '_').slice(0, 16)
}

/**
 * What a code comes to by the list alone. `unknown`: only the server can tell, such as of somebody who registered after
 * the list was taken.
 * @param inside since when people are in, by registration.
 * @param at milliseconds.
 */
export async function judgeCode(list, inside, text, at, subtle = globalThis.crypto?.subtle) {
  const read = readCode(text)
  if (!read) return { result: 'unreadable', guest: null }
  const tag = read.short ? list.event.shortTag : list.event.tag
  if (read.tag !== tag) return { result: 'foreign', guest: null }
  if (at > Date.parse(list.expiresAt)) return { result: 'list-expired', guest: null }
  if (!read.short && read.expiresAt < at) return { result: 'expired', guest: null }
  const hash = await hashOf(read.code, subtle)
  const guest = hash === null ? undefined : list.guests.find(({ codes }) => codes.includes(hash))
  if (!guest) {
    const isListed = hash !== null && !read.short && list.guests.some(({ id }) => id === read.registration)
    return { result: isListed ? 'altered' : 'unknown', guest: null }
  }
  return { result: judgeGuest(list, inside, guest, at, list.event.codesUntil), guest }
}

/** What ticking somebody in the list comes to. */
export function judgeGuest(list, inside, guest, at, until = list.event.byHandUntil) {
  if (list.event.cancelled) return 'cancelled-event'
  if (at > Date.parse(list.expiresAt)) return 'list-expired'
  if (at < Date.parse(list.event.from)) return 'not-yet'
  if (at > Date.parse(until)) return 'past'
  if (inside[guest.id] !== undefined) return 'already'
  if (guest.state === 'confirmed') return 'checked-in'
  return guest.state === 'expired' || guest.state === 'declined' ? 'cancelled' : guest.state
}

/** Who is in: as the server knows it, and then what this phone has noted and not handed over yet. */
export function insideWith(known, queue) {
  const inside = { ...known }
  for (const { registration, undo, at, result } of queue) {
    if (registration === undefined || (result !== 'checked-in' && !undo)) continue
    if (undo) delete inside[registration]
    else inside[registration] ??= at
  }
  return inside
}

/** What is handed over next: entries that were noted with the same list, in their order. */
export function nextBatch(queue, most) {
  const token = queue[0]?.token
  const end = queue.findIndex((entry) => entry.token !== token)
  return queue.slice(0, Math.min(most, end < 0 ? queue.length : end))
}

/** Those of the list of exactly this name: who was typed where a code is asked for. */
export function named(guests, typed) {
  const fold = (text) => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
  const wanted = fold(typed)
  return wanted === '' ? [] : guests.filter(({ name }) => fold(name) === wanted)
}

/** Those of the list whose name or unit holds what was typed; all where nothing was. */
export function matching(guests, typed) {
  const wanted = typed.normalize('NFKC').trim().toLowerCase()
  if (wanted === '') return guests
  return guests.filter(({ name, organisation }) =>
    `${name} ${organisation}`.normalize('NFKC').toLowerCase().includes(wanted),
  )
}
