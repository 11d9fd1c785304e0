import { readdirSync, readFileSync } from 'node:fs'
import type { Card } from '../../src/chat/card.ts'
import type { FormView } from '../../src/chat/form-view.ts'
import type { Language } from '../../src/chat/language.ts'
import { feedbackForm } from '../../src/features/events/after/feedback.ts'
import { materialsForm } from '../../src/features/events/after/materials-form.ts'
import { createAskForm } from '../../src/features/help/ask.ts'
import { createHandlingForms } from '../../src/features/help/handling-forms.ts'
import { createCommentForm } from '../../src/features/submissions/comments.ts'
import { withBuiltIns } from '../../src/features/submissions/definition/built-in.ts'
import { readKind } from '../../src/features/submissions/definition/read-kind.ts'
import { createExpertForm } from '../../src/features/submissions/experts/expert-form.ts'
import { createActionForms } from '../../src/features/submissions/forms/action-forms.ts'
import { createEntryForm } from '../../src/features/submissions/forms/entry-form.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import { bindChat } from '../../src/people/chats.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { openCard } from '../../src/seal/sealed-card.ts'
import type { Store } from '../../src/store/store.ts'
import { testSealer } from '../fakes/test-sealer.ts'
import { openFormHouse, privateChat, type Values } from '../forms/form-house.ts'
import { sampleForm } from '../forms/sample-form.ts'
import { makeEngine } from '../search/make-library.ts'
import { hardText, sizes } from './extreme-texts.ts'
import type { Round } from './form-rounds.ts'
import { assessmentAnswers, assessmentForms } from './walked-assessment.ts'
import { campaignAnswers, campaignsForms } from './walked-campaigns.ts'
import { carrierAnswers, carriersForms } from './walked-carriers.ts'
import { collectionAnswers, collectionForms } from './walked-collections.ts'
import { consultedAnswers, consultedForms } from './walked-consultations.ts'
import { dutyAnswers, dutyForms } from './walked-duties.ts'
import { remindingAnswers, remindingForms } from './walked-items.ts'
import { judgedAnswers, judgedForms } from './walked-judging.ts'
import { liaisonAnswers, liaisonForms } from './walked-liaison.ts'
import { makingAnswers, makingForms } from './walked-making.ts'
import { noticesAnswers, noticesForms } from './walked-notices.ts'
import { organisationAnswers, organisationForms } from './walked-organisations.ts'
import { planAnswers, plansForms } from './walked-plans.ts'
import { registeringForms } from './walked-registering.ts'
import { reminderMakingAnswers, reminderMakingForms } from './walked-reminder-making.ts'
import { resourceAnswers, resourceForms } from './walked-resources.ts'
import { showingForms } from './walked-showing.ts'

const library = { engine: makeEngine([]) }

/** The product's kinds of submissions, with what every kind can do; nothing is sent in here. */
const folder = 'knowledge/submissions'
const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => withBuiltIns({ ...readKind(readFileSync(`${folder}/${file}`, 'utf8'), file), version: 1 }))
const none = { kinds: { all: () => kinds }, sealer: testSealer } as unknown as Parameters<
  typeof createEntryForm
>[1]

/** All forms of the product, and one with a field of every type. */
export const forms: FormDefinition[] = [
  createAskForm({ library, publicUrl: () => 'http://bot.example' }),
  ...createHandlingForms({ library, membersOf: async () => null }),
  ...kinds.flatMap((kind) => [createEntryForm(kind, none), ...createActionForms(kind, none)]),
  createExpertForm(),
  createCommentForm(none),
  feedbackForm,
  materialsForm,
  ...makingForms,
  ...collectionForms,
  ...assessmentForms,
  ...campaignsForms,
  ...carriersForms,
  ...consultedForms,
  ...organisationForms,
  ...dutyForms,
  ...judgedForms,
  ...liaisonForms,
  ...noticesForms,
  ...plansForms,
  ...registeringForms,
  ...reminderMakingForms,
  ...remindingForms,
  ...showingForms,
  ...resourceForms,
  sampleForm(),
]

/** By form: what is taken in fields that are read further than their type says. */
export const fitting: Readonly<Record<string, Values>> = Object.fromEntries([
  ...makingForms.map(({ name }) => [name, makingAnswers]),
  ...collectionForms.map(({ name }) => [name, collectionAnswers]),
  ...judgedForms.map(({ name }) => [name, judgedAnswers]),
  ...liaisonForms.map(({ name }) => [name, liaisonAnswers]),
  ...assessmentForms.map(({ name }) => [name, assessmentAnswers]),
  ...campaignsForms.map(({ name }) => [name, campaignAnswers]),
  ...consultedForms.map(({ name }) => [name, consultedAnswers]),
  ...carriersForms.map(({ name }) => [name, carrierAnswers]),
  ...organisationForms.map(({ name }) => [name, organisationAnswers]),
  ...dutyForms.map(({ name }) => [name, dutyAnswers(name)]),
  ...reminderMakingForms.map(({ name }) => [name, reminderMakingAnswers]),
  ...noticesForms.map(({ name }) => [name, noticesAnswers]),
  ...plansForms.map(({ name }) => [name, planAnswers]),
  ...resourceForms.map(({ name }) => [name, resourceAnswers]),
  ...remindingForms.map(({ name }) => [name, remindingAnswers]),
])

