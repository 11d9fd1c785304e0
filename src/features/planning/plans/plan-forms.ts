import type { Language } from '../../../chat/language.ts'
import type { FormDefinition, FormField, Receipt, Submission } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { yearOf } from '../../../timers/calendar/day.ts'
import { isAskedFor } from '../../reminders/port.ts'
import { mayDo, mustDo } from './access.ts'
import type { PlansContext } from './context.ts'
import { lastQuarter } from './days.ts'
import {
  createPlan,
  decidePlan,
  itemsOf,
  type PlanSource,
  reviewPlan,
  sources,
  summarisePlan,
} from './keep-plan.ts'
import { isOfAnother, reviewDraft, reviewText, summaryDraft } from './look-back.ts'
import { filePaper } from './papers.ts'
import { showButton, textCard } from './plan-cards.ts'
import { type Plan, planOfYear, readPlan } from './records.ts'
import { weakLine } from './weak-items.ts'

const label = (name: string) => `planning:form.${name}`

/** A text of several lines. */
function long(name: string, required: boolean, most = 2000): FormField {
  return { name, type: 'long-text', label: label(name), required, most }
}

/** The forms about plans as a whole. */
export function planForms(context: PlansContext): FormDefinition[] {
  return [beginForm(context), decideForm(context), reviewForm(context), summaryForm(context)]
}

