import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buttonsOf, marksOf, runsOf, statementsOf } from '../../../test/policy/read-card.ts'
import type { Button, Card } from '../../chat/card.ts'
import type { IncomingAction, IncomingMessage } from '../../chat/incoming.ts'
import type { Reply } from '../../chat/platform.ts'
import type { Reader } from '../../knowledge/clause.ts'
import { KnowledgeBase } from '../../knowledge/knowledge-base.ts'
import { addDocument } from '../../knowledge/library/add-document.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type ChatModel, ModelFailure } from '../../model/chat-model.ts'
import { loadPrompts, type Prompts } from '../../model/prompt-file.ts'
import { type Blobs, openBlobs } from '../../store/blobs.ts'
import { openStore, type Store } from '../../store/store.ts'
import { listGaps } from './answer-log.ts'
import { createPolicyFeature, type PolicyFeature } from './policy-feature.ts'

const question = '借用展厅每天收取多少场租？'
const strange = 'qwrtp vbnm'
const member: Reader = { organisations: ['分公司一'], roles: [] }

let dataDir: string
let store: Store
let blobs: Blobs
let knowledge: KnowledgeBase
let prompts: Prompts
let readers: Reader[]
let now: Date
let shown: Card[]
let toasts: string[]
const add = (document: string, rent: string, visibleTo?: string) => {
  const text = `展厅借用办法\n\n第一条 为规范展厅借用，制定本办法。\n\n第二条 借用展厅每天收取场租${rent}元，由办公室收取。\n`
  const file = {
    fileName: 'rules.txt',
    bytes: new TextEncoder().encode(text),
    document,
    title: `${document}办法`,
  }
  return addDocument(store, blobs, visibleTo === undefined ? file : { ...file, visibleTo }, now)
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kexie-policy-'))
  store = await openStore({ dataDir })
  blobs = openBlobs(store, { dataDir })
  now = new Date('2026-03-02T01:00:00Z')
  prompts = await loadPrompts('prompts')
  await add('hall', '500')
  await add('hall', '800')
  await add('secret', '900', 'org:分公司一')
  knowledge = await KnowledgeBase.open({
    store,
    knowledgeDir: dataDir,
    indexDir: join(dataDir, 'index'),
    clock: () => now,
  })
})
afterAll(async () => {
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  readers = []
  shown = []
  toasts = []
})

const reply: Reply = {
  show: async (card) => {
    shown.push(structuredClone(card))
  },
  toast: async (text) => {
    toasts.push(text)
  },
}
const makeFeature = (chat: ChatModel | null = null): PolicyFeature =>
  createPolicyFeature({
    store,
    knowledge,
    clock: () => now,
    readersOf: async () => readers,
    model: chat && { chat, prompts },
  })

let ids = 0
const from = (user: string, chat: string) => ({
  id: `m${++ids}`,
  account: { platform: 'web', installation: '', user },
  conversation: { platform: 'web', installation: '', chat, thread: '' },
  language: 'zh-CN' as const,
  at: now,
})
const message = (text: string, user = 'u', chat = `c${ids}`): IncomingMessage => ({
  ...from(user, chat),
  type: 'message',
  text,
})
const press = (button: Pick<Button, 'action' | 'value'>, user = 'u'): IncomingAction => ({
  ...from(user, 'c'),
  type: 'action',
  action: button.action,
  value: button.value,
})
const marksIn = (card: Card) => marksOf(card.blocks.flatMap(runsOf))
const wordsOf = (card: Card) => JSON.stringify(card)
async function answerTo(text: string, feature = makeFeature()): Promise<Card> {
  await feature.answer(message(text), 'zh-CN', reply)
  return shown.at(-1)!
}

