import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import { nextNumber } from '../../src/forms/receipt-number.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openFormHouse, openPage, type Place, privateChat, problemsOf } from './form-house.ts'
import { type SampleRecord, sampleForm } from './sample-form.ts'

const ada = privateChat('web', 'ada')
const bob = privateChat('web', 'bob')
const adaTerminal = privateChat('terminal', 'ada')
const paper = { title: '节能改造', kind: 'paper' }
const agreed = { agreed: 'yes' }

/** A house with the sample form that keeps its records. */
function openHouse(store: Store, change: (form: FormDefinition) => FormDefinition = (form) => form) {
  const records: SampleRecord[] = []
  const form = sampleForm(async ({ trx, draft, values, context, person, account }) => {
    const number = await nextNumber(trx, 'YB', 2026)
    records.push({ draft, values, context, person, account })
    return number
  })
  return { records, house: openFormHouse(store, [change(form)]) }
}

function texts(card: Card): string {
  return JSON.stringify(card.blocks)
}

describeEachDatabase('forms', (open) => {
  describe('as pages', () => {
    test('keep what was typed, show what is wrong beside it, and make one record', async () => {
      const { house, records } = openHouse((await open()).store)
      const draft = await openPage(house, ada)
      const wrong = await house.page(ada, draft, 'about', 'next', { title: '一', kind: 'none', story: '…' })
      expect(wrong.form).toMatchObject({ page: 'about', step: { at: 1, of: 4 } })
      expect(Object.keys(problemsOf(wrong))).toEqual(['title', 'kind'])
      expect(wrong.form!.fields[0]!.value).toBe('一')
      const next = await house.page(ada, draft, 'about', 'next', paper)
      // A paper has no figures: that page is left out.
      expect(next.form).toMatchObject({ page: 'whose', step: { at: 2, of: 3 } })
      const last = await house.page(ada, draft, 'whose', 'next', agreed)
      expect(last.form).toMatchObject({ page: 'summary', steps: ['submit', 'back', 'save', 'cancel'] })
      expect(last.form!.summary.map(({ value }) => value)).toEqual([
        ...['节能改造', '…', '科技工作者', '（未填）', '（未填）', '（未填）', '（未填）', '是'],
      ])
      const first = await house.page(ada, draft, 'summary', 'submit')
      expect(first).toMatchObject({ closed: true, toast: '已提交，编号 YB-2026-0001。' })
      expect(house.said.length).toBe(1)
      const second = await house.page(ada, draft, 'summary', 'submit')
      expect(second.beside).toEqual(house.lastCard())
      expect(house.said.length).toBe(1)
      expect(records.map(({ values }) => values)).toEqual([
        { title: '节能改造', story: '…', kind: 'paper', agreed: true },
      ])
    })

    test('about what stands already is sent in without the number of that', async () => {
      const { store } = await open()
      const known = await store.transaction((trx) => nextNumber(trx, 'JB', 2026))
      const house = openFormHouse(store, [sampleForm(async () => known)])
      const draft = await openPage(house, ada)
      await house.page(ada, draft, 'about', 'next', paper)
      await house.page(ada, draft, 'whose', 'next', agreed)
      expect((await house.page(ada, draft, 'summary', 'submit')).toast).toBe('已提交。')
      expect((await house.page(ada, draft, 'summary', 'submit')).toast).toBe('已提交。')
    })

    test('two submits at the same moment make one record', async () => {
      const { house, records } = openHouse((await open()).store)
      const draft = await openPage(house, ada)
      await house.page(ada, draft, 'about', 'next', paper)
      await house.page(ada, draft, 'whose', 'next', agreed)
      const both = await Promise.all([1, 2].map(() => house.page(ada, draft, 'summary', 'submit')))
      expect(both.map(({ toast }) => toast)).toEqual(Array(2).fill('已提交，编号 YB-2026-0001。'))
      expect(house.said.length).toBe(1)
      // A transaction that was tried again ran `submit` twice; what it wrote was kept once.
      expect(new Set(records.map((record) => record.draft)).size).toBe(1)
      expect(await house.store.transaction((trx) => nextNumber(trx, 'YB', 2026))).toBe('YB-2026-0002')
    })

    test('a page that is left out loses its values at the submit only', async () => {
      const { house, records } = openHouse((await open()).store)
      const draft = await openPage(house, ada)
      await house.page(ada, draft, 'about', 'next', { ...paper, kind: 'device' })
      await house.page(ada, draft, 'figures', 'next', { people: '12', day: '2026-12-01' })
      await house.page(ada, draft, 'about', 'next', paper)
      const back = await house.page(ada, draft, 'about', 'next', { ...paper, kind: 'process' })
      expect(back.form!.page).toBe('figures')
      expect(back.form!.fields.map(({ value }) => value)).toEqual(['12', '', '2026-12-01', ''])
      await house.page(ada, draft, 'about', 'next', paper)
      await house.page(ada, draft, 'whose', 'next', agreed)
      await house.page(ada, draft, 'summary', 'submit')
      expect(records[0]!.values).not.toHaveProperty('people')
    })

    test('what another device has gone on from is shown before it is sent in', async () => {
      const { house, records } = openHouse((await open()).store)
      const draft = await openPage(house, ada)
      await house.page(ada, draft, 'about', 'next', paper)
      await house.page(ada, draft, 'whose', 'next', agreed)
      await house.page(ada, draft, 'about', 'save', { ...paper, title: '另一个名称' })
      const again = await house.page(ada, draft, 'summary', 'submit')
      expect(again.form!.summary[0]!.value).toBe('另一个名称')
      expect(records).toEqual([])
      await house.page(ada, draft, 'summary', 'submit')
      expect(records.length).toBe(1)
    })

    test('nobody learns of somebody else’s draft', async () => {
      const { house } = openHouse((await open()).store)
      const draft = await openPage(house, ada)
      const refused = house.page(bob, draft, 'about', 'next', paper)
      const unknown = house.page(bob, 'no-such-draft', 'about', 'next', paper)
      await expect(refused).rejects.toThrow('forms:draft.gone')
      await expect(unknown).rejects.toThrow('forms:draft.gone')
      for (const action of ['continue', 'ask', 'delete', 'restore']) {
        await expect(house.press(bob, action, { draft })).rejects.toThrow('forms:draft.gone')
      }
      await house.type(bob, '我的草稿')
      expect(texts(house.lastCard())).not.toContain(draft)
    })

    test('values that a database cannot keep are made such that it can', async () => {
      const { house } = openHouse((await open()).store)
      const draft = await openPage(house, ada)
      const hostile = { title: 'a\0b\ud800', story: '字'.repeat(400), kind: ['paper', 'x'], areas: 'safety' }
      const answer = await house.page(ada, draft, 'about', 'next', { ...hostile, other: 'x', __proto__: 'y' })
      expect(answer.form!.fields.map(({ value }) => value)).toEqual([
        ...['ab\ufffd', '字'.repeat(400), 'paper', ['safety']],
      ])
      const tooMuch = house.page(ada, draft, 'about', 'save', { title: '字'.repeat(20_001) })
      await expect(tooMuch).rejects.toThrow('forms:draft.too-large')
    })

    test('a version that is no longer kept says so, another one goes on', async () => {
      const { store } = await open()
      const older = openHouse(store)
      const draft = await openPage(older.house, ada)
      const newer = openHouse(store, (form) => ({ ...form, version: 2 }))
      await expect(newer.house.page(ada, draft, 'about', 'next', paper)).rejects.toThrow('version-gone')
      await newer.house.type(ada, '我的草稿')
      expect(texts(newer.house.lastCard())).toContain(draft)
      const both = openFormHouse(store, [sampleForm(), { ...sampleForm(), version: 2, pages: [] }])
      expect((await both.page(ada, draft, 'about', 'next', paper)).form!.page).toBe('whose')
    })
  })

  describe('step by step', () => {
    test('asks one thing at a time, takes words, and makes one record', async () => {
      const { house, records } = openHouse((await open()).store)
      const opened = await house.open(adaTerminal)
      expect('card' in opened && texts(opened.card)).toContain('第 1 项，共 12 项')
      await house.type(adaTerminal, '短')
      await house.type(adaTerminal, '跳过')
      expect(texts(house.lastCard())).toContain('这一项必填，不能跳过。')
      await house.type(adaTerminal, '节能改造')
      await house.type(adaTerminal, '上一步')
      expect(texts(house.lastCard())).toContain('现已填：节能改造')
      await house.type(adaTerminal, '跳过')
      await house.type(adaTerminal, '跳过')
      await house.type(adaTerminal, '科技工作者')
      await house.type(adaTerminal, '1、2、3')
      expect(texts(house.lastCard())).toContain('最多选 2 项。')
      await house.type(adaTerminal, '3、1')
      for (const text of ['跳过', '跳过', '跳过', '否', '是']) await house.type(adaTerminal, text)
      expect(texts(house.lastCard())).toContain('请核对以下内容')
      await house.type(adaTerminal, '修改')
      await house.type(adaTerminal, '1')
      await house.type(adaTerminal, '节水改造')
      expect(texts(house.lastCard())).toContain('节水改造')
      await house.type(adaTerminal, '提交')
      expect(house.lastCard().title).toBe('YB-2026-0001')
      expect(records.map(({ values }) => values)).toEqual([
        { title: '节水改造', kind: 'paper', areas: ['safety', 'energy'], agreed: true },
      ])
      expect(await house.type(adaTerminal, '提交')).toBe(false)
    })

    test('buttons answer too, those of a question that is over do nothing', async () => {
      const { house } = openHouse((await open()).store)
      await house.open(adaTerminal)
      await house.type(adaTerminal, '节能改造')
      await house.type(adaTerminal, '跳过')
      const buttons = house
        .lastCard()
        .blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
      expect(buttons[0]).toMatchObject({ label: '科技工作者', action: 'forms.answer' })
      expect(await house.press(adaTerminal, 'forms.answer', buttons[0]!.value)).toEqual({})
      const over = await house.press(adaTerminal, 'forms.answer', buttons[1]!.value)
      expect(over.toast).toContain('这一步已经过去了')
      const { draft } = buttons[0]!.value as { draft: string }
      for (const value of ['safety', 'quality', 'safety']) {
        await house.press(adaTerminal, 'forms.answer', { draft, field: 'areas', value })
      }
      expect(texts(house.lastCard())).toContain('分会 ✓')
      expect(texts(house.lastCard())).not.toContain('集团 ✓')
      await house.press(adaTerminal, 'forms.step', { draft, field: 'areas', word: 'skip' })
      expect(texts(house.lastCard())).toContain('第 5 项')
      await expect(
        house.press(adaTerminal, 'forms.step', { draft, field: 'author', word: 'constructor' }),
      ).rejects.toThrow('chat:gone')
    })

    test('two people in one group are not mixed', async () => {
      const { house } = openHouse((await open()).store)
      const group = { platform: 'terminal', installation: 'local', chat: 'group', thread: '' }
      const [one, two] = ['ada', 'bob'].map((user) => ({
        ...privateChat('terminal', user),
        conversation: group,
        group: true,
      })) as [Place, Place]
      const opened = await house.open(one, { group: true })
      expect('card' in opened && texts(opened.card)).toContain('群里其他成员')
      expect(await house.type(two, '节能改造')).toBe(false)
      await house.open(two)
      await house.type(two, '乙的题目')
      await house.type(one, '甲的题目')
      const rows = await house.store.db.selectFrom('form_draft').select('draft_values').execute()
      expect(rows.map((row) => row.draft_values).sort()).toEqual([
        '{"title":"乙的题目"}',
        '{"title":"甲的题目"}',
      ])
    })

    test('what was begun in private is not shown to a group', async () => {
      const { house } = openHouse((await open()).store)
      await house.open(adaTerminal)
      await house.type(adaTerminal, '不便公开')
      const group = {
        ...adaTerminal,
        ...{ conversation: { ...adaTerminal.conversation, chat: 'group' }, group: true },
      }
      await house.type(group, '继续填写')
      expect(texts(house.lastCard())).toContain('请私聊我')
      const { id: draft } = await house.store.db
        .selectFrom('form_draft')
        .select('id')
        .executeTakeFirstOrThrow()
      await expect(house.press(group, 'ask', { draft })).rejects.toThrow('forms:draft.private')
      expect(await house.type(adaTerminal, '跳过')).toBe(true)
    })

    test('a second form asked in the same place makes the first one wait', async () => {
      const { house } = openHouse((await open()).store)
      await house.open(adaTerminal)
      await house.type(adaTerminal, '第一份')
      await house.open(adaTerminal)
      await house.type(adaTerminal, '第二份')
      await house.type(adaTerminal, '取消填写')
      expect(await house.type(adaTerminal, '什么')).toBe(false)
      await house.type(adaTerminal, '继续填写')
      await house.type(adaTerminal, '上一步')
      expect(texts(house.lastCard())).toContain('第一份')
    })

    test('what reads like a question is an answer where it fits', async () => {
      const { house } = openHouse((await open()).store)
      const { forms, store } = house
      await house.open(adaTerminal)
      const asked = async () => (await forms.asking(store.db, adaTerminal.conversation, adaTerminal.account))!
      expect(await (await asked()).isAnswer('企业科协怎么组建？')).toBe(true)
      expect(await (await asked()).isChoice('企业科协怎么组建？')).toBe(false)
      await house.type(adaTerminal, '节能改造')
      await house.type(adaTerminal, '跳过')
      expect(await (await asked()).isAnswer('企业科协怎么组建？')).toBe(false)
      expect(await (await asked()).isAnswer('科技工作者')).toBe(true)
      expect(await (await asked()).isChoice('科技工作者')).toBe(true)
      expect(await (await asked()).isChoice('上一步')).toBe(false)
      expect(await (await asked()).isAnswer('上一步')).toBe(true)
    })
  })

  describe('files', () => {
    const drawing = { name: '图纸.pdf', type: 'application/pdf', size: 120_000, blob: 'aa' }

    test('come as messages, into the page that is open or the question that is asked', async () => {
      const { house, records } = openHouse((await open()).store)
      expect(await house.forms.wantsFiles(ada.account)).toBe(false)
      const draft = await openPage(house, ada)
      await house.page(ada, draft, 'about', 'next', paper)
      expect([await house.forms.wantsFiles(ada.account), await house.forms.wantsFiles(bob.account)]).toEqual([
        true,
        false,
      ])
      const photo = { ...drawing, name: '照片.png' }
      await house.type(ada, '', [drawing, photo])
      expect(texts(house.lastCard())).toContain('已收到 2 个文件')
      await house.type(ada, '', [
        { ...drawing, blob: 'bb' },
        { ...drawing, name: '第三个.pdf' },
      ])
      expect(texts(house.lastCard())).toContain('1 个未收')
      const page = await house.press(ada, 'forms.continue', { draft })
      expect(page.form!.fields.find(({ name }) => name === 'drawings')!.value).toEqual([
        '图纸.pdf',
        '照片.png',
      ])
      // A page cannot bring files, nor take them away.
      await house.page(ada, draft, 'whose', 'next', { ...agreed, drawings: [] })
      await house.page(ada, draft, 'summary', 'submit')
      expect(records[0]!.values.drawings).toEqual([{ ...drawing, blob: 'bb' }, photo])
      expect(await house.type(ada, '', [drawing])).toBe(false)
      expect(await house.forms.wantsFiles(ada.account)).toBe(false)
    })

    test('that come while a summary is looked at are shown before it is sent in', async () => {
      const { house, records } = openHouse((await open()).store)
      const draft = await openPage(house, ada)
      await house.page(ada, draft, 'about', 'next', paper)
      await house.page(ada, draft, 'whose', 'next', agreed)
      await house.type(ada, '', [drawing])
      const again = await house.page(ada, draft, 'summary', 'submit')
      expect(JSON.stringify(again.form!.summary)).toContain('图纸.pdf（120 KB）')
      expect(records).toEqual([])
    })
  })
})
