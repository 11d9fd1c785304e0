import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Account } from '../../chat/incoming.ts'
import { guestKeptFor } from './limits.ts'

const cookieName = 'kexie_guest'

/**
 * The account of the guest who sends this request; a guest without a cookie gets one with the answer.
 * The account is a digest of the cookie, so that nobody who reads the database can speak as the guest.
 */
export function guestOf(context: Context): Account {
  const known = getCookie(context, cookieName)
  const secret = known && isSecret(known) ? known : randomBytes(16).toString('base64url')
  setCookie(context, cookieName, secret, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: guestKeptFor,
    secure: isSecure(context),
  })
  return accountOf(secret)
}

function isSecret(text: string): boolean {
  return /^[\w-]{22}$/.test(text)
}

function accountOf(secret: string): Account {
  const user = createHash('sha256').update(secret).digest('base64url').slice(0, 22)
  return { platform: 'web', installation: 'web', user }
}

/** The guest of this browser, who may have spoken here before; null: nobody has. */
export function knownGuest(context: Context): Account | null {
  const secret = getCookie(context, cookieName)
  return secret && isSecret(secret) ? accountOf(secret) : null
}

/** Ends the guest's chat in this browser: whoever comes next is another guest. */
export function forgetGuest(context: Context): void {
  deleteCookie(context, cookieName, { path: '/', secure: isSecure(context) })
}

/** Behind a proxy that ends TLS the request itself is plain; the header can only make the cookie stricter. */
export function isSecure(context: Context): boolean {
  return context.req.url.startsWith('https:') || context.req.header('x-forwarded-proto') === 'https'
}
