import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { contentHash } from '../store/content-hash.ts'
import type { Trx } from '../store/store.ts'

/** Without 0 O, 1 I L, which look alike on paper and on a screen. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const length = 8
/** Wrong ones of one account or address within `missesFor` milliseconds, before it has to wait. */
const mostMisses = 10
const missesFor = 3600_000

/** The shape of a code, however it is typed. */
export const codePattern = `[a-z0-9]{${length}}`

/** A code with which a guest follows up what they sent: 40 random bits, of which only the hash is kept. */
export function createReceiptCode(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/**
 * The code of a page that may be sent twice: the same for the same secret. @param tag of `Sealer.tag`: 32 bytes that
 * nobody can make without `DATA_KEY`, in base64url.
 */
export function receiptCodeFrom(tag: string): string {
  const bytes = Buffer.from(tag, 'base64url')
  return Array.from({ length }, (_, at) => alphabet[bytes.readUInt32BE(4 * at) % alphabet.length]).join('')
}

export function receiptHash(number: string, code: string): string {
  return contentHash(`${number} ${code.normalize('NFKC').toUpperCase()}`)
}

/** What is compared where there is no such number, so that it costs the same. */
const noHash = contentHash('')

/**
 * Whether the code belongs to the number. Numbers that exist and those that do not are the same work and the same
 * answer. Nothing is thrown for a wrong code: that would undo that it was counted.
 * @param hash As it is kept with the number; null: there is no such number, or it has no code.
 * @param who The account or network address that asks.
 */
export async function checkReceipt(
  trx: Trx,
  {
    number,
    code,
    hash,
    who,
    now,
  }: { number: string; code: string; hash: string | null; who: string; now: Date },
): Promise<'right' | 'wrong' | 'too-many'> {
  const hashed = contentHash(who)
  const since = new Date(now.getTime() - missesFor).toISOString()
  await trx.deleteFrom('help_receipt_miss').where('at', '<=', since).execute()
  const misses = await trx.selectFrom('help_receipt_miss').select('id').where('who', '=', hashed).execute()
  if (misses.length >= mostMisses) return 'too-many'
  const isSame = timingSafeEqual(Buffer.from(receiptHash(number, code)), Buffer.from(hash ?? noHash))
  if (hash !== null && isSame) return 'right'
  await trx
    .insertInto('help_receipt_miss')
    .values({ id: randomUUID(), who: hashed, at: now.toISOString() })
    .execute()
  return 'wrong'
}
