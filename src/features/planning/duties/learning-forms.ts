import type { FilledForm, FormDefinition, Receipt, Submission } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { isInForce, membershipsOf } from '../../../people/memberships.ts'
import type { Reads } from '../../../people/people.ts'
import { yearOf } from '../../../timers/calendar/day.ts'
import { possessions, readProfile } from '../../organisations/port.ts'
import { itemInContext } from '../../reminders/port.ts'
import type { PlanningContext } from '../context.ts'
import { may, mustEdit, unitOf } from './access.ts'
import { learningCard, textCard } from './duty-cards.ts'
import { dutyOrigin } from './keep-duties.ts'
import { addLearning, keepLearningPlan } from './learning.ts'
import { refusedBy } from './meeting-forms.ts'
import { documentsOf, keepRulesReview, parseRules } from './rules-review.ts'

type Context = Pick<PlanningContext, 'reminders'>

const label = (name: string) => `planning:duty.form.${name}`

/** The forms of the learning plan, of what was learned, and of the yearly review of rules. */
export function yearlyForms(context: Context): FormDefinition[] {
  return [planForm(context), recordForm(context), reviewForm(context)]
}

function planForm(context: Context): FormDefinition {
  return {
    name: 'planning.learning-plan',
    version: 1,
    title: 'planning:duty.form.plan-title',
    seenBy: 'planning:duty.form.seen-by',
    pages: [
      {
        name: 'plan',
        intro: ['planning:duty.form.plan-intro'],
        fields: [
          {
            // Not a number, which is shown back as 2,026.
            ...{ name: 'year', type: 'text', label: label('year'), hint: label('year-hint') },
            most: 4,
          },
          { name: 'hours', type: 'number', label: label('hours'), required: true, least: 1, most: 1000 },
          {
            ...{ name: 'topics', type: 'long-text', label: label('topics'), most: 1000 },
            example: label('topics-example'),
          },
        ],
        check: async ({ values: { year, hours }, now }) => {
          const today = yearOf(dayInChina(now))
          const isFar = Boolean(year) && !(Math.abs(Number(year) - today) <= 1)
          return {
            ...(isFar ? { year: { key: 'planning:duty.year-far', values: { year: today } } } : {}),
            ...quarters(hours),
          }
        },
      },
    ],
    async submit(sent): Promise<Receipt> {
      const { trx, values, now, language } = sent
      const person = signedIn(sent)
      const year = Number(values.year || yearOf(dayInChina(now)))
      const organisation = sent.context.organisation ?? (await ownUnit(trx, person, dayInChina(now)))
      const given = {
        organisation,
        person,
        year,
        hours: Number(values.hours),
        topics: String(values.topics ?? ''),
      }
      const progress = await keepLearningPlan(trx, context, given, now)
      const note = translate(language, 'planning:duty.receipt.plan', { year, hours: given.hours })
      await acknowledged(sent, context, person, note)
      return { number: String(year), card: learningCard(progress, [], language, note), toast: note }
    },
  }
}

function recordForm(context: Context): FormDefinition {
  return {
    name: 'planning.learning-record',
    version: 1,
    title: 'planning:duty.form.record-title',
    seenBy: 'planning:duty.form.seen-by',
    pages: [
      {
        name: 'record',
        intro: ['planning:duty.form.record-intro'],
        fields: [
          { name: 'day', type: 'date', label: label('learned-on'), required: true },
          {
            ...{ name: 'topic', type: 'text', label: label('topic'), required: true, least: 2, most: 100 },
            example: label('topic-example'),
          },
          {
            name: 'hours',
            type: 'number',
            label: label('hours-learned'),
            required: true,
            least: 0.25,
            most: 24,
          },
        ],
        async check({ values: { day, hours }, now }) {
          const today = dayInChina(now)
          const early = `${yearOf(today) - 1}-01-01`
          return {
            ...(typeof day === 'string' && day > today
              ? { day: { key: 'planning:duty.day-to-come', values: {} } }
              : {}),
            ...(typeof day === 'string' && day < early
              ? { day: { key: 'planning:duty.day-long-ago', values: { day: early } } }
              : {}),
            ...quarters(hours),
          }
        },
      },
    ],
    async submit(sent): Promise<Receipt> {
      const { trx, values, now, language } = sent
      const person = signedIn(sent)
      const learned = { day: String(values.day), topic: String(values.topic), hours: Number(values.hours) }
      const progress = await addLearning(trx, context, { person, ...learned }, now)
      const note = translate(language, 'planning:duty.receipt.record', { ...learned })
      await acknowledged(sent, context, person, note)
      return { number: learned.day, card: learningCard(progress, [], language, note), toast: note }
    },
  }
}

