import { readFileSync } from 'node:fs'
import type { Card } from '../../src/chat/card.ts'
import type { FormView } from '../../src/chat/form-view.ts'
import type { Language } from '../../src/chat/language.ts'
import { createAskForm } from '../../src/features/help/ask.ts'
import { createHandlingForms } from '../../src/features/help/handling-forms.ts'
import { readKind } from '../../src/features/submissions/definition/read-kind.ts'
import { createActionForms } from '../../src/features/submissions/forms/action-forms.ts'
import { createEntryForm } from '../../src/features/submissions/forms/entry-form.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { openFormHouse, privateChat, type Values } from '../forms/form-house.ts'
import { sampleForm } from '../forms/sample-form.ts'
import { makeEngine } from '../search/make-library.ts'
import { hardText, sizes } from './extreme-texts.ts'

const library = { engine: makeEngine([]) }

/** The forms of the product's kinds of submissions; they are not sent in here. */
const kind = {
  ...readKind(readFileSync('knowledge/submissions/proposal.yaml', 'utf8'), 'proposal.yaml'),
  version: 1,
}
const none = {} as Parameters<typeof createEntryForm>[1]

/** All forms of the product, and one with a field of every type. */
export const forms: FormDefinition[] = [
  createAskForm({ library, publicUrl: () => 'http://bot.example' }),
  ...createHandlingForms({ library, membersOf: async () => null }),
  createEntryForm(kind, none),
  ...createActionForms(kind, none),
  sampleForm(),
]

/** What a form tells of where it was opened, as long as it can be. */
const context = {
  ...{ receivers: sizes.most.title, note: sizes.most.remark, mayActFor: 'yes', answer: '', group: '' },
  ...{ request: 'r'.repeat(36), number: 'WD-2026-0001', question: hardText(203) },
}

/** By field: something that is taken, as long as it may be. */
const answers: Values = {
  ...{
    question: sizes.most.question,
    background: sizes.most.background,
    urgency: 'urgent',
    askedFor: '张三',
  },
  ...{
    text: sizes.most.reply,
    clause: hardText(200),
    reason: sizes.most.remark,
    remark: sizes.most.remark,
    to: '张三',
  },
  ...{ title: hardText(40), story: hardText(300), kind: 'device', areas: ['safety', 'energy'], people: '12' },
  ...{ variety: 'proposal', category: 'process', defect: hardText(1000), method: hardText(1000) },
  ...{
    effect: hardText(1000),
    expected: '12万',
    implemented: 'trial',
    into: 'JY-2026-0001',
    opinion: hardText(500),
  },
  ...{
    reviewers: '张三、李四、王五',
    outcome: 'trial',
    owner: '张三',
    verifier: '张三',
    plan: hardText(1000),
    due: '2026-12-01',
  },
  ...{
    progress: hardText(1000),
    result: hardText(1000),
    benefit: '12万',
    objection: hardText(1000),
    finding: hardText(1000),
  },
  ...{ tier: 'first', hasInterest: 'no', interest: hardText(200) },
  ...{ technical: '20', economic: '20', scope: '20', practical: '20' },
  ...{ saving: '1.2万', day: '2026-12-01', hour: '14:30', author: '张三', unit: '集团', agreed: 'yes' },
}
const files = Array.from({ length: 2 }, (_, at) => ({
  ...{ name: `${hardText(100)}${at}.pdf`, type: 'application/pdf', size: 120_000, blob: 'aa' },
}))

export async function settlePeople(store: Store): Promise<void> {
  await store.transaction(async (trx) => {
    const { id: organisation } = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
    const { id: person } = await createPerson(trx, { name: '张三' })
    await addMembership(trx, { person, organisation, role: 'cadre' })
    for (const name of ['李四', '王五']) {
      const other = await createPerson(trx, { name })
      await addMembership(trx, { person: other.id, organisation, role: 'reviewer' })
    }
    for (const platform of ['slack', 'terminal'])
      await linkAccount(trx, privateChat(platform, 'ada').account, person, new Date(0))
  })
}

/** Every page of a form as it is opened, as it comes back with problems, filled in, and its summary. */
export async function viewsOf(
  store: Store,
  definition: FormDefinition,
  language: Language,
): Promise<FormView[]> {
  const house = openFormHouse(store, [definition])
  const place = privateChat('slack', 'ada')
  const opened = await house.open(place, { language, context })
  if (!('view' in opened)) throw new Error('no page was opened')
  const views = [opened.view]
  const leave = async (step: 'next' | 'back', values: Values) => {
    const { draft, page } = views.at(-1)!
    const { form } = await house.page(place, draft, page, step, values)
    if (form) views.push(form)
  }
  while (views.at(-1)!.page !== 'summary') {
    const { fields, page } = views.at(-1)!
    const wrong = fields.map(({ name, type }) => [
      name,
      type === 'multi-select' ? ['no such'] : hardText(3100),
    ])
    await leave('next', Object.fromEntries(wrong))
    await leave(
      'next',
      Object.fromEntries(fields.map(({ name, type }) => [name, type === 'multi-select' ? [] : ''])),
    )
    if (fields.some(({ type }) => type === 'file')) await house.type(place, '', files)
    if (views.at(-1)!.page === page)
      await leave('next', Object.fromEntries(fields.map(({ name }) => [name, answers[name] ?? ''])))
    if (views.at(-1)!.page === page) throw new Error(`stopped at ${JSON.stringify(views.at(-1)!.fields)}`)
  }
  // With everything that was filled in still there.
  await leave('back', {})
  return views
}

/** The same form asked step by step. */
export async function stepsOf(store: Store, definition: FormDefinition, language: Language): Promise<Card[]> {
  const house = openFormHouse(store, [definition])
  const place = privateChat('terminal', 'ada')
  const opened = await house.open(place, { language, context })
  if (!('card' in opened)) throw new Error('nothing was asked')
  const cards = [opened.card]
  const words = language === 'en' ? { save: 'save draft' } : { save: '保存草稿' }
  for (const { type, name, options } of definition.pages.flatMap(({ fields }) => fields)) {
    await house.type(place, hardText(3100))
    if (type === 'file') await house.type(place, '', files)
    const answer = answers[name] ?? ''
    const typed = options ? '1' : type === 'checkbox' ? (language === 'en' ? 'yes' : '是') : String(answer)
    await house.type(place, type === 'file' ? (language === 'en' ? 'next' : '下一项') : typed)
  }
  await house.type(place, words.save)
  return [...cards, ...house.said.map(({ card }) => card)]
}
