import { afterEach, expect, test } from 'vitest'
import { createRecordsDesk } from '../../src/features/submissions/desk/records-desk.ts'
import { sweepDrafts } from '../../src/forms/drafts.ts'
import { sweepBlobs } from '../../src/store/blob-use.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

describeEachDatabase('files that come with a submission', (open) => {
  let house: SubmissionsHouse
  let blobs: ReturnType<typeof openBlobs>
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const begin = async () => {
    let at: Parameters<typeof openBlobs>[1] | undefined
    house = await openSubmissionsHouse(async (options) => {
      const opened = await open(options)
      at = opened.location
      return opened
    })
    blobs = openBlobs(house.store, at!)
  }
  const fileOf = async (name: string, text: string) => {
    const bytes = Buffer.from(text)
    return { name, type: 'image/png', size: bytes.length, blob: await blobs.put(bytes) }
  }
  /** Fills the form in up to its last look, with a file sent as a message, and sends it in. */
  const sendInWith = async (user: string, name: string, text: string) => {
    const file = await fileOf(name, text)
    const opened = await house.click(user, { action: 'submissions.begin', value: { kind: 'proposal' } })
    await house.type(user, '', { files: [file] })
    await house.fillIn(user, opened, proposal)
    await house.settle()
    return { file, row: (await house.rows()).at(-1)! }
  }
  /** Drops old drafts, then what nothing holds. */
  const sweepAt = async (instant: string) => {
    house.time.now = new Date(instant)
    const { store, context } = house
    await store.transaction((trx) => sweepDrafts(trx, context, house.time.now))
    await store.transaction((trx) => sweepBlobs(trx, blobs))
  }
  const desk = () => createRecordsDesk(house.context, {}, () => Promise.reject() as never)
  const filesSeenBy = async (user: string, id: string) =>
    (await desk().show({ person: house.people[user]!, language: 'zh-CN' }, id)).files.map(({ name }) => name)
  const opens = async (user: string, id: string, at = 0) =>
    desk().file({ person: house.people[user]!, language: 'zh-CN' }, id, at)

  test('outlive the draft in which they came, and are opened by those who work on it and its author alone', async () => {
    await begin()
    const { file, row } = await sendInWith('张三', '夹具.png', '一张图')
    expect(JSON.stringify(house.cardsOf('李梅').at(-1))).toContain('夹具.png')
    await sweepAt('2026-06-01T01:00:00Z')
    expect(Buffer.from((await blobs.get(file.blob))!).toString()).toBe('一张图')
    for (const user of ['张三', '李梅', '何总', '吴主席']) {
      expect(await filesSeenBy(user, row.id)).toEqual(['夹具.png'])
      expect(await opens(user, row.id)).toMatchObject({ name: '夹具.png', blob: file.blob })
    }
    expect(await filesSeenBy('陈晨', row.id)).toEqual([])
    for (const at of [0, 1, -1, Number.NaN])
      await expect(opens('陈晨', row.id, at)).rejects.toMatchObject({ key: 'submissions:gone' })
    await expect(opens('李梅', row.id, 1)).rejects.toMatchObject({ key: 'submissions:gone' })
    await expect(opens('李梅', 'constructor')).rejects.toMatchObject({ key: 'submissions:gone' })
  })

  test('are removed with a draft that nobody went on with, unless something else holds the same', async () => {
    await begin()
    const { file } = await sendInWith('张三', '夹具.png', '一张图')
    const alone = await fileOf('草稿.png', '没有提交的图')
    await house.click('陈晨', { action: 'submissions.begin', value: { kind: 'proposal' } })
    await house.type('陈晨', '', { files: [alone, await fileOf('同样.png', '一张图')] })
    // A draft that may yet be hidden keeps them encrypted.
    const held = await house.store.db.selectFrom('blob_use').selectAll().execute()
    const drafts = held.filter(({ used_by }) => used_by.startsWith('draft')).map(({ hash }) => hash)
    expect(drafts).toHaveLength(2)
    await sweepAt('2026-03-20T01:00:00Z')
    for (const hash of drafts) expect(await blobs.get(hash)).not.toBeNull()
    await sweepAt('2026-06-01T01:00:00Z')
    for (const hash of [...drafts, alone.blob]) expect(await blobs.get(hash)).toBeNull()
    expect(await blobs.get(file.blob)).not.toBeNull()
  })

  test('that come in place of others let go of those', async () => {
    await begin()
    const { file, row } = await sendInWith('张三', '旧.png', '旧图')
    const asked = await house.click('张三', {
      action: 'submissions.act',
      value: { submission: row.id, action: 'edit', seen: String(row.stage) },
    })
    const next = await fileOf('新.png', '新图')
    await house.type('张三', '', { files: [next] })
    await house.fillIn('张三', asked, {})
    await house.settle()
    expect(await filesSeenBy('李梅', row.id)).toEqual(['新.png'])
    await sweepAt('2026-06-01T01:00:00Z')
    expect(await blobs.get(file.blob)).toBeNull()
    expect(await blobs.get(next.blob)).not.toBeNull()
  })
})
