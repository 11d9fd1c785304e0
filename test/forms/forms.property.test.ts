import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { FormValues } from '../../src/forms/definition.ts'
import { showValue } from '../../src/forms/fields/show-value.ts'
import { createLookup } from '../../src/forms/lookup-people.ts'
import { nextNumber } from '../../src/forms/receipt-number.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { translate } from '../../src/messages/translate.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { dayIn } from '../../src/timers/calendar/day.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openFormHouse, openPage, privateChat, type Values } from './form-house.ts'
import { sampleForm } from './sample-form.ts'

const steps = ['next', 'next', 'next', 'back', 'save', 'cancel', 'submit'] as const
const names = [
  'title',
  'story',
  'kind',
  'areas',
  'people',
  'saving',
  'day',
  'hour',
  'author',
  'unit',
  'agreed',
]
/** Right for some field and wrong for others. */
const texts = [
  ...['节能改造', '1', '2', '1、3', '12', '1.2万', '明天', '2026-12-01', '下午3点', '是', '否', 'yes', ''],
  ...[
    'paper',
    'device',
    '科技工作者',
    '字'.repeat(400),
    'a\0b',
    '\ud800',
    '王芳',
    '阿达',
    '-1',
    '；',
    'constructor',
  ],
]
const words = [
  '上一步',
  '跳过',
  '跳过',
  '下一项',
  '清空',
  '保存草稿',
  '修改',
  '提交',
  '提交',
  '取消',
  '继续填写',
  '恢复草稿',
]
const file = { name: '图纸.pdf', type: 'application/pdf', size: 1200, blob: 'aa' }

type Act =
  | { do: 'page'; page: string; step: (typeof steps)[number]; values: Values }
  | { do: 'type'; on: 'web' | 'terminal'; text: string }
  | { do: 'file'; on: 'web' | 'terminal' }
  | { do: 'press'; on: 'web' | 'terminal'; action: 'continue' | 'ask' | 'restore' }
  | { do: 'choose'; field: string; value: string }

const page = fc.record({
  do: fc.constant('page' as const),
  page: fc.constantFrom('about', 'figures', 'whose', 'summary'),
  step: fc.constantFrom(...steps),
  values: fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...texts), { noNullPrototype: true }),
})
const story = { story: '', areas: ['energy'] }
const right: Record<string, Act> = {
  restore: { do: 'press', on: 'web', action: 'restore' },
  device: { do: 'page', page: 'about', step: 'next', values: { title: '节能', kind: 'device', ...story } },
  paper: { do: 'page', page: 'about', step: 'next', values: { title: '节水', kind: 'paper', ...story } },
  figures: {
    ...{ do: 'page', page: 'figures', step: 'next' },
    values: { people: '30', day: '明天', saving: '3亿', hour: '' },
  },
  whose: { do: 'page', page: 'whose', step: 'next', values: { author: '阿达', unit: '', agreed: 'yes' } },
  submit: { do: 'page', page: 'summary', step: 'submit', values: {} },
  ask: { do: 'press', on: 'terminal', action: 'ask' },
  say: { do: 'type', on: 'terminal', text: '提交' },
}
/** Ways to the end of the form, so that many get there. */
const toTheEnd = fc.constantFrom<Act[]>(
  [right.restore!, right.paper!, right.whose!, right.submit!],
  [right.restore!, right.device!, right.figures!, right.whose!, right.submit!, right.submit!],
  [right.restore!, right.device!, right.figures!, right.whose!, right.ask!, right.say!, right.submit!],
)
const on = fc.constantFrom('web' as const, 'terminal' as const)
const act: fc.Arbitrary<Act> = fc.oneof(
  { arbitrary: page, weight: 3 },
  { arbitrary: fc.constantFrom(...Object.values(right)), weight: 4 },
  {
    arbitrary: fc.record({ do: fc.constant('type' as const), on, text: fc.constantFrom(...texts, ...words) }),
    weight: 6,
  },
  { arbitrary: fc.record({ do: fc.constant('file' as const), on }), weight: 1 },
  {
    arbitrary: fc.record({
      ...{ do: fc.constant('press' as const), on },
      action: fc.constantFrom('continue' as const, 'ask' as const, 'restore' as const),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('choose' as const),
      field: fc.constantFrom('kind', 'areas', 'agreed', ':change'),
      value: fc.constantFrom('paper', 'device', 'energy', 'yes', '', 'title'),
    }),
    weight: 2,
  },
)

let runs = 0
let submitted = 0

