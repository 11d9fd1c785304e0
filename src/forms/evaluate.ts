import type { FormDefinition, FormField, FormPage, FormValues } from './definition.ts'
import { checkField } from './fields/field-schema.ts'
import type { Lookup } from './fields/lookup.ts'
import type { Problem } from './fields/refuse.ts'
import type { TypedValues } from './fields/typed.ts'

/** What a draft holds, checked: the same for pages and for step by step. */
export interface Evaluation {
  /** The pages that are asked, in order. */
  pages: FormPage[]
  /** The fields of these pages, in order. */
  fields: FormField[]
  /** What was filled in there and is right. */
  values: FormValues
  /** By field name, in order. */
  problems: Map<string, Problem>
}

/** The page at which a draft stands before it is sent in. */
export const summaryPage = 'summary'

/**
 * Checks all pages that are asked. A page asks by what is right on those before it, so pages that are left out
 * neither hold anything up nor get into the record, though what was typed there is kept in the draft.
 */
export async function evaluate(
  { pages }: Pick<FormDefinition, 'pages'>,
  typed: TypedValues,
  context: Readonly<Record<string, string>>,
  lookup: Lookup,
): Promise<Evaluation> {
  const found: Evaluation = { pages: [], fields: [], values: {}, problems: new Map() }
  for (const page of pages) {
    if (page.when && !page.when(found.values, context)) continue
    found.pages.push(page)
    for (const field of page.fields) {
      found.fields.push(field)
      const checked = await checkField(field, own(typed, field.name), lookup)
      if ('problem' in checked) found.problems.set(field.name, checked.problem)
      else if (checked.value !== undefined) found.values[field.name] = checked.value
    }
    const at = page.check ? lookup.at : undefined
    if (!at) continue
    const wrong = (await page.check?.({ ...at, values: found.values, context })) ?? {}
    for (const { name } of page.fields) {
      if (!Object.hasOwn(wrong, name) || found.problems.has(name)) continue
      found.problems.set(name, wrong[name]!)
      delete found.values[name]
    }
  }
  return found
}

/** What is kept of values that are right: a day or time as such, since 明天 is another day tomorrow. */
export function settle({ fields, values }: Evaluation, typed: TypedValues): TypedValues {
  const settled = { ...typed }
  for (const { name, type } of fields) {
    const value = values[name]
    if ((type === 'date' || type === 'time') && typeof value === 'string') settled[name] = value
  }
  return settled
}

/** A field's value; a form may call a field `constructor`. */
export function own(typed: TypedValues, name: string): TypedValues[string] | undefined {
  return Object.hasOwn(typed, name) ? typed[name] : undefined
}

/** The page on which a field stands. */
export function pageOfField({ pages }: FormDefinition, name: string): FormPage | undefined {
  return pages.find(({ fields }) => fields.some((field) => field.name === name))
}
