import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  ada,
  bob,
  clearWebChat,
  complaint,
  createBench as createOn,
  message,
  say,
} from '../../../test/platforms/web-bench.ts'
import { openTestStore } from '../../../test/store/open-test-store.ts'
import type { FormView } from '../../chat/form-view.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'

let opened: Awaited<ReturnType<typeof openTestStore>>
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())
afterEach(() => clearWebChat(opened.store))

/** A bench on which Ada was answered. */
async function answered() {
  const bench = createOn(opened)
  await bench.send({ body: message('问'), cookie: ada })
  const chat = bench.intake.messages[0]!.account.user
  await bench.transcript.send({
    id: 'out:1',
    chat,
    thread: 'conversation-1',
    card: say('选一个'),
    replyTo: null,
    open: false,
  })
  const press = (extra: object = {}, cookie = ada) =>
    bench.send({
      path: '/api/actions',
      cookie,
      body: { id: 'action-1', conversation: 'conversation-1', action: 'a.b', value: { k: 'v' }, ...extra },
    })
  const card = async () => (await bench.transcript.read(chat, null, 0)).messages.at(-1)!.card
  return { ...bench, chat, press, card }
}

const form: FormView = {
  draft: 'draft-1',
  title: '转请\u202e解答',
  page: 'question',
  step: { at: 1, of: 2 },
  intro: ['说明\u0007'],
  fields: [
    {
      name: 'question',
      label: '问题\u202e',
      hint: '',
      example: '',
      required: true,
      type: 'text',
      options: [],
      value: '',
      problem: '请填写',
    },
  ],
  summary: [],
  steps: ['next', 'save', 'cancel'],
}

describe('an action', () => {
  it('is answered at once, with what was made harmless', async () => {
    const { intake, press } = await answered()
    intake.answering = async () => ({ toast: '好\u202e', beside: say('旁\u0007'), form, closed: true })
    const response = await press()
    expect(await response.json()).toEqual({
      toast: '好',
      beside: say('旁'),
      form: {
        ...form,
        title: '转请解答',
        intro: ['说明'],
        fields: [{ ...form.fields[0], label: '问题' }],
      },
      closed: true,
    })
    expect(intake.interactions[0]).toMatchObject({ type: 'action', action: 'a.b', value: { k: 'v' } })
    expect(intake.interactions[0]).not.toHaveProperty('message')
  })

  it('keeps the card that replaces that of its own message', async () => {
    const { intake, press, card } = await answered()
    intake.answering = async () => ({ replace: say('已选定') })
    expect(await (await press({ message: 'out:1' })).json()).toEqual({ replace: say('已选定') })
    expect(await card()).toEqual(say('已选定'))
  })

  it('does not touch or name a message of somebody else', async () => {
    const { intake, press, card } = await answered()
    intake.answering = async () => ({ replace: say('盗用') })
    expect((await press({ message: 'out:1' }, bob)).status).toBe(200)
    expect(intake.interactions[0]).not.toHaveProperty('message')
    expect(await card()).toEqual(say('选一个'))
  })

  it.each([
    ['a plain reason', new PlainError('chat:gone'), 422, 'chat:gone', 0],
    ['a busy database', new PlainError('chat:busy'), 503, 'chat:busy', 0],
    ['a defect', new TypeError('secret'), 500, 'chat:failure', 1],
  ])('that fails for %s says so plainly', async (_what, error, status, key, errors) => {
    const { intake, press, logged } = await answered()
    intake.answering = () => Promise.reject(error)
    expect(await complaint(await press())).toEqual([status, translate('zh-CN', key)])
    expect(logged).toHaveLength(errors)
  })
})

describe('a page of a form', () => {
  const page = {
    id: 'page-0001',
    conversation: 'conversation-1',
    draft: 'draft-1',
    page: 'question',
    step: 'next',
    values: { question: '经费\u202e\u0000怎么来？\r\n谢谢', topics: ['a', 'b'] },
  }

  it('is handed on with what was typed, without what no screen or database should get', async () => {
    const { intake, send } = await answered()
    intake.answering = async () => ({ form })
    const response = await send({ path: '/api/pages', body: page, cookie: ada })
    expect(((await response.json()) as { form: FormView }).form.title).toBe('转请解答')
    expect(intake.interactions[0]).toMatchObject({
      type: 'page',
      draft: 'draft-1',
      page: 'question',
      step: 'next',
      values: { question: '经费怎么来？\n谢谢', topics: ['a', 'b'] },
      conversation: { thread: 'conversation-1' },
    })
  })

  it.each([
    ['a step that is none', { step: 'launch' }],
    ['a value that is no text', { values: { question: 1 } }],
    ['no draft', { draft: '' }],
    ['a page with a null character', { page: 'a\0' }],
  ])('with %s is refused', async (_what, change) => {
    const { intake, send } = await answered()
    const response = await send({ path: '/api/pages', body: { ...page, ...change }, cookie: ada })
    expect(response.status).toBe(400)
    expect(intake.interactions).toEqual([])
  })
})
