import type { FormField, FormPage } from '../../../forms/definition.ts'
import type { KindField, KindPage } from '../definition/schema.ts'

/** A kind's pages as the form model takes them. */
export function toFormPages(pages: readonly KindPage[]): FormPage[] {
  return pages.map(({ name, intro, when, fields }) => ({
    name,
    intro: [...intro],
    ...(when ? { when: (values) => when.is.includes(String(values[when.field])) } : {}),
    fields: fields.map(toFormField),
  }))
}

export function toFormField(field: KindField): FormField {
  const { name, type, label, required, hint, example, options, least, most, seenBy } = field
  return {
    ...{ name, type, label, required },
    ...(hint ? { hint } : {}),
    ...(example ? { example } : {}),
    ...(options ? { options } : {}),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(seenBy ? { seenBy } : {}),
  }
}
