import type { Language } from '../../chat/language.ts'
import type { FormDefinition, Receipt, Submission } from '../../forms/definition.ts'
import { standaloneFrom } from '../../guideline/founding-rule.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { type Mode, mayEdit, modes, readProfile } from '../organisations/port.ts'
import { isAskedFor } from '../reminders/port.ts'
import type { FoundingContext } from './context.ts'
import { textCard } from './founding-cards.ts'
import { assignStep, beginFounding, type Doing, type Founded, finishStep, stopFounding } from './keep-case.ts'
import { type FoundingCase, readCase } from './read-case.ts'

type Working = Pick<FoundingContext, 'knowledgeDir' | 'reminders'>

/** The forms by which a founding begins, goes on and ends. */
export function caseForms(context: Working): FormDefinition[] {
  return [beginForm(context), stepForm(context), assignForm(context), stopForm(context)]
}

function beginForm(working: Working): FormDefinition {
  return {
    name: 'founding.begin',
    version: 1,
    title: 'founding:form.begin-title',
    subject: '{{name}}',
    seenBy: 'founding:form.seen-by',
    pages: [
      {
        name: 'begin',
        intro: ['founding:form.begin-intro'],
        fields: [
          {
            ...{ name: 'mode', type: 'select', label: 'founding:form.mode', required: true },
            options: modes.map((mode) => ({ value: mode, label: `organisations:mode.${mode}` })),
          },
          {
            ...{ name: 'owner', type: 'person', label: 'founding:form.owner', required: true },
            ...{ hint: 'founding:form.owner-hint', colleagues: true },
          },
        ],
      },
    ],
    async notes({ db, language, values: { mode }, context: { organisation } }) {
      if (mode !== 'standalone' || organisation === undefined) return []
      const { stWorkers: count } = await readProfile(db, organisation)
      if (count !== null && count >= standaloneFrom) return []
      const key = count === null ? 'founding:form.count-unknown' : 'founding:form.count-below'
      return [translate(language, key, { least: standaloneFrom, count: count ?? 0 })]
    },
    async submit(sent) {
      const { trx, values, context, language } = sent
      const { organisation = '', name = '' } = context
      const doing = await doingOf(sent, working, organisation)
      const draft = { organisation, mode: values.mode as Mode, owner: String(values.owner) }
      const made = await beginFounding(trx, draft, doing)
      return receipt(made, 'begun', name, language)
    },
  }
}

function stepForm(working: Working): FormDefinition {
  return {
    name: 'founding.step-done',
    version: 1,
    title: 'founding:form.step-title',
    subject: '{{name}} {{title}}',
    seenBy: 'founding:form.seen-by',
    pages: [
      {
        name: 'step',
        intro: ['founding:form.step-intro'],
        fields: [
          { name: 'day', type: 'date', label: 'founding:form.day', required: true },
          {
            ...{ name: 'note', type: 'long-text', label: 'founding:form.note', required: true },
            ...{ least: 2, most: 500, example: 'founding:form.note-example' },
          },
        ],
        check: async ({ values: { day }, now }) =>
          typeof day === 'string' && day > dayInChina(now)
            ? { day: { key: 'founding:problem.to-come', values: {} } }
            : {},
      },
      {
        name: 'founded',
        intro: ['founding:form.founded-intro'],
        when: (_values, context) => context.last !== 'no',
        fields: [
          { name: 'foundedOn', type: 'date', label: 'organisations:field.foundedOn', required: true },
          { name: 'termEndsOn', type: 'date', label: 'organisations:field.termEndsOn' },
          {
            ...{ name: 'chair', type: 'text', label: 'organisations:field.chair' },
            ...{ required: true, most: 60 },
          },
          { name: 'secretary', type: 'text', label: 'organisations:field.secretary', most: 60 },
          {
            ...{ name: 'members', type: 'number', label: 'organisations:field.members' },
            ...{ least: 0, most: 5_000_000 },
          },
        ],
        async check({ values: { foundedOn, termEndsOn, members }, now }) {
          const founded = typeof foundedOn === 'string' ? foundedOn : ''
          return {
            ...(founded > dayInChina(now)
              ? { foundedOn: { key: 'founding:problem.to-come', values: {} } }
              : {}),
            ...(typeof termEndsOn === 'string' && termEndsOn <= founded
              ? { termEndsOn: { key: 'founding:problem.term', values: {} } }
              : {}),
            ...(typeof members === 'number' && !Number.isInteger(members)
              ? { members: { key: 'founding:problem.no-count', values: {} } }
              : {}),
          }
        },
      },
    ],
    async submit(sent) {
      const { trx, values, context, now, language } = sent
      const { position, doing } = await stepOf(sent, working)
      const text = String(values.note)
      const founded: Founded | null =
        context.last !== 'no'
          ? {
              ...{ foundedOn: String(values.foundedOn), chair: String(values.chair) },
              termEndsOn: typeof values.termEndsOn === 'string' ? values.termEndsOn : null,
              secretary: typeof values.secretary === 'string' ? values.secretary : '',
              members: typeof values.members === 'number' ? values.members : null,
            }
          : null
      await working.reminders.acknowledged(trx, context.item, { by: doing.by, note: text, now })
      const where = { founding: context.founding ?? '', position }
      const kept = await finishStep(trx, where, { day: String(values.day), text, founded }, doing)
      const key = kept.row.state === 'founded' ? 'founded' : 'step-done'
      return receipt(kept, key, context.name ?? '', language, context.title)
    },
  }
}

