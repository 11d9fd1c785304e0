import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Reads } from '../../../people/people.ts'
import { openText, sealText } from '../../../seal/matters.ts'
import type { Trx } from '../../../store/store.ts'
import type { SubmissionsContext } from '../context.ts'
import { nameMatter, place } from '../records.ts'

type Keys = Pick<SubmissionsContext, 'sealer'>

/** Whether a guest has sent in something that has no person yet. */
export async function hasSent(db: Reads, keys: Keys, account: Account): Promise<boolean> {
  const found = await ofGuest(db, keys, account).select('id').limit(1).executeTakeFirst()
  return found !== undefined
}

/**
 * What a guest has sent in becomes the person's: they are told of it and may do what its author may. The receipt code
 * goes on holding, and what was typed as a name stays in what was filled in.
 */
export async function adoptSubmissions(
  trx: Trx,
  { sealer }: Keys,
  account: Account,
  person: string,
): Promise<void> {
  for (const row of await ofGuest(trx, { sealer }, account).selectAll().execute()) {
    const change = trx.updateTable('submission').where('id', '=', row.id)
    if (row.sealed === 0) {
      await change.set({ author: person }).execute()
      continue
    }
    const at = place(row.id, 'author_sealed')
    const kept = row.author_sealed && (await openText(trx, sealer, nameMatter(row.id), at, row.author_sealed))
    // The name was erased: nobody is to be joined with it again.
    if (!kept) continue
    const author = JSON.stringify({ ...JSON.parse(kept), person })
    await change
      .set({
        author_sealed: await sealText(trx, sealer, nameMatter(row.id), at, author),
        author_tag: sealer.tag(person),
      })
      .execute()
  }
}

function ofGuest(db: Pick<Reads, 'selectFrom'>, { sealer }: Keys, account: Account) {
  const key = accountKey(account)
  return db
    .selectFrom('submission')
    .where('author', 'is', null)
    .where('entered_by', 'is', null)
    .where((where) =>
      where.or([where('author_account', '=', key), where('author_tag', '=', sealer.tag(key))]),
    )
}
