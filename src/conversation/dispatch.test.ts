import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { IncomingAction, IncomingMessage } from '../chat/incoming.ts'
import type { Reply } from '../chat/platform.ts'
import { PlainError } from '../messages/plain-error.ts'
import { createDispatch } from './dispatch.ts'
import type { Feature } from './feature.ts'

const reply: Reply = { show: async () => {}, toast: async () => {} }
const base = {
  id: '1',
  account: { platform: 'web', installation: '', user: 'u' },
  conversation: { platform: 'web', installation: '', chat: 'c', thread: '' },
  language: 'zh-CN' as const,
  at: new Date(0),
}
const message = (text: string): IncomingMessage => ({ ...base, type: 'message', text })
const action = (name: string): IncomingAction => ({ ...base, type: 'action', action: name, value: {} })

let called: string[]
beforeEach(() => {
  called = []
})
const note = (name: string) => async () => {
  called.push(name)
}
const first: Feature = {
  name: 'first',
  actions: { open: note('first.open'), 'open.wide': note('first.open.wide') },
  commands: [
    {
      words: { 'zh-CN': ['帮助', '你好'], en: ['help', 'what can you do'] },
      run: async (_message, language) => {
        called.push(`help ${language}`)
      },
    },
  ],
}
const second: Feature = { name: 'second', actions: { open: note('second.open') }, commands: [] }
const dispatch = createDispatch([first, second], async ({ text }, language) => {
  called.push(`answer ${language} ${text}`)
})

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
    await dispatch(message(text), reply)
    expect(called).toEqual(['help zh-CN'])
  })

  test.each(['help', 'HELP', '/help', 'help!', 'kexie help', '/kexie help', '"help"', 'What can you do?'])(
    '%j is the command, in English',
    async (text) => {
      await dispatch(message(text), reply)
      expect(called).toEqual(['help en'])
    },
  )

  test.each(['帮助企业', '你好帮助', 'helpless', 'kexie', '，', '', 'constructor', '__proto__', '要你帮助'])(
    '%j is a question',
    async (text) => {
      await dispatch(message(text), reply)
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
    await dispatch(message(text), reply)
    expect(called).toEqual([`answer ${language} ${text}`])
  })

  test('keeps the screen’s language where the text does not tell', async () => {
    await dispatch({ ...message('100?'), language: 'en' }, reply)
    expect(called).toEqual(['answer en 100?'])
  })

  test('reaches exactly one of command and answer, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        called = []
        await dispatch(message(text), reply)
        expect(called).toHaveLength(1)
      }),
    )
  })

  test.each(['!', ' ', '。', 'a!'])('a long run of “%s” is taken in its stride', async (unit) => {
    await dispatch(message(`${unit.repeat(200_000)}x${unit.repeat(200_000)}y`), reply)
    expect(called).toHaveLength(1)
  })
})

describe('an action', () => {
  test.each(['first.open', 'first.open.wide', 'second.open'])('%s goes to its feature', async (name) => {
    await dispatch(action(name), reply)
    expect(called).toEqual([name])
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
  ])('%j is gone, which is said plainly', async (name) => {
    const thrown = await dispatch(action(name), reply).then(
      () => null,
      (error: unknown) => error,
    )
    expect(thrown).toBeInstanceOf(PlainError)
    expect(thrown).toMatchObject({ key: 'chat:gone' })
    expect(called).toEqual([])
  })
})

test('what a feature throws is passed on', async () => {
  const failing = createDispatch([], () => Promise.reject(new PlainError('chat:gone')))
  await expect(failing(message('多少人？'), reply)).rejects.toBeInstanceOf(PlainError)
})
