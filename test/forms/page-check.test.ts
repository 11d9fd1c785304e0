import { afterEach, beforeEach, expect, test } from 'vitest'
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

/** Asks from when until when. */
function span(submitted: unknown[]): FormDefinition {
  return {
    name: 'sample.span',
    version: 1,
    title: { 'zh-CN': '时间', en: 'Time' },
    pages: [
      {
        name: 'when',
        intro: [],
        fields: [
          { name: 'from', type: 'time', label: { 'zh-CN': '起', en: 'From' }, required: true },
          { name: 'until', type: 'time', label: { 'zh-CN': '止', en: 'Until' }, required: true },
        ],
        async check({ values: { from, until } }) {
          if (from === undefined || until === undefined || String(until) > String(from)) return {}
          return { until: { key: 'forms:problem.too-small', values: { least: String(from) } } }
        },
      },
    ],
    async submit({ values }) {
      submitted.push(values)
      return { number: 'HD-2026-0001', card: { tone: 'info', blocks: [] } }
    },
  }
}

test('what is wrong of a page as a whole stands beside its field, and holds the page up', async () => {
  const submitted: unknown[] = []
  const house = openFormHouse(store, [span(submitted)])
  const place = privateChat('slack', 'ada')
  const opened = await house.open(place)
  if (!('view' in opened)) throw new Error('no page')
  const { draft } = opened.view
  const wrong = await house.page(place, draft, 'when', 'next', { from: '15:00', until: '14:00' })
  expect(wrong.form?.page).toBe('when')
  expect(wrong.form?.fields.map(({ value, problem }) => [value, problem])).toEqual([
    ['15:00', ''],
    ['14:00', '不能小于 15:00。'],
  ])
  const right = await house.page(place, draft, 'when', 'next', { from: '13:00', until: '14:00' })
  expect(right.form?.page).toBe('summary')
  await house.page(place, draft, 'summary', 'submit', {})
  expect(submitted).toEqual([{ from: '13:00', until: '14:00' }])
})

test('step by step it is said at the answer that does not fit', async () => {
  const submitted: unknown[] = []
  const house = openFormHouse(store, [span(submitted)])
  const place = privateChat('terminal', 'ada')
  await house.open(place)
  for (const text of ['15:00', '14:00']) await house.type(place, text)
  expect(JSON.stringify(house.lastCard())).toContain('不能小于 15:00。')
  for (const text of ['16:00', '提交']) await house.type(place, text)
  expect(submitted).toEqual([{ from: '15:00', until: '16:00' }])
})