function assignForm(working: Working): FormDefinition {
  return {
    name: 'founding.assign',
    version: 1,
    title: 'founding:form.assign-title',
    subject: '{{name}} {{title}}',
    seenBy: 'founding:form.seen-by',
    pages: [
      {
        name: 'owner',
        intro: ['founding:form.step-intro'],
        fields: [
          {
            ...{ name: 'owner', type: 'person', label: 'founding:form.owner', required: true },
            ...{ hint: 'founding:form.owner-hint', colleagues: true },
          },
        ],
      },
    ],
    async submit(sent) {
      const { trx, values, context, language } = sent
      const { position, doing } = await stepOf(sent, working, false)
      const where = { founding: context.founding ?? '', position }
      const kept = await assignStep(trx, where, String(values.owner), doing)
      return receipt(kept, 'assigned', context.name ?? '', language, context.title)
    },
  }
}

function stopForm(working: Working): FormDefinition {
  return {
    name: 'founding.stop',
    version: 1,
    title: 'founding:form.stop-title',
    subject: '{{name}}',
    seenBy: 'founding:form.seen-by',
    pages: [
      {
        name: 'stop',
        intro: ['founding:form.stop-intro'],
        fields: [
          {
            ...{ name: 'reason', type: 'text', label: 'founding:form.reason' },
            ...{ required: true, least: 2, most: 200 },
          },
        ],
      },
    ],
    async submit(sent) {
      const { trx, values, context, language } = sent
      const found = await readCase(trx, context.founding ?? '')
      if (!found) throw new PlainError('founding:gone')
      const doing = await doingOf(sent, working, found.row.organisation)
      const kept = await stopFounding(trx, found.row.id, String(values.reason), doing)
      return receipt(kept, 'stopped', context.name ?? '', language)
    },
  }
}

/** Throws PlainError where whoever sends it in does not keep the organisation. */
async function doingOf(
  { trx, person, now }: Pick<Submission, 'trx' | 'person' | 'now'>,
  { knowledgeDir, reminders }: Working,
  organisation: string,
): Promise<Doing> {
  if (person === null) throw new PlainError('founding:sign-in')
  if (!(await mayEdit(trx, person, organisation, dayInChina(now)))) throw new PlainError('founding:not-yours')
  return { by: person, now, reminders, knowledgeDir }
}

/** The step that the form is about; who has it may say that it is done, others only where they keep the organisation. */
async function stepOf(sent: Submission, working: Working, byOwner = true) {
  const { trx, person, now, context } = sent
  const found = await readCase(trx, context.founding ?? '')
  const position = Number(context.position)
  const step = found?.steps.find((one) => one.position === position)
  if (!found || !step) throw new PlainError('founding:gone')
  // Whoever the reminder was handed over to finishes the step for its owner.
  const isTheirs =
    person === (step.owner ?? found.row.owner) ||
    (await isAskedFor(trx, sent, { form: 'founding.step-done', about: ['founding', 'position'] }))
  if (byOwner && person !== null && isTheirs) {
    const { knowledgeDir, reminders } = working
    return { position, doing: { by: person, now, reminders, knowledgeDir } }
  }
  return { position, doing: await doingOf(sent, working, found.row.organisation) }
}

function receipt({ row }: FoundingCase, key: string, name: string, language: Language, title = ''): Receipt {
  const text = translate(language, `founding:receipt.${key}`, { number: row.number, name, title })
  const label = translate(language, 'founding:card.show')
  const value = { organisation: row.organisation }
  return {
    number: row.number,
    card: textCard(text, [{ label, action: 'founding.show', value, opens: 'beside' }]),
  }
}
