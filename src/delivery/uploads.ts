import type { Uploads } from '../chat/uploads.ts'
import type { Store } from '../store/store.ts'

/** Kept in the store, so that a process that was ended does not upload again what it had uploaded. */
export function createUploads(store: Store): Uploads {
  return {
    async find(place, what) {
      const row = await store.db
        .selectFrom('upload')
        .select(['key', 'at'])
        .where('place', '=', place)
        .where('what', '=', what)
        .executeTakeFirst()
      return row ? { key: row.key, at: new Date(row.at) } : null
    },
    async keep(place, what, { key, at }) {
      await store.transaction((trx) =>
        trx
          .insertInto('upload')
          .values({ place, what, key, at: at.toISOString() })
          .onConflict((conflict) =>
            conflict.columns(['place', 'what']).doUpdateSet({ key, at: at.toISOString() }),
          )
          .execute(),
      )
    },
    async forget(place, what) {
      await store.transaction((trx) =>
        trx.deleteFrom('upload').where('place', '=', place).where('what', '=', what).execute(),
      )
    },
  }
}
