import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { nextNumber } from '../../src/forms/receipt-number.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store, StoreOptions } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type FormHouse, openFormHouse, openPage, type Place, privateChat } from './form-house.ts'
import { sampleForm } from './sample-form.ts'

const ada = privateChat('web', 'ada')
const adaTerminal = privateChat('terminal', 'ada')
const paper = { title: '节能改造', kind: 'paper' }

/** A clock of both databases that a test moves on. */
function movableClock(): { options: StoreOptions; pass(minutes: number): void } {
  let passed = 0
  const clock = () => new Date(Date.now() + passed)
  return {
    options: { clock, databaseClock: clock },
    pass(minutes) {
      passed += minutes * 60_000
    },
  }
}

function buttons(card: Card) {
  return card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
}

function link(store: Store, ...places: Place[]): Promise<string> {
  return store.transaction(async (trx) => {
    const { id } = await createPerson(trx, { name: '阿达' })
    for (const { account } of places) await linkAccount(trx, account, id, new Date(0))
    return id
  })
}

function drop(house: FormHouse): Promise<void> {
  return house.store.transaction(async (trx) => house.forms.sweep(trx, await house.store.now(trx)))
}

describeEachDatabase('drafts', (open) => {
  test('survive a restart and go on where another platform left off', async () => {
    const { store, location } = await open()
    await link(store, ada, adaTerminal)
    const draft = await openPage(openFormHouse(store, [sampleForm()]), ada)
    const restarted = openFormHouse((await open({ at: location })).store, [sampleForm()])
    await restarted.page(ada, draft, 'about', 'next', { ...paper, kind: 'device', story: '经过' })
    await restarted.type(adaTerminal, '继续填写')
    // The question of the page where the web left off.
    expect(JSON.stringify(restarted.lastCard())).toContain('第 4 项')
    for (const text of ['跳过', '12']) await restarted.type(adaTerminal, text)
    const page = await restarted.press(ada, 'continue', { draft })
    expect(page.form).toMatchObject({ page: 'figures' })
    expect(page.form!.fields[0]!.value).toBe('12')
    // The terminal is still asked: what is typed there is not lost.
    await restarted.type(adaTerminal, '1.2万')
    const later = await restarted.press(ada, 'continue', { draft })
    expect(later.form!.fields[1]!.value).toBe('1.2万')
  })

  test('continuing on the web needs a click, or goes on in the conversation', async () => {
    const house = openFormHouse((await open()).store, [sampleForm()])
    const draft = await openPage(house, ada)
    await house.page(ada, draft, 'about', 'save', paper)
    expect(await house.type(ada, '随便说说')).toBe(false)
    await house.type(ada, '继续填写')
    expect(buttons(house.lastCard()).map(({ label }) => label)).toEqual(['继续填写', '在对话里逐项填写'])
    expect((await house.press(ada, 'forms.continue', { draft })).form!.page).toBe('about')
    expect(await house.press(ada, 'forms.ask', { draft })).toEqual({})
    expect(await house.type(ada, '跳过')).toBe(true)
    // Once its page is open again, what is typed beside it is no answer.
    await house.press(ada, 'forms.continue', { draft })
    expect(await house.type(ada, '跳过')).toBe(false)
  })

  test('of a guest become the person’s when the account is linked, and nobody else’s', async () => {
    const { store } = await open()
    const house = openFormHouse(store, [sampleForm()])
    const draft = await openPage(house, ada)
    await house.page(ada, draft, 'about', 'save', paper)
    await expect(house.press(adaTerminal, 'ask', { draft })).rejects.toThrow('forms:draft.gone')
    await link(store, ada, adaTerminal)
    await house.type(adaTerminal, '我的草稿')
    expect(JSON.stringify(house.lastCard())).toContain(draft)
    await house.press(adaTerminal, 'ask', { draft })
    const stranger = privateChat('web', 'stranger')
    await link(store, stranger)
    await expect(house.press(stranger, 'ask', { draft })).rejects.toThrow('forms:draft.gone')
  })

  test('that were cancelled or deleted can be got back for ten minutes', async () => {
    const { options, pass } = movableClock()
    const house = openFormHouse((await open(options)).store, [sampleForm()])
    const draft = await openPage(house, ada)
    const cancelled = await house.page(ada, draft, 'about', 'cancel', paper)
    expect(cancelled).toMatchObject({ closed: true })
    await expect(house.page(ada, draft, 'about', 'next', paper)).rejects.toThrow('is-cancelled')
    await house.type(ada, '恢复草稿')
    const back = await house.press(ada, 'continue', { draft })
    expect(back.form!.fields[0]!.value).toBe('节能改造')
    const gone = await house.press(ada, 'delete', { draft })
    expect(JSON.stringify(gone.replace)).toContain('您没有未填完的表单。')
    await drop(house)
    await house.press(ada, 'restore', { draft })
    await house.press(ada, 'delete', { draft })
    pass(11)
    await expect(house.press(ada, 'restore', { draft })).rejects.toThrow('forms:draft.gone')
    await house.type(ada, '恢复草稿')
    expect(JSON.stringify(house.lastCard())).toContain('没有可恢复的草稿')
    await drop(house)
    expect(await house.store.db.selectFrom('form_draft').select('id').execute()).toEqual([])
  })

  test('are dropped after thirty days, and no longer asked after one', async () => {
    const { options, pass } = movableClock()
    const house = openFormHouse((await open(options)).store, [sampleForm()])
    await house.open(adaTerminal)
    expect(await house.type(adaTerminal, '节能改造')).toBe(true)
    pass(25 * 60)
    expect(await house.type(adaTerminal, '早上好')).toBe(false)
    await drop(house)
    await house.type(adaTerminal, '继续填写')
    expect(JSON.stringify(house.lastCard())).toContain('第 2 项')
    pass(31 * 24 * 60)
    await house.type(adaTerminal, '我的草稿')
    expect(buttons(house.lastCard())).toEqual([])
    await drop(house)
    expect(await house.store.db.selectFrom('form_draft').select('id').execute()).toEqual([])
  })

  test('are twenty at most; the same button goes on with the one that it opened', async () => {
    const house = openFormHouse((await open()).store, [sampleForm()])
    const ids = new Set<string>()
    const openAbout = async (about: string) => {
      const opened = await house.open(ada, { context: { about } })
      if ('view' in opened) ids.add(opened.view.draft)
    }
    for (let i = 0; i < 20; i += 1) await openAbout(String(i))
    await openAbout('3')
    expect(ids.size).toBe(20)
    await expect(openAbout('20')).rejects.toThrow('forms:draft.too-many')
    await house.press(ada, 'delete', { draft: [...ids][0]! })
    await openAbout('20')
    await expect(house.press(ada, 'restore', { draft: [...ids][0]! })).rejects.toThrow('too-many')
    await house.open(privateChat('web', 'bob'))
  })

  test('begin with what is known, and ask for the rest', async () => {
    const house = openFormHouse((await open()).store, [sampleForm()])
    const values = { title: '已知的题目', story: '', areas: ['safety'] }
    const opened = await house.open(adaTerminal, { values })
    expect(JSON.stringify(opened)).toContain('第 2 项')
    await house.type(adaTerminal, '跳过')
    await house.type(adaTerminal, '1')
    // 4 is known already; the page of figures is left out.
    expect(JSON.stringify(house.lastCard())).toContain('第 5 项，共 8 项')
  })

  test('receipt numbers have no gaps, though many ask and some give up', async () => {
    const { store } = await open()
    const numbers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        store
          .transaction(async (trx) => {
            const number = await nextNumber(trx, 'WD', 2026)
            if (i % 3 === 0) throw new Error('given up')
            return number
          })
          .catch(() => null),
      ),
    )
    expect(numbers.filter((number) => number !== null).sort()).toEqual(
      Array.from({ length: 8 }, (_, i) => `WD-2026-000${i + 1}`),
    )
    expect(await store.transaction((trx) => nextNumber(trx, 'WD', 2027))).toBe('WD-2027-0001')
    expect(await store.transaction((trx) => nextNumber(trx, 'TA', 2026))).toBe('TA-2026-0001')
  })
})