describe('without a model', () => {
  test('one card is shown, from the current version', async () => {
    const card = await answerTo(question)
    expect(shown).toHaveLength(1)
    expect(marksIn(card).join('')).toContain('场租800元')
    expect(wordsOf(card)).not.toMatch(/900|secret/)
  })

  test('readers are asked for each message, and see what is theirs', async () => {
    readers = [member]
    expect(wordsOf(await answerTo(question))).toContain('secret')
  })

  test('the answer is kept before it is shown', async () => {
    const kept: number[] = []
    const asked = message(question)
    await makeFeature().answer(asked, 'zh-CN', {
      ...reply,
      show: async () => {
        const rows = await store.db
          .selectFrom('answer_given')
          .select('id')
          .where('id', '=', asked.id)
          .execute()
        kept.push(rows.length)
      },
    })
    expect(kept).toEqual([1])
  })

  test('a refusal is kept as a gap', async () => {
    expect((await answerTo(strange)).tone).toBe('refusal')
    expect((await listGaps(store.db)).map((gap) => gap.question)).toContain(strange)
  })
})

describe('buttons', () => {
  const act = (name: string, action: IncomingAction) => makeFeature().actions[name]!(action, reply)

  test('a verdict is kept and thanked for; one on an unknown answer is told so', async () => {
    const [up, down] = buttonsOf(await answerTo(question), 'policy.feedback')
    await act('feedback', press(up!))
    await act('feedback', press(down!))
    const rows = await store.db
      .selectFrom('feedback')
      .selectAll()
      .where('answer', '=', up!.value.answer!)
      .execute()
    expect(rows.map(({ verdict }) => verdict)).toEqual(['down'])
    await act('feedback', press({ action: '', value: { answer: 'gone', verdict: 'up' } }))
    await act('feedback', press({ action: '', value: { verdict: 'up' } }))
    expect(new Set(toasts).size).toBe(3)
    expect(toasts).toHaveLength(4)
  })

  test.each(['', 'sideways', '__proto__'])('no verdict is %j', async (verdict) => {
    await expect(
      act('feedback', press({ action: '', value: { answer: 'x', verdict } })),
    ).rejects.toBeInstanceOf(PlainError)
  })

  test('asking a person is kept once; for an unknown answer it is told so', async () => {
    const [person] = buttonsOf(await answerTo('zxcvq wrtp'), 'policy.ask-person')
    await act('ask-person', press(person!))
    await act('ask-person', press(person!))
    const gap = (await listGaps(store.db)).find((one) => one.question === 'zxcvq wrtp')
    expect(gap).toMatchObject({ wantsPerson: true, times: 1 })
    expect(toasts[0]).toBe(toasts[1])
    await act('ask-person', press({ action: '', value: {} }))
    expect(toasts[2]).not.toBe(toasts[0])
  })

  test('a clause opens with the words marked that the answer cited', async () => {
    const card = await answerTo(question)
    const [open] = buttonsOf(card, 'policy.open-clause')
    await act('open-clause', press(open!))
    expect(marksIn(shown.at(-1)!)).toEqual(marksIn(card).slice(0, marksIn(shown.at(-1)!).length))
    expect(marksIn(shown.at(-1)!)).not.toEqual([])
  })

  test('a clause of an earlier version opens as it was, with the way to the new one', async () => {
    const value = { document: 'hall', version: '1', key: '第二条', marks: '0-3' }
    await act('open-clause', press({ action: '', value }))
    const [card] = shown
    expect(wordsOf(card!)).toContain('500元')
    expect(marksIn(card!)).toEqual(['第二条'])
    const current = buttonsOf(card!, 'policy.open-clause').at(-1)!
    await act('open-clause', press(current))
    expect(wordsOf(shown.at(-1)!)).toContain('800元')
  })

  test('marks of a version that is not there are dropped', async () => {
    await act(
      'open-clause',
      press({ action: '', value: { document: 'hall', version: '7', key: '第二条', marks: '0-3' } }),
    )
    expect(wordsOf(shown[0]!)).toContain('800元')
    expect(marksIn(shown[0]!)).toEqual([])
  })

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['an unknown clause', { document: 'hall', version: '2', key: '第九条' }],
    ['a document of others', { document: 'secret', version: '1', key: '第二条' }],
    ['its old version', { document: 'secret', version: '0', key: '第二条' }],
    ['a name of every object', { document: '__proto__', version: 'NaN', key: 'constructor' }],
  ])('%s is gone, which is said plainly', async (_, value) => {
    await expect(act('open-clause', press({ action: '', value }))).rejects.toMatchObject({
      key: 'policy:clause.gone',
    })
    expect(shown).toEqual([])
  })

  test.each(['abc', '5-2', '0-99999', '999999999-1', '-', '0-3,0-3'])(
    'odd marks do no harm: %s',
    async (marks) => {
      await act(
        'open-clause',
        press({ action: '', value: { document: 'hall', version: '2', key: '第二条', marks } }),
      )
      expect(wordsOf(shown[0]!)).toContain('800元')
    },
  )
})

