import { PlainError } from '../messages/plain-error.ts'
import type { Store } from '../store/store.ts'
import type { Sealer } from './sealer.ts'

/**
 * Sees that `DATA_KEY` is the one with which this database was sealed. Throws PlainError `seal:key.other`
 * where it is another one; where nothing was sealed yet, the new one holds from now on.
 */
export async function checkDataKey(store: Store, sealer: Sealer): Promise<void> {
  const tag = sealer.tag('check of the key')
  await store.transaction(async (trx) => {
    const kept = await trx.selectFrom('seal_check').select('tag').where('id', '=', 1).executeTakeFirst()
    if (kept?.tag === tag) return
    const isUsed = await trx.selectFrom('seal_key').select('name').limit(1).executeTakeFirst()
    if (kept && isUsed) throw new PlainError('seal:key.other')
    await trx
      .insertInto('seal_check')
      .values({ id: 1, tag })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ tag }))
      .execute()
  })
}
