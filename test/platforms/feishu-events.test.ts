import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IncomingMessage } from '../../src/chat/incoming.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { botOpenId } from '../fakes/feishu-api.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { FeishuPerson, type FeishuStage, openFeishuStage, read } from './feishu-stage.ts'
import { answerTo, KeptIntake } from './platform-scene.ts'

const opened = await openTestStore()
afterAll(opened.close)

let intake: KeptIntake
let stage: FeishuStage
let now: Date
let person: FeishuPerson
beforeEach(async () => {
  now = new Date('2026-03-02T01:02:03Z')
  intake = new KeptIntake()
  stage = await openFeishuStage(opened, intake, () => now, 'ws', {
    patience: { watch: 20, ping: 0.3 },
  })
  person = new FeishuPerson(stage.server, stage.push)
})
afterEach(() => stage.close())

const received = (event: object, options?: { id?: string; pieces?: number }) =>
  stage.push('im.message.receive_v1', event, options)

describe('a message', () => {
  test('in pieces is put together', async () => {
    const long = '长'.repeat(5000)
    expect((await received(person.event(long), { pieces: 7 })).code).toBe(200)
    expect(intake.messages[0]!.text).toBe(long)
  })

  test('is acknowledged when it is stored, not before', async () => {
    const gate = Promise.withResolvers<void>()
    intake.storing = () => gate.promise
    let acknowledged = false
    const pushed = received(person.event('问')).then(({ code }) => {
      acknowledged = true
      return code
    })
    await expect.poll(() => stage.server.calls.includes('GET /open-apis/bot/v3/info')).toBe(true)
    await new Promise(setImmediate)
    expect(acknowledged).toBe(false)
    gate.resolve()
    expect(await pushed).toBe(200)
  })

  test('that is pushed again is named by its own id, whatever the event’s is', async () => {
    const event = person.event('问')
    await received(event, { id: 'event-1' })
    now = new Date(now.getTime() + 6 * 3_600_000)
    await received(event, { id: 'event-2' })
    const [first, second] = intake.messages as [IncomingMessage, IncomingMessage]
    expect(second.id).toBe(first.id)
    expect(second.account).toEqual(first.account)
  })

  test('that could not be stored is answered by 500, told, and taken when it is pushed again', async () => {
    const event = person.event('问')
    intake.storing = () => Promise.reject(new PlainError('chat:busy'))
    expect((await received(event)).code).toBe(500)
    expect((await received(event)).code).toBe(500)
    // Of two failures the person is told once.
    expect(person.messages()).toHaveLength(1)
    intake.storing = async () => {}
    expect((await received(event)).code).toBe(200)
    expect(intake.messages).toHaveLength(1)
  })

  test('in a group counts where it mentions the bot, and is in the thread of its question', async () => {
    const member = new FeishuPerson(stage.server, stage.push, { group: 'oc_group' })
    const other = { key: '@_user_1', id: { open_id: 'ou_other', union_id: 'on_other' }, name: '李梅' }
    const bot = { key: '@_user_10', id: { open_id: botOpenId }, name: '科协助手' }
    const said = (text: string) => JSON.stringify({ text })
    await member.say('谁都没提到', { mention: false })
    await member.say('', { mentions: [other], content: said('@_user_1 看看') })
    await member.say('', { mentions: [], content: said('@_all 开会') })
    expect(intake.messages).toEqual([])
    await member.say('', {
      mentions: [other, bot],
      content: said('@_user_10 请告诉@_user_1 怎么办'),
      message_id: 'om_1',
    })
    await member.say('接着问', { root: 'om_1' })
    expect(intake.messages.map(({ text }) => text)).toEqual(['请告诉@李梅 怎么办', '接着问'])
    for (const { conversation, group } of intake.messages) {
      expect(conversation).toMatchObject({ chat: 'oc_group', thread: 'om_1' })
      expect(group).toBe(true)
    }
  })

  test('of a bot, or of our own, is left alone', async () => {
    const event = person.event('问')
    await received({ ...event, sender: { ...event.sender, sender_type: 'app' } })
    expect(intake.messages).toEqual([])
  })

  test('of rich text is read with its images, and files are kept', async () => {
    stage.server.files.set('img_1', { bytes: Buffer.from('image'), type: 'image/png' })
    stage.server.files.set('file_1', { bytes: Buffer.from('paper'), type: 'application/pdf' })
    const lines = [
      [
        { tag: 'text', text: '看图' },
        { tag: 'a', text: '链接', href: 'https://a.example' },
      ],
      [{ tag: 'img', image_key: 'img_1' }],
    ]
    await person.say('', { message_type: 'post', content: JSON.stringify({ title: '题', content: lines }) })
    const file = JSON.stringify({ file_key: 'file_1', file_name: '方案.pdf' })
    await person.say('', { message_type: 'file', content: file })
    const [post, paper] = intake.messages as [IncomingMessage, IncomingMessage]
    expect(post.text).toBe('题\n看图链接')
    expect(post.files).toMatchObject([{ name: 'image-1.png', type: 'image/png', size: 5 }])
    expect(paper.files).toMatchObject([{ name: '方案.pdf', type: 'application/pdf', size: 5 }])
    expect(Buffer.from((await opened.blobs.get(paper.files![0]!.blob))!).toString()).toBe('paper')
  })

  test('that cannot be read, or whose file is too large or gone, is answered in plain words', async () => {
    stage.server.files.set('file_large', { bytes: Buffer.alloc(21 * 1024 * 1024), type: 'application/zip' })
    const file = (key: string) => JSON.stringify({ file_key: key, file_name: '大.zip' })
    await person.say('', { message_type: 'audio', content: '{"file_key":"a"}', message_id: 'om_a' })
    await person.say('', { message_type: 'file', content: file('file_large'), message_id: 'om_b' })
    await person.say('', { message_type: 'file', content: file('file_gone'), message_id: 'om_c' })
    expect(intake.messages).toEqual([])
    const cards = JSON.stringify(intake.told)
    for (const words of ['目前只能阅读文字', '超过 20 MB', '文件没有收到']) expect(cards).toContain(words)
  })
})

