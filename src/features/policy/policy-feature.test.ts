import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeTurn, fakeClick, fakeTurn } from '../../../test/fakes/fake-turn.ts'
import { buttonsOf, marksOf, runsOf, statementsOf } from '../../../test/policy/read-card.ts'
import type { Button, Card } from '../../chat/card.ts'
import type { IncomingAction, IncomingMessage } from '../../chat/incoming.ts'
import { incomingKey } from '../../chat/keys.ts'
import { guest, type Reader } from '../../knowledge/clause.ts'
import { KnowledgeBase } from '../../knowledge/knowledge-base.ts'
import { addDocument } from '../../knowledge/library/add-document.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
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
let open: boolean[]
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
  open = []
})

const makeFeature = (chat: ChatModel | null = null): PolicyFeature =>
  createPolicyFeature({
    store,
    knowledge,
    clock: () => now,
    readerOf: async () => readers[0] ?? guest,
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
const turnOf = (said: IncomingMessage): FakeTurn =>
  fakeTurn(store, said, (card, isOpen) => {
    shown.push(card)
    open.push(isOpen)
  })
async function answerTo(text: string, feature = makeFeature()): Promise<Card> {
  await feature.answer(turnOf(message(text)))
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

  test('the answer is kept together with its card', async () => {
    const asked = message(question)
    const turn = turnOf(asked)
    turn.failing = true
    await expect(makeFeature().answer(turn)).rejects.toThrow()
    const kept = () =>
      store.db.selectFrom('answer_given').select('id').where('id', '=', incomingKey(asked)).execute()
    expect(await kept()).toEqual([])
    await makeFeature().answer(turnOf(asked))
    expect(await kept()).toHaveLength(1)
  })

  test('a refusal is kept as a gap', async () => {
    expect((await answerTo(strange)).tone).toBe('refusal')
    expect((await listGaps(store.db)).map((gap) => gap.question)).toContain(strange)
  })
})

describe('buttons', () => {
  const act = (name: string, action: IncomingAction) =>
    fakeClick(store, action, now, makeFeature().actions[name]!)

  test('a verdict is kept and thanked for; one on an unknown answer is told so', async () => {
    const [up, down] = buttonsOf(await answerTo(question), 'policy.feedback')
    const thanks = [await act('feedback', press(up!)), await act('feedback', press(down!))]
    expect(thanks).toEqual(
      ['up', 'down'].map((verdict) => ({ toast: translate('zh-CN', `policy:feedback.${verdict}`) })),
    )
    const rows = await store.db
      .selectFrom('feedback')
      .selectAll()
      .where('answer', '=', up!.value.answer!)
      .execute()
    expect(rows.map(({ verdict }) => verdict)).toEqual(['down'])
    const gone = translate('zh-CN', 'policy:feedback.gone')
    const unknown = press({ action: '', value: { answer: 'gone', verdict: 'up' } })
    expect(await act('feedback', unknown)).toEqual({ toast: gone })
  })

  test('a verdict is taken from whoever was there: not from another chat, by an id that came to them', async () => {
    const said = message(question, 'u', 'group')
    await makeFeature().answer(turnOf(said))
    const [up] = buttonsOf(shown.at(-1)!, 'policy.feedback')
    const other = press(up!, 'v')
    expect(await act('feedback', other)).toEqual({ toast: translate('zh-CN', 'policy:feedback.gone') })
    const there = { ...other, conversation: said.conversation }
    expect(await act('feedback', there)).toEqual({ toast: translate('zh-CN', 'policy:feedback.up') })
  })

  test('a verdict on no answer is none', async () => {
    const gone = translate('zh-CN', 'policy:feedback.gone')
    expect(await act('feedback', press({ action: '', value: { verdict: 'up' } }))).toEqual({ toast: gone })
  })

  test.each(['', 'sideways', '__proto__'])('no verdict is %j', async (verdict) => {
    await expect(
      act('feedback', press({ action: '', value: { answer: 'x', verdict } })),
    ).rejects.toBeInstanceOf(PlainError)
  })

  test('a clause opens with the words marked that the answer cited', async () => {
    const card = await answerTo(question)
    const [open] = buttonsOf(card, 'policy.open-clause')
    const { beside } = await act('open-clause', press(open!))
    expect(marksIn(beside!)).toEqual(marksIn(card).slice(0, marksIn(beside!).length))
    expect(marksIn(beside!)).not.toEqual([])
    expect(makeFeature().actions['open-clause']!.reads).toBe(true)
  })

  test('a clause of an earlier version opens as it was, with the way to the new one', async () => {
    const value = { document: 'hall', version: '1', key: '第二条', marks: '0-3' }
    const old = (await act('open-clause', press({ action: '', value }))).beside!
    expect(wordsOf(old)).toContain('500元')
    expect(marksIn(old)).toEqual(['第二条'])
    const current = buttonsOf(old, 'policy.open-clause').at(-1)!
    expect(wordsOf((await act('open-clause', press(current))).beside!)).toContain('800元')
  })

  test('marks of a version that is not there are dropped', async () => {
    const { beside } = await act(
      'open-clause',
      press({ action: '', value: { document: 'hall', version: '7', key: '第二条', marks: '0-3' } }),
    )
    expect(wordsOf(beside!)).toContain('800元')
    expect(marksIn(beside!)).toEqual([])
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
  })

  test.each(['abc', '5-2', '0-99999', '999999999-1', '-', '0-3,0-3'])(
    'odd marks do no harm: %s',
    async (marks) => {
      const { beside } = await act(
        'open-clause',
        press({ action: '', value: { document: 'hall', version: '2', key: '第二条', marks } }),
      )
      expect(wordsOf(beside!)).toContain('800元')
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

  test('the extract comes first, then each statement once it is checked, and the last word is the last', async () => {
    const seen: number[] = []
    const card = await answerTo(question, makeFeature(scripted([first, untrue, second], seen)))
    expect(seen).toEqual([1, 2, 2])
    expect(shown.map(statementsOf)).toEqual([
      [],
      ['借用展厅每天收取场租800元。'],
      ['借用展厅每天收取场租800元。', '场租由办公室收取。'],
      ['借用展厅每天收取场租800元。', '场租由办公室收取。'],
    ])
    expect(shown.map((one) => buttonsOf(one, 'policy.feedback').length)).toEqual([2, 2, 2, 2])
    expect(open).toEqual([true, true, true, false])
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
    expect(open.at(-1)).toBe(false)
  })

  test('that is told to stop leaves what it had said', async () => {
    const turn = turnOf(message(question))
    const endless: ChatModel = {
      name: 'endless',
      async *stream(_messages, signal) {
        yield first
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          turn.abort()
        })
      },
    }
    await makeFeature(endless).answer(turn)
    expect(statementsOf(shown.at(-1)!)).toEqual(['借用展厅每天收取场租800元。'])
    expect(open).toEqual([true, true, false])
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
      await run(turnOf(message(words[language][0]!)))
      expect(/\p{Script=Han}/u.test(shown.at(-1)!.title ?? wordsOf(shown.at(-1)!))).toBe(language === 'zh-CN')
    }
  }
})

describe('a clear question', () => {
  const isClear = (text: string) =>
    makeFeature().isClearQuestion({ message: message(text), language: 'zh-CN' })

  test.each([question, '借用展厅每天收取多少场租', '展厅的场租由谁收取', '展厅场租？'])(
    'is %j',
    async (text) => {
      expect(await isClear(text)).toBe(true)
    },
  )

  test.each(['展厅场租', '借用展厅每天收取场租', '800元', '', '你是谁？', 'qwrtp vbnm?'])(
    'is not %j: no question, or none that the documents answer',
    async (text) => {
      expect(await isClear(text)).toBe(false)
    },
  )
})
