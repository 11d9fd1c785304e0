import { describe, expect, test } from 'vitest'
import { nextNumber } from '../../src/forms/receipt-number.ts'
import { translate } from '../../src/messages/translate.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import type { Open } from '../store/each-database.ts'
import { openFormHouse } from './form-house.ts'
import type { FormOnScreen, FormRenderer, ReadHouse } from './form-renderer.ts'
import { type SampleRecord, sampleForm } from './sample-form.ts'

const say = (key: string, values = {}) => translate('zh-CN', `forms:${key}`, values)
const drawing = { name: '图纸.pdf', type: 'application/pdf', size: 120_000, blob: 'aa' }
const receipt = 'YB-2026-0001'

/** Every field, filled in as people write it. */
const answers: [string, string | string[]][] = [
  ['title', '节能改造'],
  ['story', '把旧电机换成变频的。'],
  ['kind', 'device'],
  ['areas', ['energy', 'safety']],
  ['people', '１２'],
  ['saving', '1.2万'],
  ['day', '2026年12月1日'],
  ['hour', '下午2点半'],
  ['author', '张三'],
  ['unit', '集团'],
]

/** Answers that are not taken, and the reason that is given. */
const wrong: [string, string | string[], string][] = [
  ['title', '一', say('problem.too-short', { least: 2, count: 1 })],
  ['areas', ['safety', 'quality', 'energy'], say('problem.too-many-options', { most: 2 })],
  ['people', '十几个', say('problem.number')],
  ['people', '501', say('problem.too-large', { most: 500 })],
  ['saving', '1.234', say('problem.money-decimals')],
  ['day', '等通知', say('problem.date')],
  ['hour', '25:00', say('problem.time')],
  ['author', '无此人', say('problem.person-unknown', { name: '无此人' })],
  ['unit', '无此处', say('problem.organisation-unknown', { name: '无此处' })],
]

