import { randomBytes } from 'node:crypto'
import type { Reads } from '../people/people.ts'
import { holdBlobs } from '../store/blob-use.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Trx } from '../store/store.ts'

/** A file that the bot has made: a picture, a certificate, a list. */
export interface MadeFile {
  name: string
  mediaType: string
  bytes: Uint8Array
}

/** To what a file belongs that not everybody may read for ever. */
export interface HandedFor {
  /** Such as `notice ID`: `revokeHanded` ends all its addresses. */
  matter: string
  /** `with-matter`: one address for all its readers; `soon`: one of its own each time, gone after a few days. */
  ends: 'with-matter' | 'soon'
}

/** As cards name it: `blob` in the store, `url` where whoever has the address reads it. */
export interface HandedFile {
  name: string
  mediaType: string
  blob: string
  url: string
}

/** How long a file is kept at its address: longer than the year that it is about. */
const keptFor = 400 * 24 * 3600_000
/** How long what is confidential is read at its address: whoever needs it later presses again, and is asked for anew. */
const readFor = 3 * 24 * 3600_000

/**
 * Puts a file where cards can name it. The same file under the same name has one address, however often it is handed
 * over. The address cannot be guessed and opens without signing in, as a file in a chat does: what not everybody of
 * the chat may read does not belong there.
 */
export async function handOver(
  trx: Trx,
  { blobs, publicUrl }: { blobs: Blobs; publicUrl(): string },
  { name, mediaType, bytes }: MadeFile,
  now: Date,
  belongs?: HandedFor,
): Promise<HandedFile> {
  const blob = await blobs.put(bytes, trx)
  return handOverStored(trx, { publicUrl }, { name, mediaType, blob }, now, belongs)
}

/** As `handOver`, of a file whose bytes lie in the store. */
export async function handOverStored(
  trx: Trx,
  { publicUrl }: { publicUrl(): string },
  { name, mediaType, blob }: { name: string; mediaType: string; blob: string },
  now: Date,
  { matter, ends }: HandedFor = { matter: '', ends: 'with-matter' },
): Promise<HandedFile> {
  const made = randomBytes(18).toString('base64url')
  const at = now.toISOString()
  const until = ends === 'soon' ? new Date(now.getTime() + readFor).toISOString() : null
  const { token } = await trx
    .insertInto('handed_file')
    .values({ token: made, blob, name, media_type: mediaType, handed_at: at, matter, until })
    .onConflict((conflict) =>
      conflict
        .columns(['blob', 'name', 'matter'])
        .where('until', 'is', null)
        .doUpdateSet({ handed_at: at, media_type: mediaType }),
    )
    .returning('token')
    .executeTakeFirstOrThrow()
  await holdBlobs(trx, userOf(token), [blob])
  return { name, mediaType, blob, url: `${publicUrl()}/handed/${token}/${encodeURIComponent(name)}` }
}

/** What lies at an address; null: nothing, or no more. `lasts`: it may be kept by whoever has read it. */
export async function findHanded(
  db: Reads,
  token: string,
  now: Date,
): Promise<{ blob: string; name: string; mediaType: string; lasts: boolean } | null> {
  const row = await db
    .selectFrom('handed_file')
    .select(['blob', 'name', 'media_type', 'matter', 'until'])
    .where('token', '=', token)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now.toISOString())]))
    .executeTakeFirst()
  if (!row) return null
  return { blob: row.blob, name: row.name, mediaType: row.media_type, lasts: row.matter === '' }
}

/** Nothing lies at the addresses of a matter any more: it was taken back. */
export async function revokeHanded(trx: Trx, matter: string): Promise<void> {
  const gone = await trx.deleteFrom('handed_file').where('matter', '=', matter).returning('token').execute()
  for (const { token } of gone) await holdBlobs(trx, userOf(token), [])
}

/** Lets go of what was handed over long ago; the bytes go with the other files that nobody holds. */
export async function forgetHanded(trx: Trx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptFor).toISOString()
  const gone = await trx
    .deleteFrom('handed_file')
    .where((where) => where.or([where('handed_at', '<', before), where('until', '<', now.toISOString())]))
    .returning(['token', 'blob'])
    .execute()
  for (const { token, blob } of gone) {
    await holdBlobs(trx, userOf(token), [])
    const other = await trx
      .selectFrom('handed_file')
      .select('token')
      .where('blob', '=', blob)
      .executeTakeFirst()
    // By their key nobody finds them any more.
    if (!other) await trx.deleteFrom('upload').where('what', 'like', `% ${blob}%`).execute()
  }
}

const userOf = (token: string) => `handed ${token}`