function reviewForm(context: Context): FormDefinition {
  return {
    name: 'planning.rules-review',
    version: 1,
    title: 'planning:duty.form.review-title',
    subject: '{{unit}}',
    seenBy: 'planning:duty.form.seen-by',
    notes: leftOut,
    takes: async ({ db, person, now, context: { organisation } }) =>
      organisation === undefined || may(db, person, 'plan.edit', organisation, now),
    pages: [
      {
        name: 'unit',
        intro: [],
        when: (_values, about) => about.organisation === undefined,
        fields: [
          { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
        ],
        async check({ db, now, person, values: { organisation } }) {
          if (typeof organisation !== 'string') return {}
          return (await may(db, person, 'plan.edit', organisation, now))
            ? {}
            : { organisation: { key: 'planning:duty.not-yours', values: {} } }
        },
      },
      {
        name: 'rules',
        intro: ['planning:duty.form.rules-intro'],
        fields: [
          {
            ...{ name: 'rules', type: 'long-text', label: label('rules'), hint: label('rules-hint') },
            ...{ example: label('rules-example'), required: true, most: 5000 },
          },
        ],
        check: async ({ values }) => refusedBy('rules', () => parseRules(String(values.rules ?? ''))),
      },
      {
        name: 'institutions',
        intro: [],
        fields: [
          {
            ...{ name: 'institutions', type: 'multi-select', label: label('institutions') },
            options: possessions.map((one) => ({ value: one, label: `planning:duty.institution.${one}` })),
          },
          { name: 'note', type: 'long-text', label: label('review-note'), most: 1000 },
        ],
      },
    ],
    async submit(sent): Promise<Receipt> {
      const { trx, values, now, language } = sent
      const unit = await unitOf(trx, sent.context.organisation ?? String(values.organisation ?? ''))
      const by = await mustEdit(trx, sent.person, unit.id, now)
      const rules = parseRules(String(values.rules ?? ''))
      const found = {
        ...{ organisation: unit, rules, note: String(values.note ?? '') },
        institutions: (values.institutions ?? []) as string[],
      }
      const { number } = await keepRulesReview(trx, found, { by, now })
      await acknowledged(sent, context, by, number)
      await context.reminders.done(trx, dutyOrigin('rules-review', unit.id), { by, note: number, now })
      const count = (finding: string) => rules.filter((rule) => rule.finding === finding).length
      const said = translate(language, 'planning:duty.receipt.review', {
        ...{ number, unit: unit.name, count: rules.length },
        ...{ change: count('to-change'), missing: count('missing') },
      })
      return { number, card: textCard(said) }
    },
  }
}

/** Above the summary: rules of the library that are not on the list, and where 五有 are not as the profile has them. */
async function leftOut({ db, values, context, language }: FilledForm): Promise<string[]> {
  const unit = await unitOf(db, context.organisation ?? String(values.organisation ?? ''))
  const named = new Set(parseRules(String(values.rules ?? '')).map(({ title }) => title))
  const missing = (await documentsOf(db, unit)).filter(({ title }) => !named.has(title))
  const { has } = await readProfile(db, unit.id)
  const found = (values.institutions ?? []) as string[]
  const other = possessions.filter((one) => has[one] !== found.includes(one))
  return [
    ...(missing.length === 0
      ? []
      : [
          translate(language, 'planning:duty.left-out', {
            titles: missing
              .slice(0, 20)
              .map(({ title }) => `《${title}》`)
              .join('、'),
          }),
        ]),
    ...(other.length === 0
      ? []
      : [
          translate(language, 'planning:duty.other-profile', {
            names: other.map((one) => translate(language, `planning:duty.institution.${one}`)).join('、'),
          }),
        ]),
  ]
}

/** Hours are kept to the quarter, as those of events are. */
function quarters(hours: unknown) {
  return typeof hours === 'number' && Math.round(hours * 4) !== hours * 4
    ? { hours: { key: 'planning:duty.quarters', values: {} } }
    : {}
}

function signedIn({ person }: Pick<Submission, 'person'>): string {
  if (person === null) throw new PlainError('planning:duty.sign-in')
  return person
}

async function acknowledged(
  sent: Submission,
  { reminders }: Context,
  by: string,
  note: string,
): Promise<void> {
  await reminders.acknowledged(sent.trx, sent.context[itemInContext], { by, note, now: sent.now })
}

/** Where somebody is a cadre, else where they are anything. Throws PlainError where they are nowhere. */
async function ownUnit(db: Reads, person: string, today: string): Promise<string> {
  const held = (await membershipsOf(db, person)).filter((one) => isInForce(one, today))
  const unit = held.find(({ role }) => role === 'cadre') ?? held[0]
  if (!unit) throw new PlainError('planning:duty.no-unit')
  return unit.organisation
}
