import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FormDefinition } from '../../src/forms/definition.ts'
import type { Store } from '../../src/store/store.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { openFormHouse, privateChat } from './form-house.ts'

let store: Store
let close: () => Promise<void>
beforeEach(async () => {
  ;({ store, close } = await openTestStore())
})
afterEach(() => close())

/** A form that asks what its context says, one question on each page. */
function asksWhatItIsTold(submitted: unknown[]): FormDefinition {
  return {
    name: 'sample.told',
    version: 1,
    title: { 'zh-CN': '报名', en: 'Registration' },
    pages: [],
    pagesOf: ({ questions = '[]' }) =>
      (JSON.parse(questions) as string[]).map((name) => ({
        name: `page-${name}`,
        intro: [],
        fields: [{ name, type: 'text', label: { 'zh-CN': `问${name}`, en: name }, required: true }],
      })),
    async submit({ values, onceSaid }) {
      onceSaid(async (receipt) => void submitted.push({ values, receipt }))
      return { number: 'HD-2026-0001', card: { tone: 'info', blocks: [] }, alone: true }
    },
  }
}

const context = { questions: JSON.stringify(['甲', '乙']) }

describe('a form whose pages come from what it is about', () => {
  test('is asked page by page, and the rest is done once the receipt is said', async () => {
    const submitted: unknown[] = []
    const house = openFormHouse(store, [asksWhatItIsTold(submitted)])
    const place = privateChat('slack', 'ada')
    const opened = await house.open(place, { context })
    if (!('view' in opened)) throw new Error('no page')
    const { draft, page, step } = opened.view
    expect({ page, step }).toEqual({ page: 'page-甲', step: { at: 1, of: 3 } })
    const second = await house.page(place, draft, 'page-甲', 'next', { 甲: '一' })
    expect(second.form?.fields.map(({ label }) => label)).toEqual(['问乙'])
    const summary = await house.page(place, draft, 'page-乙', 'next', { 乙: '二' })
    expect(summary.form?.summary).toEqual([
      { label: '问甲', value: '一' },
      { label: '问乙', value: '二' },
    ])
    await house.page(place, draft, 'summary', 'submit')
    expect(submitted).toEqual([{ values: { 甲: '一', 乙: '二' }, receipt: expect.any(String) }])
  })

  test('is asked step by step as well', async () => {
    const submitted: unknown[] = []
    const house = openFormHouse(store, [asksWhatItIsTold(submitted)])
    const place = privateChat('terminal', 'ada')
    await house.open(place, { context })
    for (const said of ['一', '二', '提交']) await house.type(place, said)
    expect(submitted).toEqual([{ values: { 甲: '一', 乙: '二' }, receipt: expect.any(String) }])
  })

  test('goes on asking what it began with', async () => {
    const house = openFormHouse(store, [asksWhatItIsTold([])])
    const place = privateChat('slack', 'ada')
    const first = await house.open(place, { context })
    const other = await house.open(place, { context: { questions: JSON.stringify(['丙']) } })
    if (!('view' in first && 'view' in other)) throw new Error('no page')
    expect(other.view.draft).not.toBe(first.view.draft)
    const next = await house.page(place, first.view.draft, 'page-甲', 'next', { 甲: '一' })
    expect(next.form?.page).toBe('page-乙')
  })
})
