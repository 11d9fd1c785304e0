import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { noForms } from '../../test/fakes/no-forms.ts'
import type { Card } from '../chat/card.ts'
import type { IncomingFile, IncomingMessage } from '../chat/incoming.ts'
import { languageOf } from '../chat/language.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import type { Reads } from '../people/people.ts'
import type { Trx } from '../store/store.ts'
import { createDispatch, type DispatchOptions } from './dispatch.ts'
import type { ActionHandler, Feature, Turn } from './feature.ts'

const base = {
  id: '1',
  account: { platform: 'web', installation: '', user: 'u' },
  conversation: { platform: 'web', installation: '', chat: 'c', thread: '' },
  language: 'zh-CN' as const,
  at: new Date(0),
}
const message = (text: string, files: IncomingFile[] = []): IncomingMessage => ({
  ...base,
  type: 'message',
  text,
  files,
})
const file: IncomingFile = { name: '附件.pdf', type: 'application/pdf', size: 1, blob: 'b' }

let called: string[]
let said: string[]
beforeEach(() => {
  called = []
  said = []
})

function turnOf(incoming: IncomingMessage): Turn {
  return {
    message: incoming,
    language: languageOf(incoming.text, incoming.language),
    signal: new AbortController().signal,
    commit: (work) =>
      work({} as Trx, async (card: Card) => {
        said.push(JSON.stringify(card))
        return `said ${said.length}`
      }),
    async edit() {
      said.push('edited')
    },
  }
}
const note =
  (name: string) =>
  async ({ message: { text }, language }: Turn) => {
    called.push(`${name} ${language} ${text}`)
  }
const handler = (): ActionHandler => ({ reads: true, run: async () => ({}) })
const open = handler()
const openWide = handler()
const secondOpen = handler()
const nothing = { forms: [], mine: async () => [], timers: {}, subscriptions: {} }
const first: Feature = {
  ...nothing,
  name: 'first',
  actions: { open, 'open.wide': openWide },
  commands: [
    {
      words: { 'zh-CN': ['帮助', '你好'], en: ['help', 'what can you do'] },
      run: async (turn) => {
        called.push(`help ${turn.language}`)
        await turn.commit(async (_trx, tell) => void (await tell({ tone: 'info', blocks: [] })))
      },
    },
    {
      words: { 'zh-CN': ['我的草稿'], en: [] },
      aboutDrafts: true,
      run: async (turn) => turn.commit(async (_trx, tell) => void (await tell({ tone: 'info', blocks: [] }))),
    },
  ],
}
const second: Feature = {
  ...nothing,
  name: 'second',
  actions: { open: secondOpen },
  commands: [{ words: { 'zh-CN': [], en: [] }, pattern: /^\d{6}$/, run: note('code') }],
}
const createWith = (options: Partial<DispatchOptions> = {}) =>
  createDispatch({
    features: [first, second],
    forms: noForms,
    db: {} as Reads,
    answerQuestion: note('answer'),
    isClearQuestion: async () => false,
    ...options,
  })
const dispatch = createWith()
const say = (text: string) => dispatch.message(turnOf(message(text)))

describe('a message', () => {
  test.each([
    '帮助',
    '帮助！',
    '帮助。',
    ' 帮助 ',
    '帮助？！',
    '/帮助',
    '你好～',
    '你好，',
    '你好……',
    '“帮助”',
    '【帮助】',
    '\n帮助\n',
    '你好！😊',
  ])('%j is the command, in Chinese', async (text) => {
    await say(text)
    expect(called).toEqual(['help zh-CN'])
  })

  test.each(['help', 'HELP', '/help', 'help!', 'kexie help', '/kexie help', '"help"', 'What can you do?'])(
    '%j is the command, in English',
    async (text) => {
      await say(text)
      expect(called).toEqual(['help en'])
    },
  )

  test.each(['帮助企业', '你好帮助', 'helpless', 'kexie', '，', '', 'constructor', '__proto__', '要你帮助'])(
    '%j is a question',
    async (text) => {
      await say(text)
      expect(called).toHaveLength(1)
      expect(called[0]).toContain('answer')
      expect(called[0]!.endsWith(` ${text}`)).toBe(true)
    },
  )

  test.each([
    ['How many people?', 'en'],
    ['多少人？', 'zh-CN'],
    ['SASAC 管什么', 'zh-CN'],
    ['100', 'zh-CN'],
  ])('%j is answered in %s', async (text, language) => {
    await say(text)
    expect(called).toEqual([`answer ${language} ${text}`])
  })

  test('keeps the screen’s language where the text does not tell', async () => {
    await dispatch.message(turnOf({ ...message('100?'), language: 'en' }))
    expect(called).toEqual(['answer en 100?'])
  })

  test('reaches exactly one of command and answer, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        called = []
        await say(text)
        expect(called).toHaveLength(1)
      }),
    )
  })

  test.each(['!', ' ', '。', 'a!'])('a long run of “%s” is taken in its stride', async (unit) => {
    await say(`${unit.repeat(200_000)}x${unit.repeat(200_000)}y`)
    expect(called).toHaveLength(1)
  })
})