/** What a form tells of where it was opened, as long as it can be. */
const context = {
  ...{ receivers: sizes.most.title, note: sizes.most.remark, answer: '', group: '' },
  ...{ title: sizes.most.title, when: '3月13日（周五）14:00–16:00', count: '60' },
  ...{ request: 'r'.repeat(36), number: 'WD-2026-0001', question: hardText(203), zone: 'Asia/Shanghai' },
}

const files = Array.from({ length: 2 }, (_, at) => ({
  ...{ name: `${hardText(100)}${at}.pdf`, type: 'application/pdf', size: 120_000, blob: 'aa' },
}))

export async function settlePeople(store: Store): Promise<void> {
  await store.transaction(async (trx) => {
    const { id: organisation } = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
    await bindChat(trx, { platform: 'slack', installation: 'T', chat: 'C' }, organisation)
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
  { context: more, answers }: Round,
): Promise<FormView[]> {
  const house = openFormHouse(store, [definition])
  const place = privateChat('slack', more.guest ? 'guest' : 'ada')
  const opened = await house.open(place, { language, context: { ...context, ...more } })
  if (!('view' in opened)) throw new Error('no page was opened')
  const views = [opened.view]
  const leave = async (step: 'next' | 'back' | 'cancel', values: Values) => {
    const { draft, page } = views.at(-1)!
    const { form } = await house.page(place, draft, page, step, values)
    if (form) views.push(form)
  }
  while (views.at(-1)!.page !== 'summary') {
    const { fields, page } = views.at(-1)!
    const isList = (type: string) => type === 'multi-select'
    const each = (value: (field: (typeof fields)[number]) => string | string[]): Values =>
      Object.fromEntries(fields.map((field) => [field.name, value(field)]))
    // Longer than anything may be.
    await leave(
      'next',
      each(({ type }) => (isList(type) ? ['no such'] : hardText(5100))),
    )
    if (views.at(-1)!.page === page)
      await leave(
        'next',
        each(({ type }) => (isList(type) ? [] : '')),
      )
    if (fields.some(({ type }) => type === 'file')) await house.type(place, '', files)
    // What may be left empty was passed over.
    if (views.at(-1)!.page !== page) await leave('back', {})
    await leave(
      'next',
      each(({ name }) => answers[name] ?? ''),
    )
    if (views.at(-1)!.page === page) throw new Error(`stopped at ${page}: ${problemsOn(views.at(-1)!)}`)
  }
  // With everything that was filled in still there.
  await leave('back', {})
  await leave('cancel', {})
  return views
}

function problemsOn({ fields }: FormView): string {
  return fields.map(({ name, problem }) => `${name} ${problem}`).join(', ')
}

/** The same form asked step by step. */
export async function stepsOf(
  store: Store,
  definition: FormDefinition,
  language: Language,
  { context: more, answers, asked }: Round,
): Promise<Card[]> {
  const house = openFormHouse(store, [definition])
  const place = privateChat('terminal', more.guest ? 'guest' : 'ada')
  const opened = await house.open(place, { language, context: { ...context, ...more } })
  if (!('card' in opened)) throw new Error('nothing was asked')
  const words = language === 'en' ? { next: 'next', yes: 'yes' } : { next: '下一项', yes: '是' }
  for (const { name, type, options = [] } of asked) {
    const answer = answers[name] ?? ''
    const chosen = [answer].flat().map((value) => options.findIndex((option) => option.value === value) + 1)
    const typed = options.length > 0 ? chosen.join('、') : type === 'checkbox' ? words.yes : String(answer)
    // Longer than anything may be.
    await house.type(place, hardText(5100))
    if (type === 'file') await house.type(place, '', files)
    await house.type(place, type === 'file' || answer === '' ? words.next : typed)
  }
  const last = await openCard(store.db, testSealer, house.lastCard())
  if (!hasSummary(last)) throw new Error(`stopped at ${JSON.stringify(last.blocks).slice(0, 200)}`)
  await house.type(place, language === 'en' ? 'cancel' : '取消')
  const said = [opened.card, ...house.said.map(({ card }) => card)]
  // What lies encrypted is shown as it is opened for whoever it is for.
  return Promise.all(said.map((card) => openCard(store.db, testSealer, card)))
}

/** Whether all was asked: only then it may be sent in. */
function hasSummary({ blocks }: Card): boolean {
  const buttons = blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
  return buttons.some(({ value }) => value.word === 'submit')
}
