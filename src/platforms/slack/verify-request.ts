import { createHmac, timingSafeEqual } from 'node:crypto'
import { oldestRequest } from './limits.ts'

/** What is wrong with a request, in a word that is counted. */
export type Refusal = 'forged' | 'stale'

export interface SignedRequest {
  /** As it came over the wire, before anything parsed it. */
  body: string | Uint8Array
  /** Headers `x-slack-request-timestamp` and `x-slack-signature`. */
  timestamp: string | undefined
  signature: string | undefined
}

/**
 * Whether Slack sent the request, and lately: null where it did. Age counts into the future too, since a copied
 * request could otherwise wait there. Source: the vendor's “Verifying requests from Slack”.
 */
export function verifyRequest(
  { body, timestamp, signature }: SignedRequest,
  signingSecret: string,
  now: Date,
): Refusal | null {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return 'forged'
  const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest()
  const given = /^v0=([0-9a-f]{64})$/i.exec(signature ?? '')?.[1]
  if (given === undefined || !timingSafeEqual(Buffer.from(given, 'hex'), expected)) return 'forged'
  return Math.abs(now.getTime() - Number(timestamp) * 1000) > oldestRequest ? 'stale' : null
}
