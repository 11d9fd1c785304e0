import type { FormField, FormPage } from '../../../forms/definition.ts'
import type { KindField, KindPage } from '../definition/schema.ts'

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
    // Whoever works together may say so, though a register of people is not open to everybody.
    ...(field.sets === 'co-authors' ? { colleagues: true } : {}),
    ...(hollow ? { hollow } : {}),
  }
}
