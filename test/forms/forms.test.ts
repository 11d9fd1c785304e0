import { expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { openFormHouse, privateChat } from './form-house.ts'
import { sampleForm } from './sample-form.ts'

describeEachDatabase('forms', (open) => {
  test('a form is filled in page by page', async () => {
    const { store } = await open()
    const kept: unknown[] = []
    const house = openFormHouse(store, [
      sampleForm(async ({ values }) => {
        kept.push(values)
        return 'YB-2026-0001'
      }),
    ])
    const wang = privateChat('web', 'wang')
    const opened = await house.open(wang)
    if (!('view' in opened)) throw new Error('no view')
    const { draft } = opened.view
    let answer = await house.page(wang, draft, 'about', 'next', {
      title: '节能',
      kind: 'paper',
      areas: ['safety'],
    })
    answer = await house.page(wang, draft, 'whose', 'next', { agreed: 'yes' })
    answer = await house.page(wang, draft, 'summary', 'submit')
    const term = privateChat('terminal', 'li')
    const card = await house.open(term)
    for (const text of [
      '节能改造',
      '跳过',
      '2',
      '1、3',
      '1.2',
      '120',
      '1.2万',
      '明天',
      '下午3点',
      '下一项',
      '跳过',
      '跳过',
      '是',
      '提交',
    ]) {
      await house.type(term, text)
    }
    expect(kept.length).toBe(2)
  })
})
