import type { FormField, FormPage } from '../../../forms/definition.ts'
import type { Kind, KindField, KindPage } from '../definition/schema.ts'

/**
 * A kind's pages as the form model takes them.
 * @param hollow By field name: phrases that say nothing there. Default: none.
 */
export function toFormPages(
  pages: readonly KindPage[],
  hollow: Readonly<Record<string, readonly string[]>> = {},
): FormPage[] {
  return pages.map(({ name, intro, when, fields }) => ({
    name,
    intro: [...intro],
    ...(when ? { when: (values) => when.is.includes(String(values[when.field])) } : {}),
    fields: fields.map((field) => ({ ...toFormField(field), ...hollowIn(hollow[field.name]) })),
  }))
}

function hollowIn(phrases: readonly string[] = []): Pick<FormField, 'hollow'> {
  return phrases.length > 0 ? { hollow: phrases } : {}
}

/** What must be said concretely, and the phrases that are not concrete. */
export function hollowOf({ admission, hollow }: Kind): Record<string, readonly string[]> {
  return Object.fromEntries(admission.map(({ field }) => [field, hollow ?? []]))
}

/**
 * Who is named there takes part in the record. Any colleague may be: co-authors stand anywhere, and a workshop's liaison
 * asks the branch's reviewers, and whoever solves a problem shares out its milestones, though the register is open to
 * none of them.
 */
const namingPeople: ReadonlySet<KindField['type']> = new Set(['person', 'people'])

export function toFormField(field: KindField): FormField {
  const { name, type, label, required, hint, example, options, least, most, seenBy, hollow } = field
  return {
    ...{ name, type, label, required },
    ...(hint ? { hint } : {}),
    ...(example ? { example } : {}),
    ...(options ? { options } : {}),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(seenBy ? { seenBy } : {}),
    ...(namingPeople.has(type) ? { colleagues: true } : {}),
    ...(hollow ? { hollow } : {}),
  }
}
