import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { contentHash } from '../../store/content-hash.ts'
import type { Trx } from '../../store/store.ts'
import type { HelpRequest } from './requests.ts'

/** Without 0 O, 1 I L, which look alike on paper and on a screen. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const length = 8
/** Wrong ones of one account or address within `missesFor` milliseconds, before it has to wait. */
const mostMisses = 10
const missesFor = 3600_000

/** The shape of a code, however it is typed. */
export const codePattern = `[a-z0-9]{${length}}`

/** A code with which a guest fetches the reply: 40 random bits, of which only the hash is kept. */
export function createReceiptCode(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

export function receiptHash(number: string, code: string): string {
  return contentHash(`${number} ${code.normalize('NFKC').toUpperCase()}`)
}

/** The number as it is kept (`WD-2026-0001`), however it is typed; null where it is none. */
export function readNumber(text: string): string | null {
  const found = /^\s*wd[-–—\s]*(\d{4})[-–—\s]*(\d{4,9})\s*$/i.exec(text.normalize('NFKC'))
  return found ? `WD-${found[1]}-${found[2]}` : null
}

export type FetchOutcome = { outcome: 'found'; request: HelpRequest } | { outcome: 'wrong' | 'too-many' }

/** What is compared where there is no such number, so that it costs the same. */
const noHash = contentHash('')

/**
 * The request of a number and its receipt code. Numbers that exist and those that do not are the same work and the
 * same answer. Nothing is thrown for a wrong code: that would undo that it was counted.
 * @param who The account or network address that asks.
 */
export async function fetchByReceipt(
  trx: Trx,
  { number, code, who, now }: { number: string; code: string; who: string; now: Date },
): Promise<FetchOutcome> {
  const hashed = contentHash(who)
  const since = new Date(now.getTime() - missesFor).toISOString()
  await trx.deleteFrom('help_receipt_miss').where('at', '<=', since).execute()
  const misses = await trx.selectFrom('help_receipt_miss').select('id').where('who', '=', hashed).execute()
  if (misses.length >= mostMisses) return { outcome: 'too-many' }
  const wanted = readNumber(number) ?? ''
  const request = await trx
    .selectFrom('help_request')
    .selectAll()
    .where('number', '=', wanted)
    .executeTakeFirst()
  const isSame = timingSafeEqual(
    Buffer.from(receiptHash(wanted, code)),
    Buffer.from(request?.receipt_hash ?? noHash),
  )
  if (request && isSame) return { outcome: 'found', request }
  await trx
    .insertInto('help_receipt_miss')
    .values({ id: randomUUID(), who: hashed, at: now.toISOString() })
    .execute()
  return { outcome: 'wrong' }
}
