import type { Language } from '../../../chat/language.ts'
import type {
  FilledForm,
  FormDefinition,
  FormPage,
  Submission as SentForm,
} from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate, type Wording } from '../../../messages/translate.ts'
import { act } from '../act.ts'
import { asksSomething, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { rubricOf } from '../definition/rubric.ts'
import type { Kind, KindAction } from '../definition/schema.ts'
import { editableFields } from '../edit-content.ts'
import { readSubmission } from '../records.ts'
import { partOfAccount } from '../relations.ts'
import { previewLines } from '../review/showcase.ts'
import { readingSide, sealedCard } from '../sealed.ts'
import { doneText, fieldNames, nameOfAuthor } from '../texts.ts'
import { pagesBySignature } from './naming-pages.ts'
import { reviewPages } from './review-pages.ts'
import { hollowOf, toFormField, toFormPages } from './to-form-pages.ts'

/**
 * The name of the form that an action asks; null: it asks nothing and is done at once. The version is part of it, since
 * a record is worked on by the rules with which it began, whatever is the newest.
 * @param variety Of the record: some have a rubric of their own.
 */
export function actionFormOf(kind: Kind, name: string, variety = ''): string | null {
  const action = kind.actions[name]
  if (!action || !asksSomething(action)) return null
  const own = action.does.includes('review') && Object.hasOwn(kind.rubrics, variety) ? `.${variety}` : ''
  return `submissions.${kind.kind}.${kind.version}.${name}${own}`
}

/** The forms by which a record of this kind is worked on, one for each action that asks something. */
export function createActionForms(kind: Kind, context: SubmissionsContext): FormDefinition[] {
  return Object.entries(kind.actions).flatMap(([name, action]) => {
    const varieties = ['', ...(action.does.includes('review') ? Object.keys(kind.rubrics) : [])]
    return varieties.flatMap((variety) => {
      const form = actionFormOf(kind, name, variety)
      if (form === null) return []
      return {
        name: form,
        version: kind.version,
        title: action.title,
        subject: 'submissions:act.about',
        sealed: kind.sealed || kind.naming.some((naming) => naming !== 'signed'),
        pages: pagesOf(kind, name, action, variety),
        seenBy: readersOf(action),
        ...(action.does.includes('showcase')
          ? { notes: (filled: FilledForm) => previewLines(context, action, filled) }
          : {}),
        submit: (sent: SentForm) => submitAction(sent, name, context),
      }
    })
  })
}

function pagesOf(kind: Kind, name: string, action: KindAction, variety: string): FormPage[] {
  const pages: FormPage[] = []
  if (action.does.includes('edit')) pages.push(...editPages(kind))
  if (action.fields.length > 0) {
    pages.push({
      name,
      intro: ['submissions:act.about', 'review:form.hint'],
      fields: action.fields.map(toFormField),
    })
  }
  const rubric = action.does.includes('review') ? rubricOf(kind, variety) : null
  if (rubric) pages.push(...reviewPages(rubric))
  return pages
}

/** Who will read what is filled in: some of it the author is told, word for word. */
function readersOf({ told, fields, by }: KindAction): Wording {
  const isForAuthor = by.some((one) => one !== 'author' && one !== 'co-author')
  const tells = fields.filter(({ name }) => told?.['zh-CN'].includes(`{{${name}}}`))
  if (!isForAuthor || tells.length === 0) return 'forms:seen-by.others'
  const isWhole = tells.length === fields.length
  const key = isWhole ? 'submissions:readers.told' : 'submissions:readers.told-some'
  const inWords = (language: Language) => translate(language, key, { fields: fieldNames(tells, language) })
  return { 'zh-CN': inWords('zh-CN'), en: inWords('en') }
}

/** The pages by which it was sent in, but what cannot be changed later. Files stay unless others come instead. */
function editPages(kind: Kind): FormPage[] {
  const editable = new Set(editableFields(kind).map(({ name }) => name))
  return pagesBySignature(toFormPages(kind.pages, hollowOf(kind)), kind).flatMap((page) => {
    const fields = page.fields
      .filter(({ name }) => editable.has(name))
      .map((field) =>
        field.type === 'file' ? { ...field, required: false, hint: 'submissions:edit.files' } : field,
      )
    return fields.length === 0 ? [] : [{ ...page, fields }]
  })
}

async function submitAction(sent: SentForm, action: string, context: SubmissionsContext) {
  const { trx, account, person, language, now } = sent
  const { submission: id = '', seen = '' } = sent.context
  const done = await act(trx, context, {
    ...{ submission: id, action, now, ...(await partsOf(sent, action, context)) },
    by: { account, person },
    // Nothing: whatever becomes of it meanwhile, it is kept, such as an objection.
    seen: seen === '' ? null : Number(seen),
  })
  const { number } = done.row
  const part = await partOfAccount(trx, done, { account, person }, dayInChina(now))
  const isUnsealed = done.kind.actions[action]?.does.includes('unseal')
  const text = isUnsealed
    ? translate(language, 'seal:unseal.shown', { number, name: nameOfAuthor(done, language) })
    : doneText(done, action, part, language)
  const card = await sealedCard(trx, context, done.row, textCard(text, number), language, readingSide(part))
  return { number, card }
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
