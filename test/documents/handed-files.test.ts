import { expect, test } from 'vitest'
import { createHandedFiles } from '../../src/console/handed-files.ts'
import { forgetHanded, type HandedFor, handOver, revokeHanded } from '../../src/delivery/handed-files.ts'
import { createUploads } from '../../src/delivery/uploads.ts'
import { trustProxies } from '../../src/platforms/web/client-address.ts'
import { sweepBlobs } from '../../src/store/blob-use.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const now = new Date('2026-11-23T01:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 3600_000)
const png = { name: '进展 1.png', mediaType: 'image/png', bytes: Buffer.from('\u0089PNG 图') }

describeEachDatabase('files that the bot hands over', (open) => {
  test('have one address each, are read there, and are let go of after a year', async () => {
    const { store, blobs } = await open()
    const house = { blobs, publicUrl: () => 'https://bot.example' }
    const hand = (file = png, at = now) => store.transaction((trx) => handOver(trx, house, file, at))
    const pages = createHandedFiles({ store, blobs, clock: () => now, trustProxy: trustProxies([]) })
    const read = (url: string) => pages.request(new URL(url).pathname, {}, { incoming: { socket: {} } })
    const forget = (at: Date) =>
      store.transaction(async (trx) => {
        await forgetHanded(trx, at)
        await sweepBlobs(trx, blobs)
      })
    const made = await hand()
    expect(await hand()).toEqual(made)
    const renamed = await hand({ ...png, name: '2.png' })
    expect(renamed.blob).toBe(made.blob)
    expect(renamed.url).not.toBe(made.url)
    const shown = await read(made.url)
    expect(shown.status).toBe(200)
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(png.bytes)
    expect(shown.headers.get('Content-Disposition')).toBe(
      "inline; filename*=UTF-8''%E8%BF%9B%E5%B1%95%201.png",
    )
    // What is no picture is saved: nothing is run on our pages that somebody may have written.
    const page = await hand({ name: 'a.html', mediaType: 'text/html', bytes: Buffer.from('<script>') })
    expect((await read(page.url)).headers.get('Content-Disposition')).toMatch(/^attachment/)
    expect((await read('https://bot.example/handed/nowhere/1.png')).status).toBe(404)

    const uploads = createUploads(store)
    await uploads.keep('feishu cli_1', `picture ${made.blob}`, { key: 'img_1', at: now })
    await uploads.keep('feishu cli_1', `picture ${made.blob}`, { key: 'img_2', at: now })
    expect(await uploads.find('feishu cli_1', `picture ${made.blob}`)).toEqual({ key: 'img_2', at: now })
    // Handed over once more, it is kept from then on.
    await hand(png, inDays(100))
    await forget(inDays(450))
    expect((await read(made.url)).status).toBe(200)
    expect((await read(renamed.url)).status).toBe(404)
    await forget(inDays(501))
    expect((await read(made.url)).status).toBe(404)
    expect(await blobs.get(made.blob)).toBeNull()
    expect(await uploads.find('feishu cli_1', `picture ${made.blob}`)).toBeNull()
  })

  test('that belong to a matter end with it, and what is confidential soon; any media type is read', async () => {
    const { store, blobs } = await open()
    const house = { blobs, publicUrl: () => 'https://bot.example' }
    const hand = (belongs?: HandedFor, mediaType = 'image/png') =>
      store.transaction((trx) => handOver(trx, house, { ...png, mediaType }, now, belongs))
    let clock = now
    const pages = createHandedFiles({ store, blobs, clock: () => clock, trustProxy: trustProxies([]) })
    const read = (url: string) => pages.request(new URL(url).pathname, {}, { incoming: { socket: {} } })
    const [soon, again] = [
      await hand({ matter: 'a', ends: 'soon' }),
      await hand({ matter: 'a', ends: 'soon' }),
    ]
    expect(again.url).not.toBe(soon.url)
    const shared = await hand({ matter: 'b', ends: 'with-matter' })
    expect(await hand({ matter: 'b', ends: 'with-matter' })).toEqual(shared)
    const others = await hand()
    expect((await read(soon.url)).headers.get('Cache-Control')).toBe('private, no-store')
    clock = inDays(4)
    expect((await read(soon.url)).status).toBe(404)
    expect((await read(shared.url)).status).toBe(200)
    await store.transaction(async (trx) => {
      await revokeHanded(trx, 'b')
      await forgetHanded(trx, clock)
      await sweepBlobs(trx, blobs)
    })
    expect((await read(shared.url)).status).toBe(404)
    const left = await store.db.selectFrom('handed_file').select('matter').execute()
    expect(left).toEqual([{ matter: '' }])
    // The same file lies elsewhere still.
    expect((await read(others.url)).status).toBe(200)

    for (const type of ['text/中文', 'text/html\r\nX-A: b', '']) {
      const odd = await read((await hand({ matter: type, ends: 'with-matter' }, type)).url)
      expect([odd.status, odd.headers.get('Content-Type')]).toEqual([200, 'application/octet-stream'])
    }
  })
})
