import type { FieldView } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import type { FormField, FormValues } from '../../../forms/definition.ts'
import { evaluate } from '../../../forms/evaluate.ts'
import type { Lookup } from '../../../forms/fields/lookup.ts'
import { keptValues, type TypedValues } from '../../../forms/fields/typed.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Event } from '../records.ts'
import type { Contact } from './contact.ts'
import { answersOf, questionFields } from './question-fields.ts'

/** A telephone number, or an address of e-mail: by which organisers reach somebody, and by which nobody registers twice. */
const reachable = /^(?:\+?[\d\s()-]{7,24}|[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+)$/

/** What somebody of the public filled in. */
export interface PublicRegistration {
  contact: Contact
  guests: number
  answers: Record<string, unknown>
}

/** The fields of an event's web form, in one page. */
function publicFields({ row, questions }: Event): FormField[] {
  return [
    { name: 'name', type: 'text', label: 'registration:web.name', required: true, most: 40 },
    { name: 'unit', type: 'text', label: 'registration:web.unit', most: 80 },
    {
      ...{ name: 'telephone', type: 'text', label: 'registration:web.telephone', required: true, most: 100 },
      hint: 'registration:web.telephone-hint',
    },
    ...(row.most_guests > 0
      ? [
          {
            ...{ name: 'guests', type: 'number' as const, label: 'registration:form.guests' },
            ...{ hint: 'registration:form.guests-hint', least: 0, most: row.most_guests },
          },
        ]
      : []),
    ...questionFields(questions),
    { name: 'consent', type: 'checkbox', label: 'registration:web.consent', required: true },
  ]
}

/** Checks what was typed. Gives the fields with what is wrong of them, or what is right. */
export async function readPublicForm(
  event: Event,
  sent: Readonly<Record<string, string | string[]>>,
  language: Language,
  now: Date,
): Promise<{ fields: FieldView[] } | { registration: PublicRegistration }> {
  const fields = publicFields(event)
  const typed = keptValues(fields, {}, sent)
  const definition = { pages: [{ name: 'all', intro: [], fields }] }
  const { values, problems } = await evaluate(definition, typed, {}, nobody(now))
  const told = new Map(
    [...problems].map(([name, { key, values: given }]) => [name, translate(language, key, given)]),
  )
  const telephone = String(values.telephone ?? '')
  if (telephone !== '' && !reachable.test(telephone.normalize('NFKC')))
    told.set('telephone', translate(language, 'registration:web.telephone-wrong'))
  if (told.size > 0) return { fields: fieldViews(event, typed, told, language) }
  return { registration: registrationOf(event, values) }
}

/** The form as it is shown, empty or with what was typed. */
export function fieldViews(
  event: Event,
  typed: TypedValues,
  problems: ReadonlyMap<string, string>,
  language: Language,
): FieldView[] {
  return publicFields(event).map(({ name, type, label, hint, required = false, options = [] }) => ({
    ...{ name, type, required, example: '' },
    label: translate(language, label),
    hint: hint === undefined ? '' : translate(language, hint),
    options: options.map((option) => ({ value: option.value, label: translate(language, option.label) })),
    value: (typed[name] as string | string[] | undefined) ?? (type === 'multi-select' ? [] : ''),
    problem: problems.get(name) ?? '',
  }))
}

function registrationOf({ questions }: Event, values: FormValues): PublicRegistration {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  return {
    contact: { name: text('name'), unit: text('unit'), telephone: text('telephone') },
    guests: typeof values.guests === 'number' ? values.guests : 0,
    answers: answersOf(questions, values),
  }
}

/** Whoever has no account looks nobody up. */
function nobody(now: Date): Lookup {
  const unknown = async () => ({ key: 'forms:problem.sign-in-for-person', values: {} })
  return { today: dayInChina(now), person: unknown, organisation: unknown }
}
