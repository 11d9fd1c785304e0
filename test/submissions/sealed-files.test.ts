import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { IncomingFile } from '../../src/chat/incoming.ts'
import { createRecordsDesk } from '../../src/features/submissions/desk/records-desk.ts'
import { sweepDrafts } from '../../src/forms/drafts.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createSealedFiles } from '../../src/seal/sealed-files.ts'
import { receivingBlobs, sweepBlobs } from '../../src/store/blob-use.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { dumpDatabase, placesHolding } from './dump-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

const opinion = {
  naming: 'hidden',
  title: '夜班没有热饭',
  area: 'living',
  text: '食堂关门早，夜班没有热饭。',
  wish: '请延长供餐。',
}
const rightsCase = {
  naming: 'hidden',
  title: '专利署名被漏',
  right: 'authorship',
  text: '申报时漏了我的名字，有会议记录为证。',
  wish: '请核实并更正发明人。',
}
const secret = '照片里的泡面凉透'

describeEachDatabase('files of what lies encrypted', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** As it comes from a platform: put in the open, before anybody knows for what it is. */
  async function arrive(name: string, text: string): Promise<IncomingFile> {
    const bytes = Buffer.from(text)
    const blob = await receivingBlobs(house.store, house.blobs).put(bytes)
    return { name, type: 'image/png', size: bytes.length, blob }
  }

  async function sendInWith(
    user: string,
    name: string,
    { kind = 'opinion', values = opinion as Record<string, string>, text = secret } = {},
  ) {
    const opened = await house.click(user, { action: 'submissions.begin', value: { kind } })
    const sent = await arrive(name, text)
    await house.type(user, '', { files: [sent] })
    await house.fillIn(user, opened, values)
    await house.settle()
    return { sent, row: (await house.rows()).at(-1)! }
  }

  const desk = () => createRecordsDesk(house.context, {}, () => Promise.reject() as never)
  const visitor = (user: string) => ({ person: house.people[user]!, language: 'zh-CN' as const })
  const fileFor = (user: string, id: string) => desk().file(visitor(user), id, 0)
  async function readBy(user: string, id: string): Promise<string | null> {
    const bytes = await house.context.files.read(await fileFor(user, id))
    return bytes && Buffer.from(bytes).toString()
  }
  async function sweepAt(instant: string): Promise<void> {
    house.time.now = new Date(instant)
    const { store, context, blobs } = house
    await store.transaction((trx) => sweepDrafts(trx, context, house.time.now))
    await store.transaction((trx) => sweepBlobs(trx, blobs))
  }

  /** A message that was taken and that nobody has come to yet. */
  async function queue(file: IncomingFile): Promise<void> {
    const now = house.time.now.toISOString()
    const row = {
      ...{ key: 'waiting', platform: 'other', chat: 'other', conversation: 'other' },
      ...{ state: 'waiting' as const, attempts: 0, claims: 0, due_at: now, received_at: now },
      payload: JSON.stringify({ files: [file] }),
    }
    await house.store.transaction(async (trx) => {
      await trx.insertInto('inbox').values(row).execute()
    })
  }

  /** Whether a word lies in the open: in a column, or in a file beside the database. */
  async function liesOpen(...words: string[]): Promise<string[]> {
    const found = placesHolding(await dumpDatabase(house.store), words)
    const folder = join(house.location.dataDir, 'blobs')
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries.filter((one) => one.isFile())) {
      const bytes = await readFile(join(entry.parentPath, entry.name))
      if (words.some((word) => bytes.includes(word))) found.push(entry.name)
    }
    return found
  }

  test('lie nowhere in the open from the draft on, neither what they hold nor how they are called', async () => {
    house = await openSubmissionsHouse(open)
    const sent = await arrive('李四的工位.png', secret)
    expect(await liesOpen(secret)).not.toEqual([])
    const opened = await house.click('张三', { action: 'submissions.begin', value: { kind: 'opinion' } })
    await house.type('张三', '', { files: [sent] })
    expect(await house.blobs.get(sent.blob)).toBeNull()
    expect(await liesOpen(secret, '李四的工位')).toEqual([])
    await house.fillIn('张三', opened, opinion)
    await house.settle()
    await sweepAt('2026-06-01T01:00:00Z')
    expect(await liesOpen(secret, '李四的工位')).toEqual([])
    const [row] = await house.rows()
    expect(JSON.stringify(house.cardsOf('李梅').at(-1))).toContain('李四的工位.png')
    expect((await fileFor('李梅', row!.id)).blob).not.toBe(sent.blob)
    expect(await readBy('李梅', row!.id)).toBe(secret)
  })

  test('are opened by those alone who may read the record', async () => {
    house = await openSubmissionsHouse(open)
    const { row } = await sendInWith('张三', '热饭.png')
    for (const user of ['张三', '李梅', '何总', '吴主席']) expect(await readBy(user, row.id)).toBe(secret)
    for (const user of ['陈晨', '褚工', '外人'])
      await expect(fileFor(user, row.id)).rejects.toMatchObject({ key: 'submissions:gone' })
  })

  test('of a rights case are opened by its officer and whoever sent it in, by no leader and no administrator', async () => {
    house = await openSubmissionsHouse(open)
    await house.store.transaction((trx) =>
      addMembership(trx, { person: house.people.褚工!, organisation: house.people.branch!, role: 'rights' }),
    )
    const { row } = await sendInWith('张三', '记录.png', { kind: 'rights-case', values: rightsCase })
    for (const user of ['张三', '褚工']) expect(await readBy(user, row.id)).toBe(secret)
    for (const user of ['李梅', '何总', '周建国'])
      await expect(fileFor(user, row.id)).rejects.toMatchObject({ key: 'submissions:gone' })
  })

  test('are gone with the key, and swept from the disk', async () => {
    house = await openSubmissionsHouse(open)
    const { row } = await sendInWith('张三', '热饭.png')
    const file = await fileFor('李梅', row.id)
    const copy = await house.blobs.get(file.blob)
    await house.act('张三', row.number, 'erase', { sure: 'yes' })
    expect(await house.context.files.read(file)).toBeNull()
    await sweepAt('2026-03-04T19:00:00Z')
    expect(await house.blobs.get(file.blob)).toBeNull()
    // Also from a copy of the folder nobody reads it again.
    await house.blobs.put(copy!)
    expect(await house.context.files.read(file)).toBeNull()
    await expect(fileFor('张三', row.id)).rejects.toMatchObject({ key: 'submissions:gone' })
  })

  test('that come later lie under the record’s own key, and are erased with it', async () => {
    house = await openSubmissionsHouse(open)
    const { row } = await sendInWith('张三', '旧.png', {
      kind: 'proposal',
      values: { ...proposal, naming: 'hidden' },
    })
    const before = await fileFor('李梅', row.id)
    await house.act('李梅', row.number, 'return', { reason: '请补一张清楚的图。' })
    const { id, stage, number } = await house.row(row.number)
    const value = { submission: id, action: 'resubmit', seen: String(stage) }
    const opened = await house.click('张三', { action: 'submissions.act', value })
    await house.type('张三', '', { files: [await arrive('新.png', `新的${secret}`)] })
    await house.fillIn('张三', opened, {})
    await house.settle()
    const after = await fileFor('李梅', id)
    expect(after).toMatchObject({ name: '新.png', sealedUnder: before.sealedUnder })
    expect(await readBy('李梅', id)).toBe(`新的${secret}`)
    expect(await liesOpen(secret)).toEqual([])
    await sweepAt('2026-03-04T19:00:00Z')
    expect(await house.blobs.get(before.blob)).toBeNull()
    await house.act('周建国', number, 'erase', { sure: 'yes' })
    expect(await house.context.files.read(after)).toBeNull()
  })

  test('lie open again where a proposal is signed after all', async () => {
    house = await openSubmissionsHouse(open)
    const opened = await house.click('张三', { action: 'submissions.begin', value: { kind: 'proposal' } })
    const sent = await arrive('夹具.png', '一张图')
    await house.type('张三', '', { files: [sent] })
    expect(await house.blobs.get(sent.blob)).toBeNull()
    await house.fillIn('张三', opened, { ...proposal, naming: 'signed' })
    await house.settle()
    await sweepAt('2026-06-01T01:00:00Z')
    const [row] = await house.rows()
    expect(await fileFor('陈晨', row!.id).catch(({ key }: { key: string }) => key)).toBe('submissions:gone')
    expect(await fileFor('李梅', row!.id)).toEqual(sent)
    expect(await readBy('李梅', row!.id)).toBe('一张图')
  })

  test('are refused where another file was put in their place, of the same record or not', async () => {
    house = await openSubmissionsHouse(open)
    const { row } = await sendInWith('张三', '热饭.png')
    const file = await fileFor('李梅', row.id)
    const { files } = house.context
    const plain = await arrive('别的.png', '别的内容')
    const other = await house.store.transaction((trx) => files.seal(trx, file.sealedUnder!, plain))
    const { store, blobs, context } = house
    const exchanged = createSealedFiles({
      ...{ store, sealer: context.sealer },
      blobs: { ...receivingBlobs(store, blobs), get: () => blobs.get(other.blob) },
    })
    await expect(exchanged.read(file)).rejects.toThrow('another file lies in its place')
    expect(Buffer.from((await files.read(other))!).toString()).toBe('别的内容')
  })

  test('of a draft that nobody goes on with are gone with it, key and all', async () => {
    house = await openSubmissionsHouse(open)
    await house.click('张三', { action: 'submissions.begin', value: { kind: 'opinion' } })
    await house.type('张三', '', { files: [await arrive('热饭.png', secret)] })
    const held = await house.store.db.selectFrom('blob_use').selectAll().execute()
    expect(held.map(({ used_by }) => used_by.split(' ')[0])).toEqual(['draft'])
    await sweepAt('2026-06-01T01:00:00Z')
    expect(await house.blobs.get(held[0]!.hash)).toBeNull()
    expect(await house.store.db.selectFrom('seal_key').selectAll().execute()).toEqual([])
  })

  test('that nothing took up are swept, but not before the message that brings them is worked', async () => {
    house = await openSubmissionsHouse(open)
    const sent = await arrive('热饭.png', secret)
    await house.type('陈晨', '', { files: [sent] })
    await sweepAt('2026-03-02T19:00:00Z')
    expect(await house.blobs.get(sent.blob)).toBeNull()
    const waiting = await arrive('等待.png', '还没有处理')
    await queue(waiting)
    await sweepAt('2026-03-03T19:00:00Z')
    expect(await house.blobs.get(waiting.blob)).not.toBeNull()
    await house.store.transaction(async (trx) => {
      await trx.updateTable('inbox').set({ state: 'done', payload: '{}' }).execute()
    })
    await sweepAt('2026-03-04T19:00:00Z')
    expect(await house.blobs.get(waiting.blob)).toBeNull()
  })

  test('that are no longer there are asked for again, and what was filled in stays', async () => {
    house = await openSubmissionsHouse(open)
    const opened = await house.click('张三', { action: 'submissions.begin', value: { kind: 'opinion' } })
    const sent = await arrive('热饭.png', secret)
    await house.blobs.remove(sent.blob)
    expect(JSON.stringify(await house.type('张三', '', { files: [sent] }))).toContain('请重新发送')
    await house.fillIn('张三', opened, opinion)
    await house.settle()
    expect(await house.rows()).toHaveLength(1)
  })
})
