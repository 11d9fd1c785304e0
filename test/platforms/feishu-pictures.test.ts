import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { Operation } from '../../src/chat/outgoing.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { type FeishuStage, openFeishuStage, read } from './feishu-stage.ts'
import { KeptIntake } from './platform-scene.ts'
import { layPictures, operationTo } from './sent-pictures.ts'

const opened = await openTestStore()
const laid = await layPictures(opened)
afterAll(() => opened.close())

let stage: FeishuStage
const open = () =>
  openFeishuStage(opened, new KeptIntake(), () => new Date('2026-03-02T01:00:00Z'), 'ws', {
    outgoing: laid.outgoing,
  })
beforeEach(async () => {
  await opened.store.transaction((trx) => trx.deleteFrom('upload').execute())
  stage = await open()
})
afterEach(() => stage.close())

const account = { platform: 'feishu', installation: 'tenant-1', user: 'on_zhang' }
const send = (card: Card, changes: Partial<Operation> = {}) =>
  stage.platform.deliver(operationTo(account, card, changes))
const shown = () => JSON.stringify(stage.server.messages.at(-1)?.card)
const uploads = () => stage.server.calls.filter((call) => /im\/v1\/(?:images|files)$/.test(call))
const cut = (path: string) => (call: string) =>
  call.endsWith(path) ? { status: 0, body: {}, line: 'cut' as const } : undefined

test('a picture stands in its card, uploaded once for all who get it', async () => {
  await Promise.all([send(laid.card), send(laid.card, { id: 'picture:2' })])
  const { message } = await send(laid.card, { id: 'picture:3' })
  expect(uploads()).toHaveLength(1)
  expect([...stage.server.handed.pictures.values()].map((png) => Buffer.compare(png, laid.png))).toEqual([0])
  expect(shown()).toContain('"img_key":"img_v3_1"')
  expect(shown()).toContain('一分公司 3 件')
  await send(laid.card, { name: 'edit', message })
  expect(stage.server.messages.at(-1)).toMatchObject({ edits: 1 })
  expect(shown()).toContain('"img_key":"img_v3_1"')
  expect(uploads()).toHaveLength(1)
})

test('what was uploaded is not uploaded again by a process that begins anew', async () => {
  stage.server.fate = (call) =>
    call === 'POST /open-apis/im/v1/messages' ? { status: 0, body: {}, line: 'cut' } : undefined
  await expect(send(laid.card)).rejects.toMatchObject({ kind: 'unknown' })
  expect(uploads()).toHaveLength(1)
  const { handed } = stage.server
  await stage.close()
  stage = await open()
  // It is the same Feishu.
  for (const [key, png] of handed.pictures) stage.server.handed.pictures.set(key, png)
  await send(laid.card)
  expect(uploads()).toEqual([])
  expect(shown()).toContain('"img_key":"img_v3_1"')
})

test.each([
  [
    'without the scope',
    () => {
      stage.server.handed.isAllowed = false
    },
  ],
  [
    'where the picture lies there no more',
    async () => {
      const { place, what } = await knownAs()
      await laid.outgoing.uploads.keep(place, what, { key: 'img_v3_99', at: new Date(0) })
    },
  ],
])('%s its words and a link are in its place, and the text stays', async (_, prepare) => {
  await prepare()
  await send(laid.card)
  expect(read(stage.server.messages[0]!.card)).toContain('截至今天')
  expect(read(stage.server.messages[0]!.card)).toContain('一分公司 3 件')
  expect(shown()).toContain('https://bot.example/handed/t/standing.png')
  expect(shown()).not.toContain('img_key')
})

test('a line that breaks is tried once more, then the text goes out without the picture', async () => {
  stage.server.fate = cut('/im/v1/images')
  await expect(send(laid.card)).rejects.toMatchObject({ kind: 'later' })
  expect(stage.server.messages).toEqual([])
  await send(laid.card)
  expect(shown()).toContain('https://bot.example/handed/t/standing.png')
  stage.server.fate = null
  await send(laid.card, { id: 'picture:2' })
  expect(shown()).toContain('"img_key"')
})

test('a document is a message of its own; beside other things it is a link', async () => {
  await send(laid.document)
  expect(stage.server.messages).toMatchObject([{ card: { content: '证书.pdf' } }])
  expect(stage.server.handed.all[0]).toMatchObject({ name: '证书.pdf', text: '%PDF-1.7 证书' })
  await send(laid.document, { id: 'picture:2' })
  expect(uploads()).toHaveLength(1)
  await send(laid.both, { id: 'picture:3' })
  expect(shown()).toContain('https://bot.example/handed/t/1.pdf')
  expect(shown()).toContain('"img_key"')
})

/** Under which name the store knows the picture. */
async function knownAs() {
  await send(laid.card, { id: 'picture:before' })
  const { place, what } = await opened.store.db
    .selectFrom('upload')
    .selectAll()
    .where('what', 'like', 'picture%')
    .executeTakeFirstOrThrow()
  await stage.close()
  stage = await open()
  return { place, what }
}
