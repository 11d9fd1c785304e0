import type {
  FormDefinition,
  FormField,
  FormPage,
  Submission as SentForm,
} from '../../../forms/definition.ts'
import { translate } from '../../../messages/translate.ts'
import { act } from '../act.ts'
import { asksSomething, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind, KindAction } from '../definition/schema.ts'
import { editableFields } from '../edit-content.ts'
import { readSubmission } from '../records.ts'
import { sealedCard } from '../sealed.ts'
import { stateTitle } from '../texts.ts'
import { toFormField, toFormPages } from './to-form-pages.ts'

/**
 * The name of the form that an action asks; null: it asks nothing and is done at once. The version is part of it, since
 * a record is worked on by the rules with which it began, whatever is the newest.
 */
export function actionFormOf(kind: Kind, name: string): string | null {
  const action = kind.actions[name]
  return action && asksSomething(action) ? `submissions.${kind.kind}.${kind.version}.${name}` : null
}

/** The forms by which a record of this kind is worked on, one for each action that asks something. */
export function createActionForms(kind: Kind, context: SubmissionsContext): FormDefinition[] {
  return Object.entries(kind.actions).flatMap(([name, action]) => {
    const form = actionFormOf(kind, name)
    if (form === null) return []
    return {
      name: form,
      version: kind.version,
      title: action.title,
      subject: 'submissions:act.about',
      sealed: kind.sealed || kind.naming.some((naming) => naming !== 'signed'),
      pages: pagesOf(kind, name, action),
      submit: (sent: SentForm) => submitAction(sent, name, context),
    }
  })
}

function pagesOf(kind: Kind, name: string, action: KindAction): FormPage[] {
  const pages: FormPage[] = []
  if (action.does.includes('edit')) pages.push(...editPages(kind))
  if (action.fields.length > 0) {
    pages.push({ name, intro: ['submissions:act.about'], fields: action.fields.map(toFormField) })
  }
  if (action.does.includes('review') && kind.rubric) pages.push(...reviewPages(kind.rubric.criteria))
  return pages
}

/** The pages by which it was sent in, but what cannot be changed later. Files stay unless others come instead. */
function editPages(kind: Kind): FormPage[] {
  const editable = new Set(editableFields(kind).map(({ name }) => name))
  return toFormPages(kind.pages).flatMap((page) => {
    const fields = page.fields
      .filter(({ name }) => editable.has(name))
      .map((field) =>
        field.type === 'file' ? { ...field, required: false, hint: 'submissions:edit.files' } : field,
      )
    return fields.length === 0 ? [] : [{ ...page, fields }]
  })
}

/** Whoever has an interest in it says so and scores nothing. */
function reviewPages(criteria: NonNullable<Kind['rubric']>['criteria']): FormPage[] {
  const scores: FormField[] = criteria.map(({ name, title, most, hint }) => ({
    name,
    type: 'number',
    label: {
      'zh-CN': `${title['zh-CN']}（0–${most} 分）`,
      en: `${title.en} (0–${most})`,
    },
    ...(hint ? { hint } : {}),
    required: true,
    least: 0,
    most,
  }))
  return [
    {
      name: 'interest',
      intro: ['submissions:act.about', 'submissions:review.interest-intro'],
      fields: [
        {
          name: 'hasInterest',
          type: 'select',
          label: 'submissions:review.has-interest',
          required: true,
          options: [
            { value: 'no', label: 'submissions:review.no-interest' },
            { value: 'yes', label: 'submissions:review.interest' },
          ],
        },
      ],
    },
    {
      name: 'declare',
      intro: [],
      when: (values) => values.hasInterest === 'yes',
      fields: [
        {
          name: 'interest',
          type: 'text',
          label: 'submissions:review.which-interest',
          required: true,
          most: 200,
        },
      ],
    },
    {
      name: 'score',
      intro: [],
      when: (values) => values.hasInterest === 'no',
      fields: [
        ...scores,
        {
          name: 'opinion',
          type: 'long-text',
          label: 'submissions:review.opinion',
          required: true,
          least: 4,
          most: 1000,
        },
      ],
    },
  ]
}

async function submitAction(sent: SentForm, action: string, context: SubmissionsContext) {
  const { trx, account, person, values, language, now } = sent
  const { submission: id = '', seen = '' } = sent.context
  const done = await act(trx, context, {
    ...{ submission: id, action, now, ...(await partsOf(sent, action, context)) },
    by: { account, person },
    seen: Number(seen),
  })
  const { number } = done.row
  const text = translate(language, 'submissions:act.done', { state: stateTitle(done, language) })
  return { number, card: await sealedCard(trx, context, done.row, textCard(text, number), language) }
}

/** What was filled in for the action itself, and what the record is to hold where it edits. */
async function partsOf(
  { trx, context: { submission = '' }, values }: SentForm,
  name: string,
  context: SubmissionsContext,
) {
  const { kind } = await readSubmission(trx, context, submission)
  const action = kind.actions[name]
  if (!action?.does.includes('edit')) return { input: values }
  const own = new Set(action.fields.map((field) => field.name))
  const parts = Object.groupBy(Object.entries(values), ([field]) => (own.has(field) ? 'input' : 'content'))
  return {
    input: Object.fromEntries(parts.input ?? []),
    content: Object.fromEntries(parts.content ?? []),
  }
}
