import type { IncomingFile } from '../../../chat/incoming.ts'
import type { FormDefinition, FormField, FormValues } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { isAskedFor } from '../../reminders/port.ts'
import { mayUpdate, mustDo } from './access.ts'
import type { PlansContext } from './context.ts'
import { changeItems, checkItem, dropItem, type ItemDraft, updateItem } from './keep-items.ts'
import { acknowledged, personOf, receipt, seenIn } from './plan-forms.ts'
import { readItem, readPlan } from './records.ts'

const label = (name: string) => `planning:form.${name}`

/** The forms about items of plans. */
export function itemForms(context: PlansContext): FormDefinition[] {
  return [itemForm(context), dropForm(context), updateForm(context)]
}

function text(name: string, most: number, more: Partial<FormField> = {}): FormField {
  return { name, type: 'text', label: label(name), required: true, most, ...more }
}

/** Adds an item, or changes the one of its context's `about`. */
function itemForm(context: PlansContext): FormDefinition {
  return {
    name: 'planning.item',
    version: 1,
    title: label('item-title'),
    subject: '{{number}}',
    seenBy: label('seen-by'),
    pages: [
      {
        name: 'what',
        intro: [label('about')],
        fields: [
          text('section', 40, { example: label('section-example') }),
          text('goal', 200, { example: label('goal-example') }),
          { ...text('measure', 1000, { required: false }), type: 'long-text' },
          text('target', 300, { required: false, example: label('target-example') }),
        ],
      },
      {
        name: 'when',
        intro: [],
        fields: [
          {
            name: 'owner',
            type: 'person',
            label: label('owner'),
            hint: label('owner-hint'),
            colleagues: true,
          },
          { name: 'starts', type: 'date', label: label('starts'), required: true },
          { name: 'ends', type: 'date', label: label('ends'), required: true },
          { name: 'budget', type: 'money', label: label('budget') },
          {
            ...{ name: 'clause', type: 'number', label: label('clause'), hint: label('clause-hint') },
            ...{ least: 1, most: 99 },
          },
        ],
        async check({ values, context: { year } }) {
          const { starts, ends } = values
          if (typeof starts !== 'string' || typeof ends !== 'string' || year === undefined) return {}
          try {
            checkItem({ ...draftOf(values), goal: '-', section: '-' }, Number(year))
            return {}
          } catch (error) {
            if (!(error instanceof PlainError)) throw error
            return { ends: { key: error.key, values: error.values } }
          }
        },
      },
    ],
    async submit(sent) {
      const { trx, now, values, context: about } = sent
      const person = personOf(sent)
      const { row } = await readPlan(trx, about.plan ?? '')
      await mustDo(trx, person, 'plan.edit', row.organisation, dayInChina(now))
      const draft = draftOf(values)
      const changes =
        about.about === undefined
          ? { add: [draft], change: new Map() }
          : { add: [], change: new Map([[about.about, draft]]) }
      // Whoever adds an item undoes nothing of what others did meanwhile.
      const seen = about.about === undefined ? { plan: row.id, seen: null } : seenIn(sent)
      const plan = await changeItems(trx, context, seen, changes, { by: person, now })
      return receipt(plan, about.about === undefined ? 'item-added' : 'item-changed', sent.language)
    },
  }
}

function dropForm(context: PlansContext): FormDefinition {
  return {
    name: 'planning.drop-item',
    version: 1,
    title: label('drop-title'),
    subject: '{{number}}',
    seenBy: label('seen-by'),
    pages: [
      {
        name: 'drop',
        intro: [label('about-item')],
        fields: [text('reason', 300, { label: label('drop-reason') })],
      },
    ],
    async submit(sent) {
      const { trx, now, values, context: about } = sent
      const person = personOf(sent)
      const { plan, item } = await readItem(trx, about.about ?? '')
      await mustDo(trx, person, 'plan.edit', plan.row.organisation, dayInChina(now))
      const { seen } = seenIn(sent)
      const doing = { by: person, now }
      const dropped = await dropItem(trx, context, { item: item.id, seen }, String(values.reason), doing)
      return receipt(dropped, 'item-dropped', sent.language)
    },
  }
}

/** 填报进展: by the button of a reminder, of an item, or of 我的. */
function updateForm(context: PlansContext): FormDefinition {
  return {
    name: 'planning.update',
    version: 1,
    title: label('update-title'),
    subject: '{{number}}',
    seenBy: label('seen-by'),
    pages: [
      {
        name: 'update',
        intro: [label('about-item')],
        fields: [
          {
            ...{ name: 'percent', type: 'number', label: label('percent'), hint: label('percent-hint') },
            ...{ required: true, least: 0, most: 100 },
          },
          { name: 'note', type: 'long-text', label: label('note'), hint: label('note-hint'), most: 2000 },
          { name: 'evidence', type: 'file', label: label('evidence'), most: 1 },
        ],
        async check({ values: { percent, note = '', evidence = [] } }) {
          if (typeof percent !== 'number') return {}
          if (!Number.isInteger(percent)) return { percent: { key: 'planning:no-percent', values: {} } }
          return percent === 100 && String(note).trim() === '' && (evidence as IncomingFile[]).length === 0
            ? { note: { key: 'planning:no-evidence', values: {} } }
            : {}
        },
      },
    ],
    async submit(sent) {
      const { trx, now, values, context: about } = sent
      const person = personOf(sent)
      const { plan, item } = await readItem(trx, about.about ?? '')
      // Whoever has it from a reminder, their own or handed over, was let in there.
      const isAsked = await isAskedFor(trx, sent, { form: 'planning.update', about: ['about'] })
      if (!isAsked && !(await mayUpdate(trx, person, item, plan.row, dayInChina(now)))) {
        throw new PlainError('planning:not-yours')
      }
      const [evidence = null] = (values.evidence ?? []) as IncomingFile[]
      const progress = { percent: Number(values.percent), note: String(values.note ?? ''), evidence }
      await updateItem(trx, context, item.id, progress, { by: person, now })
      await acknowledged(context, sent, plan)
      return receipt(plan, progress.percent === 100 ? 'item-done' : 'updated', sent.language)
    },
  }
}

function draftOf(values: FormValues): ItemDraft {
  const word = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const number = (name: string) => (typeof values[name] === 'number' ? values[name] : null)
  return {
    ...{ section: word('section'), goal: word('goal'), measure: word('measure'), target: word('target') },
    ...{ owner: word('owner') || null, budget: number('budget'), clause: number('clause') },
    ...{ startsOn: word('starts'), endsOn: word('ends') },
  }
}