describe('other events', () => {
  test('an entry of the menu is its command; the first look into the chat is welcomed, once', async () => {
    const operator = { operator_name: '张三', operator_id: person.ids }
    await stage.push(
      'application.bot.menu_v6',
      { operator, event_key: 'tasks', timestamp: 1 },
      { id: 'menu-1' },
    )
    expect(intake.messages).toMatchObject([
      { id: 'event:menu-1', text: '我的待办', conversation: { chat: person.union } },
    ])
    for (const id of ['a', 'b']) {
      await stage.push('im.chat.access_event.bot_p2p_chat_entered_v1', { operator_id: person.ids }, { id })
    }
    const welcomes = intake.told.filter(({ id }) => id.includes(person.union))
    expect(welcomes).toHaveLength(1)
    expect(JSON.stringify(welcomes[0]!.card)).toContain('欢迎使用')
  })

  test('nothing more is sent for a question that was withdrawn', async () => {
    await person.say('问', { message_id: 'om_back' })
    stage.server.withdrawn.add('om_back')
    expect(
      (await stage.push('im.message.recalled_v1', { message_id: 'om_back', chat_id: 'oc_1' })).code,
    ).toBe(200)
    expect(intake.withdrawn).toEqual(['om_back'])
    const answer = answerTo(intake.messages[0]!, { tone: 'answer', blocks: [{ type: 'note', text: '答' }] })
    await expect(stage.platform.deliver(answer)).rejects.toMatchObject({ kind: 'gone' })
    expect(person.messages()).toEqual([])
  })
})

describe('a click', () => {
  const card = {
    tone: 'answer' as const,
    blocks: [{ type: 'buttons' as const, buttons: [{ label: '按', action: 'a.b', value: { k: 'v' } }] }],
  }

  test('in a group is in the thread of the card, by whoever pressed', async () => {
    const member = new FeishuPerson(stage.server, stage.push, { group: 'oc_group' })
    const other = new FeishuPerson(stage.server, stage.push, { group: 'oc_group' })
    await member.say('问', { message_id: 'om_1' })
    await stage.platform.deliver(answerTo(intake.messages[0]!, card))
    await other.click('按')
    expect(intake.interactions[0]).toMatchObject({
      account: { user: other.union },
      conversation: intake.messages[0]!.conversation,
      group: true,
      message: member.messages()[0]!.id,
    })
  })

  test('on what is no button of ours changes nothing and is counted', async () => {
    const { code } = await stage.push('card.action.trigger', {
      operator: person.ids,
      action: { value: { action: 'a.b' } },
      context: { open_chat_id: 'oc_1' },
    })
    expect(code).toBe(200)
    expect(intake.interactions).toEqual([])
    expect(stage.platform.health().refused).toEqual({ malformed: 1 })
  })
})

