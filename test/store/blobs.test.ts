import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { BlobFolder } from '../../src/store/blob-folder.ts'
import { BlobTable } from '../../src/store/blob-table.ts'
import type { Blobs } from '../../src/store/blobs.ts'
import { contentHash } from '../../src/store/content-hash.ts'
import { describeEachDatabase, type OpenedStore } from './each-database.ts'

const places: Record<string, (opened: OpenedStore) => Blobs> = {
  folder: ({ location }) => new BlobFolder(join(location.dataDir, 'blobs')),
  table: ({ store }) => new BlobTable(store),
}

describeEachDatabase('blobs', (open) => {
  describe.each(Object.entries(places))('%s', (_name, place) => {
    let blobs: Blobs
    let opened: OpenedStore
    beforeEach(async () => {
      opened = await open()
      blobs = place(opened)
    })
    const bytes = new Uint8Array([0, 1, 2, 255, 0x4e, 0x2d])

    test(`gives back what was put, byte for byte, by its SHA-256`, async () => {
      const hash = await blobs.put(bytes)
      expect(hash).toBe(contentHash(bytes))
      expect(await blobs.get(hash)).toEqual(bytes)
    })

    test(`the same content twice is one, also at the same time`, async () => {
      const hashes = await Promise.all([blobs.put(bytes), blobs.put(bytes), blobs.put(bytes)])
      expect(new Set(hashes).size).toBe(1)
      await blobs.remove(hashes[0]!)
      expect(await blobs.get(hashes[0]!)).toBeNull()
    })

    test(`an empty file and a large one`, async () => {
      for (const content of [new Uint8Array(0), new Uint8Array(1_000_000).fill(7)]) {
        expect(await blobs.get(await blobs.put(content))).toEqual(content)
      }
    })

    test(`what is not there is null to read and nothing to remove`, async () => {
      const hash = contentHash('nothing')
      expect(await blobs.get(hash)).toBeNull()
      await blobs.remove(hash)
    })

    test(`works within a transaction`, async () => {
      const hash = await opened.store.transaction((trx) => blobs.put(bytes, trx))
      expect(await blobs.get(hash)).toEqual(bytes)
      await opened.store.transaction((trx) => blobs.remove(hash, trx))
      expect(await blobs.get(hash)).toBeNull()
    })
  })

  test('folder: a half-written file of a crash is written anew, and no scraps stay', async () => {
    const { location } = await open()
    const folder = join(location.dataDir, 'blobs')
    const hash = contentHash('whole')
    const path = join(folder, hash.slice(0, 2), hash.slice(2))
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, 'wh')
    const blobs = new BlobFolder(folder)
    await blobs.put(Buffer.from('whole'))
    expect(Buffer.from((await blobs.get(hash))!).toString()).toBe('whole')
    expect(await readdir(dirname(path))).toEqual([hash.slice(2)])
  })

  test('folder: a name that is no hash reaches no other file', async () => {
    const { location } = await open()
    const blobs = new BlobFolder(join(location.dataDir, 'blobs'))
    await expect(blobs.get('../../kexie.db')).rejects.toThrow('not a SHA-256')
    await expect(blobs.remove('../../kexie.db')).rejects.toThrow('not a SHA-256')
  })
})
