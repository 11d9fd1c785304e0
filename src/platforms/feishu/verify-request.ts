import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { oldestRequest } from './limits.ts'

/** How a request is proved to come from Feishu. */
export interface RequestSecrets {
  encryptKey: string
  verificationToken: string
}

export interface ReceivedRequest {
  /** The body as it came: the signature is over its bytes. */
  body: Uint8Array
  header(name: string): string | undefined
}

export type Verdict =
  | { is: 'event'; data: Record<string, unknown> }
  /** The vendor asks whether the address is ours; to be answered within a second. */
  | { is: 'challenge'; challenge: string }
  | { is: 'refused'; reason: 'signature' | 'age' | 'malformed' | 'token' }

/**
 * Checks a request by HTTP: signature over the raw bytes, age by the header (past and future), decryption, token. The
 * SDK's own check is over the body put together anew, takes any age and no token.
 * https://open.feishu.cn/document/event-subscription-guide/event-subscriptions/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export function verifyRequest(
  { body, header }: ReceivedRequest,
  { encryptKey, verificationToken }: RequestSecrets,
  now: Date,
): Verdict {
  const data = readEncrypted(body, encryptKey)
  // The first request, which asks for the challenge, may come without a signature: it has no effect.
  const isChallenge = data !== null && data.type === 'url_verification'
  const signature = header('x-lark-signature')
  if (signature !== undefined || !isChallenge) {
    const timestamp = header('x-lark-request-timestamp') ?? ''
    const nonce = header('x-lark-request-nonce') ?? ''
    const wanted = createHash('sha256').update(`${timestamp}${nonce}${encryptKey}`).update(body).digest('hex')
    if (signature === undefined || !isEqual(signature, wanted)) return { is: 'refused', reason: 'signature' }
    if (!isFresh(timestamp, now)) return { is: 'refused', reason: 'age' }
  }
  if (data === null) return { is: 'refused', reason: 'malformed' }
  const ownHeader = data.header
  const token =
    ownHeader !== null && typeof ownHeader === 'object' && 'token' in ownHeader ? ownHeader.token : data.token
  if (typeof token !== 'string' || !isEqual(token, verificationToken)) {
    return { is: 'refused', reason: 'token' }
  }
  if (!isChallenge) return { is: 'event', data }
  return typeof data.challenge === 'string'
    ? { is: 'challenge', challenge: data.challenge }
    : { is: 'refused', reason: 'malformed' }
}

/** Plain text in base64 as the vendor encrypts: AES-256-CBC, the key hashed, the first 16 bytes the vector. Throws. */
export function decrypt(encrypted: string, encryptKey: string): string {
  const bytes = Buffer.from(encrypted, 'base64')
  const key = createHash('sha256').update(encryptKey).digest()
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16))
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8')
}

/** What is in an encrypted body; null where it is none of ours. A body that is not encrypted proves nothing. */
function readEncrypted(body: Uint8Array, encryptKey: string): Record<string, unknown> | null {
  try {
    const outer: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    if (!isObject(outer) || typeof outer.encrypt !== 'string') return null
    const inner: unknown = JSON.parse(decrypt(outer.encrypt, encryptKey))
    return isObject(inner) ? inner : null
  } catch {
    return null
  }
}

/** Seconds since 1970; some events are signed with milliseconds. */
function isFresh(timestamp: string, now: Date): boolean {
  if (!/^\d{9,14}$/.test(timestamp)) return false
  const at = Number(timestamp) * (timestamp.length > 11 ? 1 : 1000)
  return Math.abs(now.getTime() - at) <= oldestRequest
}

/** In a time that does not tell how much of it was right, nor how long it is. */
function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