describe('sending', () => {
  const note = { tone: 'info' as const, blocks: [{ type: 'note' as const, text: '好' }] }
  const limited = { code: 230020, msg: 'limited' }

  test.each([
    [{ status: 400, body: limited, headers: { 'x-ogw-ratelimit-reset': '3' } }, 'later', 3000],
    [{ status: 429, body: {}, headers: { 'x-ogw-ratelimit-reset': '7' } }, 'later', 7000],
    [{ status: 400, body: { code: 99991400 } }, 'later', undefined],
    [{ status: 200, body: { code: 11232 } }, 'later', undefined],
    [{ status: 400, body: { code: 230011 } }, 'gone', undefined],
    [{ status: 400, body: { code: 200860 } }, 'bad-input', undefined],
    [{ status: 400, body: { code: 99991663 } }, 'later', undefined],
    [{ status: 500, body: {} }, 'unknown', undefined],
  ])('understands %j', async (failure, kind, wait) => {
    await person.say('问')
    stage.server.failures.push(failure)
    await expect(stage.platform.deliver(answerTo(intake.messages[0]!, note))).rejects.toMatchObject({
      kind,
      wait,
    })
  })

  test('again, where the first try was made and not answered, is seen once', async () => {
    await person.say('问')
    const operation = answerTo(intake.messages[0]!, note)
    stage.server.failures.push({ status: 502, body: {}, after: true })
    await expect(stage.platform.deliver(operation)).rejects.toMatchObject({ kind: 'unknown' })
    await stage.platform.deliver(operation)
    expect(person.messages()).toHaveLength(1)
    expect(read(person.messages()[0]!.card)).toBe('好')
  })

  test('a limit of the chat asks for patience', async () => {
    stage.server.perSecond = 5
    await person.say('问')
    for (let at = 0; at < 5; at += 1) await stage.platform.deliver(answerTo(intake.messages[0]!, note))
    await expect(stage.platform.deliver(answerTo(intake.messages[0]!, note))).rejects.toMatchObject({
      ...{ kind: 'later', wait: 1000 },
    })
  })
})

describe('the long connection', () => {
  test('that breaks is made anew, and what was not acknowledged is taken then', async () => {
    const event = person.event('问')
    const gate = Promise.withResolvers<void>()
    intake.storing = () => gate.promise
    void received(event)
    await expect.poll(() => stage.server.connections().length).toBe(1)
    for (const connection of stage.server.connections()) connection.cut()
    gate.resolve()
    await expect.poll(() => stage.platform.health().reconnects, { timeout: 5000 }).toBe(1)
    expect((await received(event)).code).toBe(200)
    expect(new Set(intake.messages.map(({ id }) => id)).size).toBe(1)
    expect(stage.platform.health().connected).toBe(true)
  })

  test('that is half open is found out by its unanswered ping, and made anew', async () => {
    stage.server.pingInterval = 0.6
    for (const connection of stage.server.connections()) connection.cut()
    await expect.poll(() => stage.platform.health().reconnects, { timeout: 5000 }).toBe(1)
    stage.server.connections().at(-1)!.freeze()
    await expect.poll(() => stage.platform.health().reconnects, { timeout: 5000 }).toBeGreaterThan(1)
    expect((await received(person.event('问'))).code).toBe(200)
  })

  test('that the SDK gave up is begun again by our own watch', async () => {
    stage.server.endpointFailure = { code: 1, msg: 'system busy' }
    for (const connection of stage.server.connections()) connection.cut()
    await expect.poll(() => stage.platform.health().connected, { timeout: 5000 }).toBe(false)
    await expect.poll(() => stage.logged.length, { timeout: 5000 }).toBeGreaterThan(0)
    stage.server.endpointFailure = null
    await expect.poll(() => stage.platform.health().connected, { timeout: 5000 }).toBe(true)
    expect((await received(person.event('问'))).code).toBe(200)
  })
})

test('a secret that is not the app’s ends the start in plain words', async () => {
  const wrong = openFeishuStage(opened, intake, () => now, 'ws', { appSecret: 'wrong' })
  await expect(wrong).rejects.toMatchObject({ key: 'feishu:refused' })
})

test('nothing that is logged holds a secret or what was said', async () => {
  intake.storing = () => Promise.reject(new TypeError('a defect'))
  await person.say('我的手机号是 13800000000')
  stage.server.failures.push({ status: 500, body: {} })
  const all = [...stage.logged, ...stage.warned].join('\n')
  expect(all).not.toMatch(/13800000000|secret-of-the-app|t-tenant-token/)
})