function beginForm(context: PlansContext): FormDefinition {
  const yearIn = (which: unknown, now: Date) => yearOf(dayInChina(now)) + (which === 'next' ? 1 : 0)
  return {
    name: 'planning.begin',
    version: 1,
    title: label('begin-title'),
    seenBy: label('seen-by'),
    takes: async ({ db, person, now, context: { organisation } }) =>
      organisation === undefined || mayDo(db, person, 'plan.edit', organisation, dayInChina(now)),
    pages: [
      {
        name: 'where',
        intro: [label('begin-intro')],
        // A reminder knows whose plan it asks for.
        when: (_values, { organisation }) => organisation === undefined,
        fields: [
          { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
        ],
        async check({ db, now, person, values: { organisation } }) {
          if (typeof organisation !== 'string' || person === null) return {}
          return (await mayDo(db, person, 'plan.edit', organisation, dayInChina(now)))
            ? {}
            : { organisation: { key: 'planning:not-yours', values: {} } }
        },
      },
      {
        name: 'plan',
        intro: [label('source-intro')],
        fields: [
          {
            ...{ name: 'year', type: 'select', label: label('year'), required: true, usual: 'this' },
            options: ['this', 'next'].map((value) => ({ value, label: label(`year-${value}`) })),
          },
          {
            ...{ name: 'source', type: 'select', label: label('source'), required: true, usual: 'template' },
            options: sources.map((value) => ({ value, label: label(`source-${value}`) })),
          },
          { name: 'title', type: 'text', label: label('title'), hint: label('title-hint'), most: 80 },
        ],
        async check({ db, now, values, context: about }) {
          const organisation = String(values.organisation ?? about.organisation ?? '')
          if (organisation === '' || values.year === undefined) return {}
          const year = yearIn(values.year, now)
          const known = await planOfYear(db, organisation, year)
          if (known) {
            return { year: { key: 'planning:there-is-one', values: { number: known.row.number, year } } }
          }
          if (values.source !== 'last-year' || (await planOfYear(db, organisation, year - 1))) return {}
          return { source: { key: 'planning:none-before', values: { year: year - 1 } } }
        },
      },
    ],
    async notes({ db, now, language, values, context: about }) {
      const organisation = String(values.organisation ?? about.organisation ?? '')
      const year = yearIn(values.year, now)
      const said = translate(language, label('year-note'), { year })
      const given = { organisation, year, source: values.source as PlanSource }
      const items = await itemsOf(db, context.template, given)
      const drafts = items.map(({ draft: { owner, endsOn } }) => ({
        ...{ state: 'open' as const, owner, ends_on: endsOn },
      }))
      const weak = weakLine(drafts, dayInChina(now), language)
      return weak === '' ? [said] : [said, translate(language, label('weak-note'), { weak })]
    },
    async submit(sent): Promise<Receipt> {
      const { trx, now, values, context: about } = sent
      const person = personOf(sent)
      const organisation = String(values.organisation ?? about.organisation ?? '')
      await mustDo(trx, person, 'plan.edit', organisation, dayInChina(now))
      const given = {
        ...{ organisation, year: yearIn(values.year, now), source: values.source as PlanSource },
        title: typeof values.title === 'string' ? values.title : '',
      }
      const plan = await createPlan(trx, context, given, { by: person, now })
      // Only when it is handed in the reminder has what it asks for.
      return receipt(plan, 'begun', sent.language)
    },
  }
}

function decideForm(context: PlansContext): FormDefinition {
  return {
    name: 'planning.decide',
    version: 1,
    title: label('decide-title'),
    subject: '{{number}}',
    seenBy: label('decide-seen-by'),
    pages: [
      {
        name: 'decision',
        intro: [label('about')],
        fields: [
          {
            ...{ name: 'decision', type: 'select', label: label('decision'), required: true },
            options: ['approve', 'return'].map((value) => ({ value, label: label(value) })),
          },
          { ...long('reason', false, 1000), hint: label('reason-hint') },
        ],
        check: async ({ values: { decision, reason = '' } }) =>
          decision === 'return' && String(reason).trim() === ''
            ? { reason: { key: 'planning:no-reason', values: {} } }
            : {},
      },
    ],
    async submit(sent) {
      const { trx, now, values } = sent
      const person = personOf(sent)
      const { row } = await readPlan(trx, sent.context.plan ?? '')
      await mustDo(trx, person, 'plan.decide', row.organisation, dayInChina(now))
      const approves = values.decision === 'approve'
      const given = { approves, reason: String(values.reason ?? '') }
      const plan = await decidePlan(trx, context, seenIn(sent), given, { by: person, now })
      return receipt(plan, approves ? 'approved' : 'returned', sent.language)
    },
  }
}

function reviewForm(context: PlansContext): FormDefinition {
  return {
    name: 'planning.review',
    version: 1,
    title: label('review-title'),
    subject: '{{number}}',
    seenBy: label('seen-by'),
    begins: (opened) => reviewDraft(context, opened),
    pages: [
      {
        name: 'review',
        intro: [label('about')],
        fields: [
          {
            ...{ name: 'quarter', type: 'select', label: label('quarter'), required: true },
            options: ['1', '2', '3', '4'].map((value) => ({ value, label: label(`quarter-${value}`) })),
          },
          long('done', true),
          long('problems', false),
          long('next', false),
        ],
        async check({ now, values: { quarter, done }, context: { year = '' } }) {
          const last = lastQuarter(Number(year), dayInChina(now))
          // The figures of one quarter are not to be filed as another's.
          if (isOfAnother(String(done ?? ''), Number(quarter ?? 0)))
            return { quarter: { key: 'planning:other-quarter', values: {} } }
          return year !== '' && Number(quarter ?? 1) > (last ?? 0)
            ? { quarter: { key: 'planning:no-quarter', values: {} } }
            : {}
        },
      },
    ],
    async submit(sent) {
      const { trx, now, values } = sent
      const person = await editorOf(sent, 'planning.review')
      const said = (name: string) => String(values[name] ?? '')
      const review = { done: said('done'), problems: said('problems'), next: said('next') }
      const plan = await reviewPlan(
        trx,
        context,
        sent.context.plan ?? '',
        { quarter: Number(values.quarter), ...review },
        { by: person, now },
      )
      const { language } = sent
      const text = reviewText(review, language)
      const quarter = Number(values.quarter)
      await filePaper(trx, context, { row: plan.row, quarter, text }, { by: person, now, language })
      await acknowledged(context, sent, plan)
      return receipt(plan, 'reviewed', language)
    },
  }
}

function summaryForm(context: PlansContext): FormDefinition {
  return {
    name: 'planning.summary',
    version: 1,
    title: label('summary-title'),
    subject: '{{number}}',
    seenBy: label('seen-by'),
    begins: (opened) => summaryDraft(context, opened),
    pages: [
      {
        name: 'year',
        intro: [label('about')],
        fields: [
          long('summary', true, 5000),
          {
            ...{ name: 'closes', type: 'select', label: label('closes'), required: true, usual: 'no' },
            options: ['no', 'yes'].map((value) => ({ value, label: label(`closes-${value}`) })),
          },
        ],
      },
    ],
    async notes({ db, language, context: about }) {
      if (about.plan === undefined) return []
      const { items } = await readPlan(db, about.plan)
      const open = items.filter(({ state }) => state === 'open')
      if (open.length === 0) return []
      const goals = open.slice(0, 10).map(({ goal }) => Array.from(goal).slice(0, 40).join(''))
      const joint = language === 'en' ? '; ' : '；'
      return [translate(language, label('open'), { count: open.length, goals: goals.join(joint) })]
    },
    async submit(sent) {
      const { trx, now, values } = sent
      const person = await editorOf(sent, 'planning.summary')
      const closes = values.closes === 'yes'
      const given = { summary: String(values.summary), closes }
      const plan = await summarisePlan(trx, context, seenIn(sent), given, { by: person, now })
      const paper = { row: plan.row, quarter: 0, text: given.summary }
      await filePaper(trx, context, paper, { by: person, now, language: sent.language })
      await acknowledged(context, sent, plan)
      return receipt(plan, closes ? 'closed' : 'summarised', sent.language)
    },
  }
}

/** The plan of a form and the version that was looked at, where a button said it. */
export function seenIn({ context: { plan = '', version } }: Pick<Submission, 'context'>) {
  return { plan, seen: version === undefined ? null : Number(version) }
}

/** Throws PlainError for a guest. */
export function personOf({ person }: Pick<Submission, 'person'>): string {
  if (person === null) throw new PlainError('planning:sign-in')
  return person
}

/** Whoever sends it in, who may keep the plan, or has it from a reminder. Throws PlainError where neither is so. */
async function editorOf(sent: Submission, form: string): Promise<string> {
  const person = personOf(sent)
  const { row } = await readPlan(sent.trx, sent.context.plan ?? '')
  if (!(await isAskedFor(sent.trx, sent, { form, about: ['plan'] }))) {
    await mustDo(sent.trx, person, 'plan.edit', row.organisation, dayInChina(sent.now))
  }
  return person
}

/** The reminder that opened a form has what it asked for. */
export async function acknowledged(
  { reminders }: Pick<PlansContext, 'reminders'>,
  { trx, context: { item }, person, now }: Submission,
  { row }: Pick<Plan, 'row'>,
): Promise<void> {
  await reminders.acknowledged(trx, item, { by: person, note: row.number, now })
}

export function receipt({ row }: Pick<Plan, 'row'>, key: string, language: Language): Receipt {
  const said = translate(language, `planning:receipt.${key}`, { number: row.number, title: row.title })
  return { number: row.number, card: textCard(said, [showButton(row.id, language)]) }
}
