import type { Blobs } from './blobs.ts'
import { contentHash } from './content-hash.ts'
import type { Store, Trx } from './store.ts'

/** Files as rows: what one replica keeps, every other can read. */
export class BlobTable implements Blobs {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async put(bytes: Uint8Array, trx?: Trx): Promise<string> {
    const hash = contentHash(bytes)
    await this.#within(trx, async (inner) => {
      await inner
        .insertInto('blob')
        .values({ hash, bytes: Buffer.from(bytes) })
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .execute()
    })
    return hash
  }

  async get(hash: string, trx?: Trx): Promise<Uint8Array | null> {
    const row = await (trx ?? this.#store.db)
      .selectFrom('blob')
      .select('bytes')
      .where('hash', '=', hash)
      .executeTakeFirst()
    return row ? new Uint8Array(row.bytes) : null
  }

  async remove(hash: string, trx?: Trx): Promise<void> {
    await this.#within(trx, async (inner) => {
      await inner.deleteFrom('blob').where('hash', '=', hash).execute()
    })
  }

  #within(trx: Trx | undefined, fn: (trx: Trx) => Promise<void>): Promise<void> {
    return trx ? fn(trx) : this.#store.transaction(fn)
  }
}
