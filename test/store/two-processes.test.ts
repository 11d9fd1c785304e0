import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { libraryRevision, listVersions } from '../../src/knowledge/library/versions.ts'
import type { StoreLocation } from '../../src/store/store.ts'
import { describeEachDatabase, freshLocation } from './each-database.ts'

const children: ChildProcess[] = []
const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function start(task: string, location: StoreLocation, times = 0) {
  const script = new URL('./second-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, task, JSON.stringify(location), String(times)])
  children.push(child)
  let errors = ''
  child.stderr.on('data', (piece) => {
    errors += piece
  })
  const ended = once(child, 'close').then(([code]) => ({ code, errors }))
  // Either it says `ready`, or it ended before it could.
  const ready = Promise.race([once(child.stdout, 'data').then(() => 'ready'), ended])
  return { child, ready, ended }
}

describeEachDatabase('two processes', (open, dialect) => {
  const revision = async (at: StoreLocation) => {
    const { store } = await open({ at })
    return (await store.db.selectFrom('library_state').select('revision').executeTakeFirstOrThrow()).revision
  }

  test('write at once: none is turned away, nothing is lost', async () => {
    const { store, location } = await open()
    const other = start('count', location, 40)
    expect(await other.ready).toBe('ready')
    for (let time = 0; time < 40; time++) {
      await store.transaction(async (trx) => {
        const row = await trx.selectFrom('library_state').select('revision').executeTakeFirstOrThrow()
        await trx
          .updateTable('library_state')
          .set({ revision: row.revision + 1 })
          .execute()
      })
    }
    expect(await other.ended).toEqual({ code: 0, errors: '' })
    expect(await revision(location)).toBe(80)
  })

  test('one is killed in the midst of a transaction: nothing of it stays, the other writes on', async () => {
    const { store, location } = await open()
    const other = start('stop-half-way', location)
    expect(await other.ready).toBe('ready')
    other.child.kill('SIGKILL')
    await other.ended
    expect(await revision(location)).toBe(0)
    await store.transaction(async (trx) => {
      await trx.updateTable('library_state').set({ revision: 5 }).execute()
    })
    expect(await revision(location)).toBe(5)
  })

  test('a running server sees what the command line adds beside it', async () => {
    const { store, blobs, location } = await open()
    const before = await libraryRevision(store)
    expect(await start('add-document', location).ended).toEqual({ code: 0, errors: '' })
    expect(await libraryRevision(store)).toBeGreaterThan(before)
    const [version] = await listVersions(store, '2099-01-01')
    expect(version).toMatchObject({ title: '旁加的办法', clauses: 2 })
    expect(await blobs.get(version!.blob)).not.toBeNull()
  })

  test('bring the tables up to date at once', async () => {
    const location = await freshLocation(dialect, cleanUps, { migrated: false })
    const both = [start('open', location), start('open', location)]
    for (const { ended } of both) expect(await ended).toEqual({ code: 0, errors: '' })
    const { store } = await open({ at: location })
    expect(await store.db.selectFrom('library_state').selectAll().execute()).toEqual([{ id: 1, revision: 0 }])
    await store.close()
  })
})
