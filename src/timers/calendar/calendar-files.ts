import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PlainError } from '../../messages/plain-error.ts'
import { contentHash } from '../../store/content-hash.ts'
import type { Store, Trx } from '../../store/store.ts'
import { libraryEdition } from './library-tables.ts'
import { parseYearFile } from './parse-year-file.ts'
import { markStale } from './stale.ts'
import type { YearTable } from './year-table.ts'

/** What the files are logged to; pino fits. */
interface FilesLogger {
  info(details: object, message: string): void
  error(details: object, message: string): void
}

export interface CalendarFilesOptions {
  store: Store
  /** Of files `2027.yaml`; may be missing. */
  folder: string
  clock: () => Date
  logger: FilesLogger
}

/** Published tables that arrive as files, without a release. */
export interface CalendarFiles {
  /** Takes up every file that is new or changed. Throws PlainError, with file and line, where one is wrong. */
  load(): Promise<void>
  /** The same for a running bot, at most once a minute: a file that is wrong is logged, and what held before holds. */
  refresh(): Promise<void>
}

const refreshEvery = 60_000

/**
 * Keeps the tables of the data files in the database, where every process and transaction finds the same. A file that
 * was removed changes nothing: to take a table back, correct the file.
 */
export function createCalendarFiles({ store, folder, clock, logger }: CalendarFilesOptions): CalendarFiles {
  /** By file name: when it was changed, as it was last looked at. */
  const seen = new Map<string, number>()
  let lookedAt = Number.NEGATIVE_INFINITY
  let keptEdition: string | undefined

  async function takeUp(onError: (error: unknown, file: string) => void): Promise<void> {
    lookedAt = clock().getTime()
    const tables: { table: YearTable; hash: string }[] = []
    for (const name of await listFiles(folder)) {
      try {
        const { mtimeMs } = await stat(join(folder, name))
        if (seen.get(name) === mtimeMs) continue
        // Noted before it is read: a file that is wrong is complained of once.
        seen.set(name, mtimeMs)
        const source = await readFile(join(folder, name), 'utf8')
        tables.push({ table: parseYearFile(source, name), hash: contentHash(source) })
      } catch (error) {
        onError(error, name)
      }
    }
    const edition = contentHash(libraryEdition(clock()))
    if (tables.length === 0 && edition === keptEdition) return
    const changed = await store.transaction((trx) => keepTables(trx, tables, edition))
    keptEdition = edition
    for (const { year, source } of changed) logger.info({ year, source }, 'a table of working days was read')
  }

  return {
    load: () =>
      takeUp((error, file) => {
        seen.delete(file)
        throw error instanceof PlainError
          ? error
          : new PlainError('calendar:file.unreadable', { file }, { cause: error })
      }),
    async refresh() {
      if (clock().getTime() - lookedAt < refreshEvery) return
      await takeUp((error, file) => logger.error({ err: error, file }, 'a table of working days is wrong'))
    },
  }
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^\d{4}\.yaml$/.test(name)).sort()
  } catch {
    return []
  }
}

/** Writes what differs and has timers counted again; gives the tables that were new. */
async function keepTables(
  trx: Trx,
  tables: readonly { table: YearTable; hash: string }[],
  edition: string,
): Promise<YearTable[]> {
  const kept = new Map(
    (await trx.selectFrom('calendar_year').select(['year', 'hash']).execute()).map(({ year, hash }) => [
      year,
      hash,
    ]),
  )
  const changed = tables.filter(({ table, hash }) => kept.get(table.year) !== hash)
  for (const { table, hash } of changed) {
    const row = { table_json: JSON.stringify(table), hash }
    await trx
      .insertInto('calendar_year')
      .values({ year: table.year, ...row })
      .onConflict((conflict) => conflict.column('year').doUpdateSet(row))
      .execute()
  }
  const state = await trx.selectFrom('calendar_state').select('library').executeTakeFirst()
  if (state?.library !== edition) {
    await trx
      .insertInto('calendar_state')
      .values({ id: 1, library: edition })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ library: edition }))
      .execute()
  }
  if (changed.length > 0 || state?.library !== edition) await markStale(trx, { tables: true })
  return changed.map(({ table }) => table)
}
