import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeClick, fakeTurn } from '../../../test/fakes/fake-turn.ts'
import { buttonsOf, statementsOf } from '../../../test/policy/read-card.ts'
import { closedTo, makeClause, makeDocument, makeEngine } from '../../../test/search/make-library.ts'
import { openTestStore } from '../../../test/store/open-test-store.ts'
import type { Card } from '../../chat/card.ts'
import type { IncomingAction, IncomingMessage } from '../../chat/incoming.ts'
import { guest, type Reader } from '../../knowledge/clause.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { ChatModel } from '../../model/chat-model.ts'
import { loadPrompts } from '../../model/prompt-file.ts'
import type { Store } from '../../store/store.ts'
import { createPolicyFeature } from './policy-feature.ts'

const now = new Date('2026-03-02T01:00:00Z')
const question = '借用展厅每天收取多少场租？'
const branch: Reader = { organisations: ['分公司一'], roles: [] }
const engine = makeEngine([
  makeDocument('secret', [], {
    title: '内部办法',
    visibility: closedTo('分公司一'),
    clauses: [makeClause(1, '借用展厅每天收取场租900元，由办公室收取。'), makeClause(2, '停车按次收费。')],
  }),
  makeDocument('open', [], {
    title: '公开办法',
    clauses: [makeClause(1, '合影由摄影师拍摄。'), makeClause(2, '车辆由门卫登记。')],
  }),
])
const base = {
  account: { platform: 'feishu', installation: 't', user: 'on_1' },
  conversation: { platform: 'feishu', installation: 't', chat: 'oc_1', thread: 'om_1' },
  ...{ language: 'zh-CN' as const, at: now, group: true },
}

let store: Store
let close: () => Promise<void>
let members: Reader[]
let asked: number
let said: { to: 'group' | 'asker'; card: Card; open: boolean }[]
beforeEach(async () => {
  const opened = await openTestStore({ clock: () => now })
  store = opened.store
  close = opened.close
  members = [branch, guest]
  asked = 0
  said = []
})
afterEach(() => close())

const prompts = await loadPrompts('prompts')
const makeFeature = (reader = branch, chat: ChatModel | null = null) =>
  createPolicyFeature({
    ...{ store, knowledge: { engine }, clock: () => now, model: chat && { chat, prompts } },
    readerOf: async () => reader,
    readersOf: async () => {
      asked += 1
      return [reader, ...members]
    },
  })
const answer = async (text: string, feature = makeFeature(), id = `m${said.length}`) => {
  const message: IncomingMessage = { ...base, type: 'message', id, text }
  await feature.answer(
    fakeTurn(store, message, (card, open, to) => {
      said.push({ to: to ? 'asker' : 'group', card, open })
    }),
  )
}
const wordsTo = (whom: 'group' | 'asker') =>
  JSON.stringify(said.filter(({ to }) => to === whom).map(({ card }) => card))

test('what not all may read goes to the asker, whole and with its buttons; the group learns only that', async () => {
  await answer(question)
  const [direct, notice] = said
  expect([direct!.to, notice!.to, said.length]).toEqual(['asker', 'group', 2])
  expect(wordsTo('asker')).toContain('900元')
  expect(buttonsOf(direct!.card).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['policy.open-clause', 'policy.feedback', 'help.ask']),
  )
  expect(wordsTo('group')).not.toMatch(/900|内部|secret|场租|第1条/)
  // Kept where it was asked, so that what follows in the thread refers to it.
  const rows = await store.db.selectFrom('answer_given').select(['question', 'conversation']).execute()
  expect(rows).toEqual([{ question, conversation: JSON.stringify(['feishu', 't', 'oc_1', 'om_1']) }])
})

test('what all may read is answered there, and a group of the branch reads what the branch may', async () => {
  await answer('合影由谁拍摄？')
  expect(said.map(({ to }) => to)).toEqual(['group'])
  expect(wordsTo('group')).toContain('摄影师')
  expect(wordsTo('group')).not.toMatch(/900|内部|secret/)
  members = [branch]
  await answer(question)
  expect(said.map(({ to }) => to)).toEqual(['group', 'group'])
  expect(wordsTo('group')).toContain('900元')
})

test('who may read no more than a guest asks nobody who else is there', async () => {
  await answer(question, makeFeature(guest))
  expect(asked).toBe(0)
  expect(said.map(({ to }) => to)).toEqual(['group'])
  expect(wordsTo('group')).not.toMatch(/900|内部|secret/)
})

test('what a model adds goes into the answer that the asker has', async () => {
  const statement = '借用展厅每天收取场租900元。'
  const evidence = [{ clause: 'secret/第1条', quote: '借用展厅每天收取场租900元' }]
  const chat: ChatModel = {
    name: 'scripted',
    async *stream() {
      yield `${JSON.stringify({ text: statement, evidence })}\n`
    },
  }
  const edited: [said: string, card: Card][] = []
  const message: IncomingMessage = { ...base, type: 'message', id: 'm', text: question }
  const turn = fakeTurn(store, message, (card, open, to) => {
    said.push({ to: to ? 'asker' : 'group', card, open })
  })
  turn.edit = async (id, card) => {
    edited.push([id, card])
  }
  await makeFeature(branch, chat).answer(turn)
  expect(said.map(({ to, open }) => [to, open])).toEqual([
    ['asker', true],
    ['group', false],
  ])
  // The direct one was said first.
  expect(new Set(edited.map(([id]) => id))).toEqual(new Set(['said 1']))
  expect(statementsOf(edited.at(-1)![1])).toEqual([statement])
})

const press = (value: Record<string, string>, group: boolean): IncomingAction => ({
  ...base,
  ...{ type: 'action', id: 'a1', action: 'policy.open-clause', value, group },
})
const openClause = (document: string, { reader = branch, group = true } = {}) => {
  const click = press({ document, key: '第1条', version: '1', marks: '' }, group)
  return fakeClick(store, click, now, makeFeature(reader).actions['open-clause']!)
}

test('a clause is read by whoever presses: alone, where not all of the group may', async () => {
  expect(await openClause('secret')).toMatchObject({ besideAlone: true })
  expect(Object.keys(await openClause('open'))).toEqual(['beside'])
  members = [branch]
  expect(Object.keys(await openClause('secret'))).toEqual(['beside'])
  await expect(openClause('secret', { reader: guest })).rejects.toThrow(PlainError)
  // In a private chat whoever shares it decides, as before.
  members = [guest]
  await expect(openClause('secret', { group: false })).rejects.toThrow(PlainError)
})