/** What every way of showing a form must do with the same definition. */
export function describeFormRenderer(renderer: FormRenderer, others: FormRenderer[], open: Open): void {
  /** A house with the sample form and a person, who has an account on each of the platforms. */
  async function openHouse() {
    const { store } = await open()
    const people = await createPeople(store, [renderer, ...others])
    const records: SampleRecord[] = []
    const form = sampleForm(async ({ trx, draft, values, context, person, account }) => {
      const number = await nextNumber(trx, 'YB', 2026)
      records.push({ draft, values, context, person, account })
      return number
    })
    return { records, people, house: { ...openFormHouse(store, [form]), ...reading(form) } }
  }

  async function fillIn(form: FormOnScreen, fields = answers): Promise<void> {
    for (const [field, typed] of fields) expect([field, await form.answer(field, typed)]).toEqual([field, ''])
  }

  describe(`a form ${renderer.name}`, () => {
    test('with every type of field makes its record, as shown before, and gives a receipt', async () => {
      const { house, records, people } = await openHouse()
      const form = await renderer.open(house)
      await fillIn(form)
      await form.send('drawings', [drawing])
      expect(await form.answer('agreed', 'yes')).toBe('')
      expect((await form.summary()).map(([, value]) => value)).toEqual([
        ...['节能改造', '把旧电机换成变频的。', '科协干部', '集团、小组', '12', '12,000 元'],
        ...['2026年12月1日星期二', '14:30', '张三', '集团', '图纸.pdf（120 KB）', '是'],
      ])
      expect(await form.submit()).toContain(receipt)
      expect(records).toHaveLength(1)
      expect(records[0]).toMatchObject({ person: people.person, account: renderer.place.account })
      expect(records[0]!.values).toEqual({
        ...{ title: '节能改造', story: '把旧电机换成变频的。', kind: 'device' },
        ...{ areas: ['safety', 'energy'], people: 12, saving: 12_000, day: '2026-12-01', hour: '14:30' },
        ...{ author: people.person, unit: people.organisation, drawings: [drawing], agreed: true },
      })
    })

    test('leaves out the page that does not apply', async () => {
      const { house, records } = await openHouse()
      const form = await renderer.open(house)
      await fillIn(form, [
        ['title', '节能改造'],
        ['kind', 'paper'],
      ])
      await form.answer('agreed', 'yes')
      const labels = (await form.summary()).map(([label]) => label)
      expect(labels).toHaveLength(8)
      expect(labels).not.toContain(house.labelOf('people'))
      await form.submit()
      expect(records.map(({ values }) => values)).toEqual([
        { title: '节能改造', kind: 'paper', agreed: true },
      ])
    })

    test('takes no wrong answer, says why, and cannot be sent in without what is required', async () => {
      const { house, records } = await openHouse()
      const form = await renderer.open(house)
      for (const [field, typed] of answers) {
        for (const [, refused, why] of wrong.filter(([name]) => name === field)) {
          expect([refused, await form.answer(field, refused)]).toEqual([refused, why])
        }
        expect(await form.answer(field, typed)).toBe('')
      }
      // The consent that is asked last was not given.
      await expect(form.summary()).rejects.toThrow('stopped at')
      expect(records).toEqual([])
    })

    test('goes back to what was filled in, and takes another answer for it', async () => {
      const { house, records } = await openHouse()
      const form = await renderer.open(house)
      await fillIn(form)
      expect(await form.held('kind')).toBe('科协干部')
      expect(await form.held('title')).toBe('节能改造')
      expect(await form.answer('title', '节水改造')).toBe('')
      await form.answer('agreed', 'yes')
      await form.summary()
      await form.submit()
      expect(records[0]!.values).toMatchObject({ title: '节水改造', people: 12, kind: 'device' })
    })

    for (const other of [renderer, ...others]) {
      test(`is left for later and gone on with ${other.name}`, async () => {
        const { house, records } = await openHouse()
        const form = await renderer.open(house)
        await fillIn(form, answers.slice(0, 5))
        expect(await form.save()).toContain(say('saved'))
        const later = await other.goOn(house)
        expect(await later.held('kind')).toBe('科协干部')
        await fillIn(later, answers.slice(5))
        await later.answer('agreed', 'yes')
        await later.summary()
        expect(await later.submit()).toContain(receipt)
        expect(records.map(({ values }) => values)).toMatchObject([
          { title: '节能改造', people: 12, saving: 12_000 },
        ])
      })
    }

    test('that is cancelled makes no record, and says how it is had back', async () => {
      const { house, records } = await openHouse()
      const form = await renderer.open(house)
      await fillIn(form, answers.slice(0, 3))
      expect(await form.cancel()).toContain(say('cancelled', { minutes: 10 }))
      await house.type(renderer.place, '我的草稿')
      expect(JSON.stringify(house.lastCard())).toContain(say('drafts.none'))
      expect(records).toEqual([])
    })

    test('that is sent in twice makes one record, under one number', async () => {
      const { house, records } = await openHouse()
      const form = await renderer.open(house)
      await fillIn(form)
      await form.answer('agreed', 'yes')
      await form.summary()
      await form.submit()
      await form.submit()
      expect(records).toHaveLength(1)
      expect(await house.store.transaction((trx) => nextNumber(trx, 'YB', 2026))).toBe('YB-2026-0002')
    })
  })
}

/** What the definition says to people, by the names in it. */
function reading({
  pages,
}: ReturnType<typeof sampleForm>): Pick<ReadHouse, 'fieldsOf' | 'labelOf' | 'optionLabel'> {
  const fields = pages.flatMap((page) => page.fields)
  const find = (name: string) => fields.find((field) => field.name === name)!
  return {
    fieldsOf: () => fields.map(({ name }) => name),
    labelOf: (name: string) => translate('zh-CN', find(name).label),
    optionLabel(name: string, value: string): string | undefined {
      const option = find(name).options?.find((one) => one.value === value)
      return option && translate('zh-CN', option.label)
    },
  }
}

async function createPeople(store: Store, renderers: FormRenderer[]) {
  return store.transaction(async (trx) => {
    const { id: organisation } = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
    const { id: person } = await createPerson(trx, { name: '张三' })
    await addMembership(trx, { person, organisation, role: 'staff' })
    for (const { place } of renderers) await linkAccount(trx, place.account, person, new Date(0))
    return { person, organisation }
  })
}
