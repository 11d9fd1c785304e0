import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOnce } from '../../../knowledge/read-once.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { explainError } from '../../../messages/translate.ts'
import { contentHash } from '../../../store/content-hash.ts'
import type { Store, Trx } from '../../../store/store.ts'
import { withBuiltIns } from './built-in.ts'
import { readKind } from './read-kind.ts'
import { readVersion } from './read-version.ts'
import type { Kind, KindFile } from './schema.ts'

/** All kinds, in every version with which a record began. */
export interface Kinds {
  /** The newest versions of those that have a file, in the order that the files ask for. */
  all(): readonly Kind[]
  /** Every version there ever was, for forms and drafts that began with it. */
  everyVersion(): readonly Kind[]
  /** The newest version. Throws PlainError where there is no such kind. */
  current(kind: string): Kind
  /** The version with which a record began. */
  of(record: { kind: string; version: number }): Kind
}

export interface KindsOptions {
  store: Store
  /** Where the files are. */
  folder: string
  /** Told of files that cannot be taken up; the version before goes on holding. */
  refused(file: string, reason: string): void
}

/**
 * Takes up the files of the folder: one that changed is a new version. Records and drafts keep theirs, so nothing that
 * was begun changes its rules on the way.
 */
export async function openKinds({ store, folder, refused }: KindsOptions): Promise<Kinds> {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : []
  const found: KindFile[] = []
  for (const file of files.toSorted()) {
    try {
      const text = readFileSync(join(folder, file), 'utf8')
      const kind = readOnce(openKinds, text, () => readKind(text, file))
      if (kindOf(file) !== kind.kind || found.some(({ prefix }) => prefix === kind.prefix)) {
        throw new PlainError('submissions:definition.named-otherwise', { file, kind: kind.kind })
      }
      found.push(kind)
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      refused(file, explainError(error, 'zh-CN'))
    }
  }
  const kept = await store.transaction(async (trx) => {
    for (const file of found) await takeUp(trx, file, await store.now(trx))
    return trx.selectFrom('submission_kind').selectAll().orderBy('kind').orderBy('version').execute()
  })
  const versions = kept.map(
    // Read anew, so that what later came into the schema has its defaults in versions of before.
    (stored): Kind => ({
      ...withBuiltIns(readOnce(readVersion, stored.definition, () => readVersion(stored))),
      version: stored.version,
    }),
  )
  const newest = (kind: string) => versions.findLast((one) => one.kind === kind)
  // A file that is broken now does not end what was possible yesterday; one that was removed does.
  const all = files
    .toSorted()
    .flatMap((file) => newest(kindOf(file)) ?? [])
    .toSorted((one, other) => one.order - other.order)
  return {
    all: () => all,
    everyVersion: () => versions,
    current(kind) {
      const current = all.find((one) => one.kind === kind)
      if (!current) throw new PlainError('submissions:no-kind')
      return current
    },
    of({ kind, version }) {
      const exact = versions.find((one) => one.kind === kind && one.version === version)
      if (!exact) throw new Error(`no version ${version} of ${kind}`)
      return exact
    },
  }
}

function kindOf(file: string): string {
  return file.replace(/\.ya?ml$/, '')
}

async function takeUp(trx: Trx, file: KindFile, now: Date): Promise<void> {
  const definition = JSON.stringify(file)
  const hash = contentHash(definition)
  const last = await trx
    .selectFrom('submission_kind')
    .select(['version', 'hash'])
    .where('kind', '=', file.kind)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.hash === hash) return
  await trx
    .insertInto('submission_kind')
    .values({
      kind: file.kind,
      version: (last?.version ?? 0) + 1,
      hash,
      definition,
      taken_at: now.toISOString(),
    })
    // Another process that starts at the same moment takes up the same file.
    .onConflict((conflict) => conflict.columns(['kind', 'version']).doNothing())
    .execute()
}
