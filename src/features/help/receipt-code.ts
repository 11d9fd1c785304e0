import { checkReceipt } from '../../people/receipt-code.ts'
import type { Trx } from '../../store/store.ts'
import type { HelpRequest } from './requests.ts'

/** The number as it is kept (`WD-2026-0001`), however it is typed; null where it is none. */
export function readNumber(text: string): string | null {
  const found = /^\s*wd[-–—\s]*(\d{4})[-–—\s]*(\d{4,9})\s*$/i.exec(text.normalize('NFKC'))
  return found ? `WD-${found[1]}-${found[2]}` : null
}

export type FetchOutcome = { outcome: 'found'; request: HelpRequest } | { outcome: 'wrong' | 'too-many' }

/**
 * The request of a number and its receipt code.
 * @param who The account or network address that asks.
 */
export async function fetchByReceipt(
  trx: Trx,
  { number, code, who, now }: { number: string; code: string; who: string; now: Date },
): Promise<FetchOutcome> {
  const wanted = readNumber(number) ?? ''
  const request = await trx
    .selectFrom('help_request')
    .selectAll()
    .where('number', '=', wanted)
    .executeTakeFirst()
  const hash = request?.receipt_hash ?? null
  const checked = await checkReceipt(trx, { number: wanted, code, hash, who, now })
  if (checked !== 'right') return { outcome: checked }
  return request ? { outcome: 'found', request } : { outcome: 'wrong' }
}
