import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, describe, expect, test } from 'vitest'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import { allMigrations } from '../../src/store/migrations/all.ts'
import { connectPostgres } from '../../src/store/postgres/connect.ts'
import { defaultRetry } from '../../src/store/retry.ts'
import { connectSqlite } from '../../src/store/sqlite/connect.ts'
import { openStore } from '../../src/store/store.ts'
import { freshLocation } from './each-database.ts'

/** The last one before submissions. */
const before = '012-heard-chats'

describe.each(['sqlite', 'postgres'] as const)('a database of before submissions (%s)', (dialect) => {
  const cleanUps: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

  test('is brought up to date with all who are in it, and takes the new role', async () => {
    const location = await freshLocation(dialect, cleanUps, { migrated: false })
    const old = location.databaseUrl
      ? connectPostgres(location.databaseUrl)
      : connectSqlite(`${location.dataDir}/kexie.db`, defaultRetry)
    const migrations = allMigrations(old.types)
    expect(Object.keys(migrations)).toContain(before)
    await old.writes.transaction().execute(async (trx) => {
      const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => migrations } })
      const { error } = await migrator.migrateTo(before)
      if (error) throw error
    })
    const ids = await old.writes.transaction().execute(async (trx) => {
      const { id: organisation } = await createOrganisation(trx, {
        name: '华北重工',
        kind: 'branch',
        parent: null,
      })
      const { id: person } = await createPerson(trx, { name: '张三' })
      await addMembership(trx, { person, organisation, role: 'staff' })
      return { organisation, person }
    })
    await old.reads.destroy()
    await old.writes.destroy()

    const store = await openStore(location)
    cleanUps.push(() => store.close())
    const held = await store.db.selectFrom('membership').select(['person', 'role']).execute()
    expect(held).toEqual([{ person: ids.person, role: 'staff' }])
    await store.transaction((trx) => addMembership(trx, { ...ids, role: 'rights' }))
    await expect(
      store.transaction((trx) => sql`update membership set role = 'nobody'`.execute(trx)),
    ).rejects.toThrow()
    expect(await store.db.selectFrom('submission').select('id').execute()).toEqual([])
  })
})