describe('with a form that is asked step by step', () => {
  const asking = (isAnswer: boolean, isClear: boolean, isChoice = false) =>
    createWith({
      isClearQuestion: async () => isClear,
      answerQuestion: async (turn) => {
        await turn.commit(async (_trx, tell) => {
          const id = await tell({ tone: 'answer', blocks: [{ type: 'note', text: '答复' }] })
          await turn.edit(id, { tone: 'answer', blocks: [] })
        })
      },
      forms: {
        ...noForms,
        asking: async () => ({ draft: 'd', isAnswer: async () => isAnswer, isChoice: async () => isChoice }),
        takeText: async ({ message: { text } }, { draft }) => {
          called.push(`form ${draft} ${text}`)
        },
      },
    })
  const waits = translate('zh-CN', 'chat:form-waits')

  test('a command is run, and the form waits, with a word on how to go on', async () => {
    await asking(true, true).message(turnOf(message('帮助')))
    expect(called).toEqual(['help zh-CN'])
    expect(said).toHaveLength(2)
    expect(said[1]).toContain(waits)
  })

  test('an option of its question is the answer, though it be called like a command', async () => {
    await asking(true, true, true).message(turnOf(message('帮助')))
    expect(called).toEqual(['form d 帮助'])
  })

  test('a command about drafts says itself what becomes of the form', async () => {
    await asking(true, true).message(turnOf(message('我的草稿')))
    expect(said).toHaveLength(1)
  })

  test('what answers its question goes to the form, also where it reads like a question', async () => {
    await asking(true, true).message(turnOf(message('怎么办？')))
    expect(called).toEqual(['form d 怎么办？'])
  })

  test('a clear question is answered first, with a word on how to go on', async () => {
    await asking(false, true).message(turnOf(message('多少人？')))
    expect(called).toEqual([])
    expect(said).toHaveLength(3)
    expect(said[0]).toContain('答复')
    expect(said[2]).toContain(waits)
  })

  test('whatever else is said is taken by the form, six digits too', async () => {
    await asking(false, false).message(turnOf(message('123456')))
    expect(called).toEqual(['form d 123456'])
  })

  test('files go to the form', async () => {
    await asking(false, true).message(turnOf(message('多少人？', [file])))
    expect(called).toEqual(['form d 多少人？'])
  })
})

describe('without one', () => {
  test('a code is taken by its pattern', async () => {
    await say('123456')
    await say('1234567')
    expect(called).toEqual(['code zh-CN 123456', 'answer zh-CN 1234567'])
  })

  test('files go to a draft that takes them, else it is said that none does', async () => {
    const taking = createWith({ forms: { ...noForms, receiveFiles: async () => true } })
    await taking.message(turnOf(message('', [file])))
    expect(said).toEqual([])
    await dispatch.message(turnOf(message('', [file])))
    expect(said.join()).toContain(translate('zh-CN', 'chat:no-form-for-files'))
    expect(called).toEqual([])
  })
})

describe('an action', () => {
  test.each([
    ['first.open', open],
    ['first.open.wide', openWide],
    ['second.open', secondOpen],
  ])('%s goes to its feature', (name, expected) => {
    expect(dispatch.handlerOf(name)).toBe(expected)
  })

  test.each([
    'first',
    'first.',
    'first.gone',
    'gone.open',
    '',
    '.',
    'first.toString',
    'first.constructor',
    'first.__proto__',
    'first.hasOwnProperty',
    '__proto__.toString',
    'constructor.name',
    'FIRST.open',
  ])('%j is gone, which is said plainly', (name) => {
    expect(() => dispatch.handlerOf(name)).toThrow(expect.objectContaining({ key: 'chat:gone' }))
  })
})

test('what a feature throws is passed on', async () => {
  const failing = createWith({ answerQuestion: () => Promise.reject(new PlainError('chat:gone')) })
  await expect(failing.message(turnOf(message('多少人？')))).rejects.toBeInstanceOf(PlainError)
})
