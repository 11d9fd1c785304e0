import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EventRow } from '../records.ts'

/** How long a code is shown. Whoever reads it at its end still has as long again to type it. */
const shownFor = 30_000
/** From the scan until somebody has signed in, registered, or typed a receipt code. */
const ticketFor = 10 * 60_000

type Signing = Pick<EventRow, 'id' | 'secret'>

/** Six digits that stand on the screen of the hall, others every 30 s. */
export function eventCode(event: Signing, now: Date): string {
  return codeAt(event, stepOf(now))
}

/** When the code that is shown now gives way to the next. */
export function eventCodeUntil(now: Date): Date {
  return new Date((stepOf(now) + 1) * shownFor)
}

/** The same for the QR code: 60 bits, since nobody types it and whoever asks for pages can try many. */
export function eventLinkCode(event: Signing, now: Date): string {
  return linkCodeAt(event, stepOf(now))
}

/** Whether the digits are those that are shown, or those before them. */
export function holdsEventCode(event: Signing, code: string, now: Date): boolean {
  return holds(event, code, now, codeAt)
}

/** The same of what the QR code holds. */
export function holdsLinkCode(event: Signing, code: string, now: Date): boolean {
  return holds(event, code, now, linkCodeAt)
}

function holds(event: Signing, code: string, now: Date, at: typeof codeAt): boolean {
  const step = stepOf(now)
  // Both are compared, so that the time taken tells nothing.
  const held = [step, step - 1].map((one) => isSame(at(event, one), code))
  return held.includes(true)
}

/** Lets the one who scanned the code in time finish: for their account alone, and not for long. */
export function signTicket(event: Signing, account: string, now: Date): string {
  const until = String(Math.floor((now.getTime() + ticketFor) / 1000))
  return `${until}.${ticketMac(event, account, until)}`
}

/** Whether the ticket was given to this account for this event, and its time is not over. */
export function holdsTicket(event: Signing, account: string, ticket: string, now: Date): boolean {
  const [until = '', mac = ''] = ticket.split('.')
  return isSame(ticketMac(event, account, until), mac) && now.getTime() <= Number(until) * 1000
}

function stepOf(now: Date): number {
  return Math.floor(now.getTime() / shownFor)
}

function codeAt({ id, secret }: Signing, step: number): string {
  const mac = createHmac('sha256', secret).update(`event code 1 ${id} ${step}`).digest()
  return String(mac.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}

function linkCodeAt({ id, secret }: Signing, step: number): string {
  return createHmac('sha256', secret).update(`event link 1 ${id} ${step}`).digest('base64url').slice(0, 10)
}

function ticketMac({ id, secret }: Signing, account: string, until: string): string {
  return createHmac('sha256', secret)
    .update(`ticket 1 ${id} ${until} ${account}`)
    .digest('base64url')
    .slice(0, 22)
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
