import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { Operation } from '../../src/chat/outgoing.ts'
import { readIn, type SlackPerson } from '../fakes/slack-person.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { KeptIntake } from './platform-scene.ts'
import { layPictures, operationTo } from './sent-pictures.ts'
import { openSlack, type SlackStage } from './slack-stage.ts'

const opened = await openTestStore()
const laid = await layPictures(opened)
afterAll(() => opened.close())

let stage: SlackStage
let person: SlackPerson
let now = new Date('2026-03-02T01:00:00Z')
beforeEach(async () => {
  await opened.store.transaction((trx) => trx.deleteFrom('upload').execute())
  now = new Date('2026-03-02T01:00:00Z')
  stage = await openSlack('socket', new KeptIntake(), () => now, { outgoing: laid.outgoing })
  person = stage.join()
})
afterEach(() => stage.stop())

const send = (card: Card, changes: Partial<Operation> = {}) =>
  stage.platform.deliver(
    operationTo({ platform: 'slack', installation: 'T1', user: person.user }, card, changes),
  )
const seen = () => stage.fake.workspace.messages
const uploads = () => stage.fake.workspace.uploads
const last = () => JSON.stringify(seen().at(-1)?.blocks)

test('a picture stands in its message, uploaded once and shared into no chat by itself', async () => {
  const { message } = await send(laid.card)
  await send(laid.card, { id: 'picture:2' })
  expect(uploads().all).toMatchObject([{ name: 'standing.png', isPrivate: true, isShared: false }])
  expect(Buffer.compare(uploads().all[0]!.bytes!, laid.png)).toBe(0)
  expect(seen()).toHaveLength(2)
  expect(seen()[0]!.blocks).toContainEqual({
    ...{ type: 'image', slack_file: { id: uploads().all[0]!.id }, alt_text: '各单位提交情况：一分公司 3 件' },
  })
  await send(laid.card, { name: 'edit', message })
  expect(JSON.stringify(seen()[0]!.blocks)).toContain('slack_file')
})

test('a picture that Slack has not looked at yet is waited for, but not for ever', async () => {
  uploads().unseen.add('F1X')
  await expect(send(laid.card)).rejects.toMatchObject({ kind: 'later', wait: 3000 })
  expect(seen()).toEqual([])
  uploads().unseen.delete('F1X')
  await send(laid.card)
  expect(last()).toContain('slack_file')
  uploads().unseen.add('F1X')
  now = new Date(now.getTime() + 300_000)
  await send(laid.card, { id: 'picture:2' })
  expect(readIn(seen().at(-1)!.blocks)).toContain('https://bot.example/handed/t/standing.png')
  expect(readIn(seen().at(-1)!.blocks)).toContain('一分公司 3 件')
  // It is uploaded anew for the next message.
  await send(laid.card, { id: 'picture:3' })
  expect(uploads().all).toHaveLength(2)
  expect(last()).toContain('slack_file')
})

test('without the right its words and a link are in its place', async () => {
  uploads().isAllowed = false
  await send(laid.card)
  expect(readIn(seen().at(-1)!.blocks)).toContain('一分公司 3 件')
  expect(readIn(seen().at(-1)!.blocks)).toContain('https://bot.example/handed/t/standing.png')
  expect(stage.platform.health().refused).toMatchObject({ 'no-file': 1 })
})

test.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
  'a line that breaks at %s is tried once more, then the text goes out',
  async (method) => {
    stage.fake.workspace.fail(method, { body: null }, true)
    await expect(send(laid.card)).rejects.toMatchObject({ kind: 'later' })
    expect(seen()).toEqual([])
    stage.fake.workspace.fail(method, { body: null }, true)
    await send(laid.card)
    expect(readIn(seen().at(-1)!.blocks)).toContain('https://bot.example/handed/t/standing.png')
  },
)

test('a document is a message of its own, found again; beside other things it is a link', async () => {
  const made = await send(laid.document)
  expect(uploads().all.map(({ bytes }) => String(bytes))).toEqual(['%PDF-1.7 证书'])
  const account = { platform: 'slack', installation: 'T1', user: person.user }
  expect(await stage.platform.find(operationTo(account, laid.document))).toEqual(made)
  await send(laid.both, { id: 'picture:2' })
  expect(readIn(seen().at(-1)!.blocks)).toContain('https://bot.example/handed/t/1.pdf')
})