describe('with a model', () => {
  const line = (text: string, quote: string) =>
    `${JSON.stringify({ text, evidence: [{ clause: 'hall/第二条', quote }] })}\n`
  const first = line('借用展厅每天收取场租800元。', '借用展厅每天收取场租800元')
  const second = line('场租由办公室收取。', '由办公室收取')
  const untrue = line('借用展厅每天收取场租200元。', '借用展厅每天收取场租800元')

  /** Says its pieces, noting how many cards were shown before each. */
  function scripted(pieces: readonly (string | Error)[], seen: number[] = []): ChatModel {
    return {
      name: 'scripted',
      async *stream() {
        for (const piece of pieces) {
          seen.push(shown.length)
          if (piece instanceof Error) throw piece
          yield piece
        }
      },
    }
  }

  test('the extract comes first, then each statement once it is checked, then all with the verdict', async () => {
    const seen: number[] = []
    const card = await answerTo(question, makeFeature(scripted([first, untrue, second], seen)))
    expect(seen).toEqual([1, 2, 2])
    expect(shown.map(statementsOf)).toEqual([
      [],
      ['借用展厅每天收取场租800元。'],
      ['借用展厅每天收取场租800元。', '场租由办公室收取。'],
      ['借用展厅每天收取场租800元。', '场租由办公室收取。'],
    ])
    expect(shown.map((one) => buttonsOf(one, 'policy.feedback').length)).toEqual([0, 0, 0, 2])
    expect(marksIn(card).join('')).toContain('场租800元')
    expect(shown.map(wordsOf).join('')).not.toContain('200元')
  })

  test.each<[string, (string | Error)[], string[]]>([
    ['fails at once', [new ModelFailure('time-out')], []],
    ['breaks off', [first, new ModelFailure('cut-off')], ['借用展厅每天收取场租800元。']],
    ['talks nonsense', ['我认为可以。', '{"x":'], []],
    ['says only what is untrue', [untrue], []],
    ['finds no answer', ['{"none": true}'], []],
  ])('that %s leaves a finished answer', async (_, pieces, statements) => {
    const card = await answerTo(question, makeFeature(scripted(pieces)))
    expect(statementsOf(card)).toEqual(statements)
    expect(marksIn(card).join('')).toContain('场租800元')
    expect(buttonsOf(card, 'policy.feedback')).toHaveLength(2)
  })

  test('a refusal is not put to it', async () => {
    const seen: number[] = []
    expect((await answerTo(strange, makeFeature(scripted([first], seen)))).tone).toBe('refusal')
    expect(seen).toEqual([])
    expect(shown).toHaveLength(1)
  })

  test('it is given only clauses that the readers may see', async () => {
    let said = ''
    const listening: ChatModel = {
      name: 'listening',
      async *stream(messages) {
        said = JSON.stringify(messages)
        yield ''
      },
    }
    await answerTo(question, makeFeature(listening))
    expect(said).toContain('场租800元')
    expect(said).not.toMatch(/900元|secret/)
  })
})

test('commands greet and thank, in the language they were said in', async () => {
  const { commands } = makeFeature()
  for (const { words, run } of commands) {
    for (const language of ['zh-CN', 'en'] as const) {
      expect(words[language].length).toBeGreaterThan(0)
      await run(message(words[language][0]!), language, reply)
      expect(/\p{Script=Han}/u.test(shown.at(-1)!.title ?? wordsOf(shown.at(-1)!))).toBe(language === 'zh-CN')
    }
  }
})
