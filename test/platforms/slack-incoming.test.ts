import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Card, plain } from '../../src/chat/card.ts'
import type { FormView } from '../../src/chat/form-view.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { translate } from '../../src/messages/translate.ts'
import { readIn, type SlackPerson } from '../fakes/slack-person.ts'
import { answerTo, KeptIntake } from './platform-scene.ts'
import { openSlack, type SlackStage } from './slack-stage.ts'

let intake: KeptIntake
let stage: SlackStage
let person: SlackPerson

beforeEach(async () => {
  intake = new KeptIntake()
  stage = await openSlack('socket', intake)
  person = stage.join()
  workspace = stage.fake.workspace
})
afterEach(() => stage.stop())

const mention = '<@UBOT>'
const card = (...labels: string[]): Card => ({
  tone: 'answer',
  blocks: [
    { type: 'text', runs: plain('答') },
    {
      type: 'buttons',
      buttons: labels.map((label) => ({ label, action: 'help.do', value: { key: label } })),
    },
  ],
})
const texts = () => intake.messages.map(({ text }) => text)
let workspace: SlackStage['fake']['workspace']

describe('what is said in a channel', () => {
  let channel: string
  beforeEach(() => {
    channel = stage.fake.workspace.addChannel(person.user, 'UBOT')
  })

  test('is taken where it names the bot, once, though Slack tells it twice', async () => {
    const said = stage.fake.workspace.say(channel, person.user, `${mention} 经费从哪里来？`)
    await Promise.all([stage.fake.event(said), stage.fake.event({ ...said, type: 'app_mention' })])
    const [message] = intake.messages
    expect(message).toMatchObject({
      id: `${channel}:${said.ts}`,
      text: '经费从哪里来？',
      group: true,
      account: { platform: 'slack', installation: 'T1', user: person.user },
      conversation: { platform: 'slack', installation: 'T1', chat: channel, thread: said.ts },
    })
    expect(new Set(intake.messages.map(({ id }) => id)).size).toBe(1)
  })

  test('is answered in its thread, where a follow-up is of the same conversation', async () => {
    await person.say(`${mention} 问`, channel)
    await stage.platform.deliver(answerTo(intake.messages[0]!, card()))
    const answer = person.seen(channel)[0]!
    const { thread } = intake.messages[0]!.conversation
    expect(answer.thread_ts).toBe(thread)
    await person.say(`${mention} 再问`, channel, { thread_ts: thread })
    expect(intake.messages[1]!.conversation).toEqual(intake.messages[0]!.conversation)
  })

  test('is of two conversations where two people ask', async () => {
    const other = stage.join('李四')
    await person.say(`${mention} 一`, channel)
    await other.say(`${mention} 二`, channel)
    const [one, two] = intake.messages
    expect(one!.conversation.thread).not.toBe(two!.conversation.thread)
    expect(one!.account.user).not.toBe(two!.account.user)
  })

  test.each([
    ['people among themselves', '中午吃什么', {}],
    ['one to another', '<@U9> 你看看', {}],
    ['one to everybody', '<!channel> 开会', {}],
    ['a bot', `${mention} 你好`, { bot_id: 'B2' }],
    ['the bot itself', `${mention} 你好`, { user: 'UBOT' }],
    ['a notice of the chat', `${mention} 加入了频道`, { subtype: 'channel_join' }],
    ['a deletion', '', { subtype: 'message_deleted', hidden: true }],
  ])('is left alone where it is of %s', async (_what, text, more) => {
    await person.say(text, channel, more)
    expect(intake.messages).toEqual([])
    expect(workspace.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([])
  })
})

describe('what is said in private', () => {
  test('is read as people read it', async () => {
    await person.say('A &lt;b&gt; &amp; <https://example.org/a|链接> <#C1|频道> <mailto:a@b.cn|a@b.cn>')
    expect(texts()).toEqual(['A <b> & 链接 #频道 a@b.cn'])
    expect(intake.messages[0]!.group).toBeUndefined()
    expect(intake.messages[0]!.conversation).toMatchObject({ chat: person.im, thread: '' })
  })

  test('stays in its thread, where the assistant says that it is looking', async () => {
    await person.say('问', person.im, { thread_ts: '1.000001' })
    expect(intake.messages[0]!.conversation.thread).toBe('1.000001')
    await stage.fake.until(() =>
      workspace.calls.some(({ method }) => method === 'assistant.threads.setStatus'),
    )
  })

  test('is in the language of the person’s Slack', async () => {
    await stage.join('Ada', 'en-GB').say('clause 10?')
    expect(intake.messages[0]!.language).toBe('en')
  })

  test('that is changed afterwards is not answered again, and its writer learns so', async () => {
    const said = workspace.say(person.im, person.user, '问')
    await stage.fake.event(said)
    const changed = { ...said, text: '改问', edited: { user: person.user, ts: '2.0' } }
    const event = { type: 'message', subtype: 'message_changed', channel: person.im, ts: '3.0' }
    await stage.fake.event({ ...event, message: changed, previous_message: said })
    expect(texts()).toEqual(['问'])
    expect(readIn(person.seen().at(-1)!.blocks)).toBe(translate('zh-CN', 'slack:edited'))
    // A preview that Slack adds is no change of the words.
    await stage.fake.event({ ...event, message: { ...said, attachments: [] }, previous_message: said })
    expect(person.seen()).toHaveLength(1)
  })

  test('that is changed while it waits is worked in its new words, and nothing is said about it', async () => {
    const said = workspace.say(person.im, person.user, '问')
    await stage.fake.event(said)
    intake.waiting.add(intake.messages[0]!.id)
    const changed = { ...said, text: '改&lt;问', edited: { user: person.user, ts: '2.0' } }
    const event = { type: 'message', subtype: 'message_changed', channel: person.im, ts: '3.0' }
    await stage.fake.event({ ...event, message: changed, previous_message: said })
    expect(intake.amended).toEqual([{ id: intake.messages[0]!.id, text: '改<问' }])
    expect(person.seen()).toEqual([])
  })

  test('that is deleted is taken back, also where replies keep its place', async () => {
    const [one, two] = [
      workspace.say(person.im, person.user, '一'),
      workspace.say(person.im, person.user, '二'),
    ]
    const ids = [one, two].map(({ ts }) => `${person.im}:${ts}`)
    for (const said of [one, two]) await stage.fake.event(said)
    const event = { type: 'message', channel: person.im, hidden: true, ts: '3.0' }
    const deleted = { subtype: 'message_deleted', deleted_ts: one.ts, previous_message: one }
    await stage.fake.event({ ...event, ...deleted })
    const stone = { subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.', ts: two.ts }
    await stage.fake.event({ ...event, subtype: 'message_changed', message: stone, previous_message: two })
    expect(intake.withdrawn).toEqual(ids)
    expect(person.seen()).toEqual([])
  })

  test('bears the time at which it was said, and the chat in which that can be looked up', async () => {
    const said = workspace.say(person.im, person.user, '问')
    await stage.fake.event({ ...said, ts: '1772413323.000400' })
    await stage.fake.event({ ...said, ts: '9772413323.000400' })
    const [past, future] = intake.messages
    expect(past).toMatchObject({ at: new Date(1_772_413_323_000), vendorChat: person.im })
    expect(future!.at.getTime()).toBeLessThanOrEqual(Date.now())
  })

  test('comes with its files, which are kept; one that is too large is named', async () => {
    workspace.files.set('/files/a', Buffer.from('图'))
    const file = { id: 'F1', name: '图纸.pdf', mimetype: 'application/pdf', size: 3 }
    const url_private_download = `${stage.fake.origin}/files/a`
    await person.say('附件', person.im, {
      subtype: 'file_share',
      files: [
        { ...file, url_private_download },
        { ...file, id: 'F2', size: 30_000_000, url_private_download },
        { ...file, id: 'F3', url_private_download: 'https://elsewhere.example/files/a' },
      ],
    })
    expect(intake.messages[0]!.files).toEqual([
      { name: '图纸.pdf', type: 'application/pdf', size: 3, blob: '1' },
    ])
    expect(stage.blobs.get('1')).toEqual(Buffer.from('图'))
    const told = person.seen().map(({ blocks }) => readIn(blocks))
    expect(told).toEqual([expect.stringContaining('20 MB'), translate('zh-CN', 'slack:file-not-read')])
  })
})

describe('a command', () => {
  test('is taken for the private chat, and answered where nobody else sees it', async () => {
    const channel = workspace.addChannel(person.user, 'UBOT')
    const answer = await stage.fake.command('经费', person.user, channel, 'trigger.x')
    expect(answer).toEqual({ response_type: 'ephemeral', text: translate('zh-CN', 'slack:taken-direct') })
    expect(intake.messages[0]).toMatchObject({
      id: 'trigger.x',
      text: '经费',
      conversation: { chat: person.im, thread: '' },
    })
  })

  test('that cannot be stored says so', async () => {
    intake.storing = () => Promise.reject(new PlainError('chat:busy'))
    const answer = await stage.fake.command('经费', person.user, person.im)
    expect(answer).toMatchObject({ text: translate('zh-CN', 'chat:busy') })
    expect(stage.logged).toEqual([])
  })
})

describe('beside the chat', () => {
  test('a newcomer is greeted, once, and nobody who has spoken before', async () => {
    const opened = { type: 'app_home_opened', tab: 'messages', user: person.user, channel: person.im }
    await stage.fake.event(opened)
    expect(intake.messages).toMatchObject([{ id: `welcome:${person.im}`, text: '帮助' }])
    workspace.say(person.im, person.user, '问')
    await stage.fake.event(opened)
    expect(intake.messages).toHaveLength(1)
  })

  test('the home greets by name, and its buttons ask in the private chat', async () => {
    await stage.fake.event({ type: 'app_home_opened', tab: 'home', user: person.user, channel: person.im })
    const home = workspace.views.at(-1)!
    expect(home).toMatchObject({ how: 'publish', user: person.user })
    expect(readIn(home.view)).toContain('张三，您好')
    await person.pressOnHome('我的草稿')
    expect(intake.messages).toMatchObject([{ text: '我的草稿', conversation: { chat: person.im } }])
  })
})

describe('a form', () => {
  const view = (changes: Partial<FormView> = {}): FormView => ({
    ...{ draft: 'd1', title: '请人解答', page: 'about', step: { at: 1, of: 2 }, intro: ['说明'] },
    fields: [
      {
        ...{ name: 'question', label: '问题', hint: '', example: '', required: true, options: [] },
        ...{ type: 'long-text', value: '原问题', problem: '' },
      },
    ],
    ...{ summary: [], steps: ['next', 'save', 'cancel'] },
    ...changes,
  })

  async function openForm(): Promise<void> {
    await person.say('问')
    await stage.platform.deliver(answerTo(intake.messages[0]!, card('请人解答')))
    intake.answering = async () => ({ form: view() })
    await person.press('请人解答', person.seen()[0]!)
    await stage.fake.until(() => workspace.views.length > 0)
  }

  test('opens, comes back with what was filled in, and closes with its receipt', async () => {
    await openForm()
    expect(workspace.views[0]).toMatchObject({ how: 'open' })
    intake.answering = async () => ({
      form: view({
        page: 'summary',
        fields: [],
        summary: [{ label: '问题', value: '新' }],
        steps: ['submit', 'back'],
      }),
    })
    expect(await person.submit({ question: '新问题' })).toMatchObject({ response_action: 'update' })
    expect(intake.interactions.at(-1)).toMatchObject({
      ...{ type: 'page', draft: 'd1', page: 'about', step: 'next', values: { question: '新问题' } },
      conversation: intake.messages[0]!.conversation,
    })
    intake.answering = async () => ({ closed: true, toast: '已提交' })
    expect(await person.submit()).toEqual({ response_action: 'clear' })
    expect(intake.interactions.at(-1)).toMatchObject({ page: 'summary', step: 'submit' })
    await stage.fake.until(() => person.seen().some(({ blocks }) => readIn(blocks) === '已提交'))
  })

  test('names its problems beside the fields', async () => {
    await openForm()
    const [field] = view().fields
    intake.answering = async () => ({ form: view({ fields: [{ ...field!, problem: '请填写问题' }] }) })
    const response = await person.submit({ question: ' ' })
    const block = Object.keys(person.fillIn({}))[0]!
    expect(response).toEqual({ response_action: 'errors', errors: { [block]: '请填写问题' } })
  })

  test('is saved with what stands in it by its own button', async () => {
    await openForm()
    intake.answering = async () => ({ closed: true, toast: '草稿已保存' })
    await person.pressInModal('保存草稿', { question: '写了一半' })
    expect(intake.interactions.at(-1)).toMatchObject({ step: 'save', values: { question: '写了一半' } })
    await stage.fake.until(() => readIn(workspace.views.at(-1)!.view).includes('草稿已保存'))
    expect(workspace.views.at(-1)).toMatchObject({ how: 'update', id: workspace.views[0]!.id })
  })

  test('that cannot be taken says why over it, and is there still', async () => {
    await openForm()
    intake.answering = () => Promise.reject(new PlainError('chat:busy'))
    const response = await person.submit({ question: '新问题' })
    expect(response.response_action).toBe('push')
    expect(readIn(response.view)).toContain(translate('zh-CN', 'chat:busy'))
  })

  test('that cannot open any more says so in the chat', async () => {
    await person.say('问')
    await stage.platform.deliver(answerTo(intake.messages[0]!, card('请人解答')))
    intake.answering = async () => ({ form: view() })
    workspace.fail('views.open', { body: { ok: false, error: 'expired_trigger_id' } })
    await person.press('请人解答', person.seen()[0]!)
    const told = translate('zh-CN', 'slack:not-opened')
    await stage.fake.until(() => person.seen().some(({ blocks }) => readIn(blocks) === told))
  })
})
