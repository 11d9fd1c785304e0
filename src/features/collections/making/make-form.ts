import type {
  FilledForm,
  FormDefinition,
  FormField,
  FormPage,
  Submission,
} from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import {
  audiencePages,
  type ChosenAudience,
  chosenBy,
  chosenIn,
  endOf,
  filledAudience,
} from '../../circulation/port.ts'
import { collectionToHandle, mayMake } from '../access.ts'
import type { CollectionCards } from '../cards/show-collection.ts'
import {
  both,
  type CollectionDefinition,
  limits,
  questionsOf,
  tellingTypes,
} from '../definition/definition.ts'
import { type Collection, remindDays } from '../records.ts'
import { type CollectionDraft, changeCollection, draftCollection } from './keep-collection.ts'
import { filledQuestions, mostAsked, pageFilled, questionPages } from './question-pages.ts'
import type { CollectionTemplate } from './templates.ts'

const label = (name: string) => `collections:form.${name}`

/** The form by which a collection is made without a file: title, questions one by one, whom it is for, until when. */
export function makeForm(cards: CollectionCards, templates: readonly CollectionTemplate[]): FormDefinition {
  return {
    name: 'collections.make',
    version: 1,
    title: label('make-title'),
    seenBy: label('seen-by'),
    pages: [basicsPage, countPage, ...questionPages(), ...audiencePages('to'), endPage],
    async submit(sent) {
      const { trx, person, now, language, context } = sent
      if (person === null) throw new PlainError('collections:sign-in')
      const doing = { by: person, now }
      const before = context.collection
        ? await collectionToHandle(trx, context.collection, person, now)
        : null
      const draft = await draftFilled(sent, before, templates)
      const collection = before
        ? await changeCollection(trx, before, draft, doing)
        : await draftCollection(trx, draft, doing)
      const card = await cards.preview(trx, collection, { person, now, language })
      const toast = translate(language, 'collections:receipt.look-over')
      return { number: collection.row.number, card, alone: true, toast }
    },
  }
}

const choice = (name: string, values: readonly string[]): FormField => ({
  ...{ name, type: 'select', label: label(name), required: true, usual: values[0]! },
  options: values.map((value) => ({ value, label: `collections:${name}.${value}` })),
})

const basicsPage: FormPage = {
  name: 'basics',
  intro: [label('intro')],
  fields: [
    { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
    { name: 'title', type: 'text', label: label('title'), required: true, most: limits.title },
    { name: 'about', type: 'long-text', label: label('about'), most: limits.intro },
    choice('anonymity', ['named', 'handlers-only', 'anonymous']),
    choice('per', ['person', 'unit']),
  ],
  async check({ db, now, person, values: { organisation, anonymity, per } }) {
    if (anonymity === 'anonymous' && per === 'unit') {
      return { per: { key: 'collections:wrong.unit-anonymous', values: {} } }
    }
    if (typeof organisation !== 'string') return {}
    if (person !== null && (await mayMake(db, person, organisation, now))) return {}
    return { organisation: { key: 'collections:not-for-you', values: {} } }
  },
}

const countPage: FormPage = {
  name: 'count',
  intro: [],
  when: (_values, { kept }) => kept !== 'yes',
  fields: [
    {
      ...{ name: 'count', type: 'number', label: label('count'), hint: label('count-hint') },
      ...{ required: true, least: 1, most: mostAsked },
    },
  ],
  async check({ values: { count } }) {
    if (count === undefined || Number.isInteger(count)) return {}
    return { count: { key: 'collections:refused.count', values: {} } }
  },
}

const remindOptions = ['3', '1', '0'].map((value) => ({ value, label: `collections:remind.${value}` }))

/** Until when, and when the rest is reminded. */
export const deadlineFields: FormField[] = [
  { name: 'deadline', type: 'date', label: label('deadline'), hint: label('deadline-hint'), required: true },
  { name: 'remind', type: 'multi-select', label: label('remind'), options: remindOptions },
]

export async function checkDeadline({ now, values: { deadline } }: FilledForm) {
  if (typeof deadline !== 'string' || endOf(deadline) > now) return {}
  return { deadline: { key: 'collections:refused.deadline-past', values: {} } }
}

const endPage: FormPage = {
  name: 'end',
  intro: [],
  fields: [
    ...deadlineFields,
    {
      ...{ name: 'handlers', type: 'people', label: label('handlers'), hint: label('handlers-hint') },
      ...{ most: 10, colleagues: true },
    },
    { name: 'shares', type: 'checkbox', label: label('shares') },
  ],
  check: checkDeadline,
}

export const daysIn = (remind: unknown) => (Array.isArray(remind) ? remind.map(Number) : [])

async function draftFilled(
  { trx, values, context, person, now }: Submission,
  before: Collection | null,
  templates: readonly CollectionTemplate[],
): Promise<CollectionDraft> {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const template = templates.find(({ name }) => name === context.template)
  const kept = context.kept === 'yes' ? (before?.definition ?? template?.definition) : undefined
  if (context.kept === 'yes' && !kept) throw new PlainError('collections:gone')
  if (person === null) throw new PlainError('collections:sign-in')
  const audience = await chosenBy(trx, values, { person, now })
  const anonymity =
    (['handlers-only', 'anonymous'] as const).find((one) => one === values.anonymity) ?? 'named'
  const definition: CollectionDefinition = {
    title: keptOr(kept?.title, text('title')),
    intro: keptOr(kept?.intro, text('about')),
    pages: kept?.pages ?? [pageFilled(values)],
  }
  const telling = questionsOf(definition).find(({ type }) => tellingTypes.has(type))
  if (anonymity === 'anonymous' && telling) {
    const shown = { name: telling.label['zh-CN'], type: telling.type }
    throw new PlainError('collections:wrong.telling-anonymous', shown)
  }
  return {
    ...{ definition, anonymity, organisation: text('organisation') },
    ...{ per: values.per === 'unit' ? 'unit' : 'person', audience },
    ...{ deadline: endOf(text('deadline')), remind: daysIn(values.remind), shares: values.shares === true },
    handlers: Array.isArray(values.handlers) ? values.handlers.map(String) : [],
  }
}

/** Words that were not changed keep their other language. */
const keptOr = (kept: CollectionDefinition['title'] | undefined, typed: string) =>
  kept && (kept['zh-CN'] === typed || kept.en === typed) ? kept : both(typed)

/** What the form holds of a collection that is changed. */
export async function filledCollection(db: Reads, { row, definition, handlers }: Collection) {
  const questions = filledQuestions(definition.pages)
  const audience =
    row.audience === null ? {} : await filledAudience(db, JSON.parse(row.audience) as ChosenAudience)
  const named = await filledAudience(db, { ...chosenIn({}), toPeople: handlers })
  return {
    context: { collection: row.id, ...(questions ? {} : { kept: 'yes' }) },
    values: {
      ...{ organisation: row.organisation, title: row.title, about: definition.intro['zh-CN'] },
      ...{ anonymity: row.anonymity, per: row.per, ...questions, ...audience },
      ...{ deadline: dayFilled(row.deadline), remind: remindDays(row).map(String) },
      ...{ handlers: named.toPeople ?? '', shares: row.shares === 1 ? 'yes' : '' },
    },
  }
}

export const dayFilled = (instant: string | null) => (instant === null ? '' : dayInChina(new Date(instant)))
