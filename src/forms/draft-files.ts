import type { Sealer } from '../seal/sealer.ts'
import { holdBlobs } from '../store/blob-use.ts'
import type { Trx } from '../store/store.ts'
import type { Draft, DraftReader } from './drafts.ts'
import type { TypedValues } from './fields/typed.ts'

/** Files that are in a draft: kept for it, and encrypted under its key where the draft is. */

/** What a draft holds, as it may be kept: of a sealed one no file lies open. Throws PlainError where one is gone. */
export async function sealFiles(
  trx: Trx,
  { files }: DraftReader,
  { values, sealedUnder }: Pick<Draft, 'values' | 'sealedUnder'>,
): Promise<TypedValues> {
  if (sealedUnder === null || filesIn(values).length === 0) return values
  const sealed = { ...values }
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' || value.length === 0) continue
    const pieces: (typeof value)[number][] = []
    for (const piece of value)
      pieces.push(typeof piece === 'string' ? piece : await files.seal(trx, sealedUnder, piece))
    sealed[name] = pieces as typeof value
  }
  return sealed
}

/** The draft holds its files from now on, and lets go of those that it held before. */
export async function holdFiles(
  trx: Trx,
  { sealer }: DraftReader,
  { id, values, files }: Pick<Draft, 'id' | 'values' | 'files'>,
): Promise<void> {
  const held = filesIn(values)
  if (held.length === files.length && held.every((hash) => files.includes(hash))) return
  await holdBlobs(trx, holderOf(sealer, id), held)
}

/** A draft that is dropped holds nothing more. */
export async function letGoOfFiles(trx: Trx, { sealer }: DraftReader, id: string): Promise<void> {
  await holdBlobs(trx, holderOf(sealer, id), [])
}

/** The names of the files in the blob store. */
export function filesIn(values: TypedValues): string[] {
  return Object.values(values).flatMap((value) =>
    typeof value === 'string' ? [] : value.flatMap((one) => (typeof one === 'string' ? [] : [one.blob])),
  )
}

/** A tag, since the draft's row says whose it is, and the record takes over its files. */
function holderOf(sealer: Pick<Sealer, 'tag'>, id: string): string {
  return `draft ${sealer.tag(`files of draft ${id}`)}`
}
