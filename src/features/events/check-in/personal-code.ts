import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { EventRow } from '../records.ts'
import { fromBase32, toBase32 } from './base32.ts'
import { checkInTime } from './check-in-time.ts'

/** A later format has another mark, so that an old page says so instead of taking it for altered. */
const mark = 'K1'
const tagLength = 4
const expiryLength = 4
/** 80 bits: nobody finds one by trying, and the code stays within a QR code of 29 by 29 modules. */
const macLength = 10
const minute = 60_000

/** What an event's codes are made of. */
export type CodeEvent = Pick<EventRow, 'id' | 'secret' | 'starts_at' | 'ends_at'>

/** A personal code as it was read, not yet known to be genuine. */
export interface ReadCode {
  /** Of which event it says it is: compare with `eventTag`. */
  tag: string
  /** The registration's id. */
  registration: string
  expiresAt: Date
  /** All that is signed, and the signature. */
  signed: Buffer
  mac: Buffer
}

/**
 * The code by which one person is let in to one event, as the QR code holds it: mark, event, registration, expiry in
 * minutes since 1970, and a signature (HMAC-SHA-256 under the event's secret). The same until the event moves.
 */
export function personalCode(event: CodeEvent, registration: string): string {
  const expiry = Buffer.alloc(expiryLength)
  expiry.writeUInt32BE(Math.floor(checkInTime(event, 'personal-code').until.getTime() / minute))
  const signed = Buffer.concat([tagOf(event.id), referenceOf(registration), expiry])
  return mark + toBase32(Buffer.concat([signed, macOf(event, signed)]))
}

/** Reads what was scanned or typed; null: it is no personal code, or a damaged one. */
export function readPersonalCode(text: string): ReadCode | null {
  const bare = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
  const bytes = bare.startsWith(mark) ? fromBase32(bare.slice(mark.length)) : null
  const referenceLength = (bytes?.length ?? 0) - tagLength - expiryLength - macLength
  if (!bytes || referenceLength < 1) return null
  const signed = bytes.subarray(0, bytes.length - macLength)
  const registration = registrationOf(signed.subarray(tagLength, tagLength + referenceLength))
  // Bytes that are no id were made up, and may be such as no database takes.
  if (!idPattern.test(registration)) return null
  return {
    tag: signed.subarray(0, tagLength).toString('hex'),
    registration,
    expiresAt: new Date(signed.readUInt32BE(tagLength + referenceLength) * minute),
    signed,
    mac: bytes.subarray(bytes.length - macLength),
  }
}

/** By which an event is told from others in a code. */
export function eventTag(event: string): string {
  return tagOf(event).toString('hex')
}

/** Whether the code was made for this event, and nothing of it was changed. */
export function isGenuine({ signed, mac, tag }: ReadCode, event: CodeEvent): boolean {
  return tag === eventTag(event.id) && timingSafeEqual(mac, macOf(event, signed))
}

function tagOf(event: string): Buffer {
  return createHash('sha256').update(`event ${event}`).digest().subarray(0, tagLength)
}

function macOf({ id, secret }: CodeEvent, signed: Uint8Array): Buffer {
  // The event's whole id as well: its tag in the code is short.
  return createHmac('sha256', secret)
    .update(`personal code 1 ${id} `)
    .update(signed)
    .digest()
    .subarray(0, macLength)
}

const idPattern = /^[\w-]{1,64}$/
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** A UUID in its 16 bytes, anything else as it is written. */
function referenceOf(registration: string): Buffer {
  return uuid.test(registration)
    ? Buffer.from(registration.replaceAll('-', ''), 'hex')
    : Buffer.from(registration)
}

function registrationOf(reference: Buffer): string {
  if (reference.length !== 16) return reference.toString()
  return reference.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Without 0 O, 1 I L, which look alike; as receipt codes have it. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const shortTagLength = 3
const shortLength = 10

/** The shape of a code that is typed instead of scanned, in capitals. */
export const shortCodePattern = new RegExp(`^[${letters}]{${shortLength}}$`)

/** Ten letters to be typed where nothing can be scanned: three say which event, seven are signed (35 bits). */
export function shortCode(event: CodeEvent, registration: string): string {
  const { until } = checkInTime(event, 'personal-code')
  const mac = createHmac('sha256', event.secret)
    .update(`short code 1 ${event.id} ${registration} ${until.toISOString()}`)
    .digest()
  return shortTag(event.id) + lettersOf(mac, shortLength - shortTagLength)
}

/** How the short codes of an event begin. */
export function shortTag(event: string): string {
  return lettersOf(createHash('sha256').update(`event ${event}`).digest(), shortTagLength)
}

function lettersOf(bytes: Buffer, count: number): string {
  // Two bytes for each letter, so that none is noticeably more frequent.
  return Array.from({ length: count }, (_, at) => letters[bytes.readUInt16BE(at * 2) % letters.length]).join(
    '',
  )
}

/** What was typed, as short codes are written. */
export function typedCode(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
}