async function live(store: Store, acts: Act[], crashes: Iterator<boolean>): Promise<void> {
  runs += 1
  const web = privateChat('web', `ada${runs}`)
  const terminal = privateChat('terminal', `ada${runs}`)
  const places = { web, terminal }
  const who = await store.transaction(async (trx) => {
    const { id } = await createPerson(trx, { name: '阿达' })
    for (const { account } of [web, terminal]) await linkAccount(trx, account, id, new Date(0))
    // Whoever has a role may name themselves, and nobody else of the same name.
    const unit = await createOrganisation(trx, { name: `单位${runs}`, kind: 'team', parent: null })
    await addMembership(trx, { person: id, organisation: unit.id, role: 'staff' })
    return id
  })
  let record: FormValues = {}
  const form = sampleForm(async ({ trx, draft, values }) => {
    record = values
    // Counts what was kept, not what was tried.
    return nextNumber(trx, draft, 2026)
  })
  const house = openFormHouse(store, [form])
  const fields = form.pages.flatMap((one) => one.fields)
  const draft = await openPage(house, web)
  let shown: { label: string; value: string }[] = []
  let sent = false

  const row = async () =>
    store.db.selectFrom('form_draft').selectAll().where('id', '=', draft).executeTakeFirstOrThrow()

  async function run(one: Act): Promise<void> {
    switch (one.do) {
      case 'page': {
        const answer = await house.page(web, draft, one.page, one.step, one.values)
        if (answer.form?.page === 'summary') shown = answer.form.summary
        if ((await row()).state !== 'submitted') await expectKept(one)
        return
      }
      case 'type':
        return void (await house.type(places[one.on], one.text))
      case 'file':
        return void (await house.type(places[one.on], '', [file]))
      case 'press': {
        const answer = await house.press(places[one.on], one.action, { draft })
        if (answer.form?.page === 'summary') shown = answer.form.summary
        return
      }
      case 'choose':
        return void (await house.press(terminal, 'answer', { draft, field: one.field, value: one.value }))
    }
  }

  /** What was typed on a page is in the draft: to the letter, or as the day that it was taken for. */
  async function expectKept({ page: name, values }: Act & { do: 'page' }): Promise<void> {
    const kept = JSON.parse((await row()).draft_values)
    for (const field of form.pages.find((one) => one.name === name)?.fields ?? []) {
      const given = values[field.name]
      if (given === undefined || field.type === 'date' || field.type === 'time') continue
      const clean = JSON.stringify(given).replaceAll('\\u0000', '').replaceAll('\\ud800', '\ufffd')
      const isList = field.type === 'multi-select' && typeof given === 'string'
      expect(JSON.stringify(kept[field.name])).toBe(isList ? (given ? `[${clean}]` : '[]') : clean)
    }
  }

  for (const one of acts) {
    const before = house.said.length
    const stateBefore = await row()
    try {
      await (crashes.next().value ? house.crashAndRetry(() => run(one)) : run(one))
    } catch (error) {
      if (!(error instanceof PlainError && error.key.startsWith('forms:draft.'))) throw error
      expect(await row()).toEqual(stateBefore)
    }
    for (const { card } of house.said.slice(before)) {
      shown = summaryIn(card) ?? shown
    }
    const now = await row()
    if (now.state !== 'submitted') continue
    if (sent) expect(now.draft_values).toBe(stateBefore.draft_values)
    else await expectSame(record)
    sent = true
  }
  if (sent) submitted += 1
  const made = await store.db.selectFrom('form_number').select('last').where('prefix', '=', draft).execute()
  expect(made.map(({ last }) => last)).toEqual(sent ? [1] : [])

  /** The record is what was read last before it was sent in. */
  async function expectSame(values: FormValues): Promise<void> {
    const lookup = createLookup(store.db, who, dayIn('Asia/Shanghai', await store.now()))
    const asked = new Map(shown.map(({ label, value }) => [label, value]))
    for (const field of fields) {
      const value = values[field.name]
      const label = translate('zh-CN', field.label)
      if (asked.has(label)) expect(await showValue(field, value, 'zh-CN', lookup)).toBe(asked.get(label))
      else expect(value).toBeUndefined()
    }
    expect(asked.size).toBeGreaterThan(7)
  }
}

/** The summary that a card shows, as it stands on a page. */
function summaryIn({ blocks }: Card): { label: string; value: string }[] | null {
  const isSummary = blocks.some(
    (block) => block.type === 'buttons' && block.buttons.some(({ value }) => value.word === 'submit'),
  )
  const list = blocks.find((block) => block.type === 'list')
  if (!isSummary || list?.type !== 'list') return null
  return list.items.map(([label, value]) => ({ label: label!.text.replace(/：$/, ''), value: value!.text }))
}

describeEachDatabase('a form in all ways at once', (open, dialect) => {
  test('keeps what is typed and makes one record, which is what was shown', async () => {
    const { store } = await open()
    submitted = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof({ arbitrary: act.map((one) => [one]), weight: 9 }, { arbitrary: toTheEnd, weight: 1 }),
          {
            ...{ minLength: 5, maxLength: 25 },
          },
        ),
        fc.infiniteStream(fc.boolean()),
        (parts, crashes) => live(store, parts.flat(), crashes),
      ),
      { numRuns: dialect === 'sqlite' ? 60 : 15 },
    )
    // Else nothing would have been proved of records.
    expect(submitted).toBeGreaterThan(0)
  })
})
