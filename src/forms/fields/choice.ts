import { z } from 'zod'
import type { FormField } from '../definition.ts'
import { refuse } from './refuse.ts'

/** The value of one option. */
export function selectSchema(field: FormField) {
  return z.string().superRefine((value, context) => {
    if (!isOption(field, value)) refuse(context, 'forms:problem.option')
  })
}

/** The values of several options, in the order of the form, each once. */
export function multiSelectSchema(field: FormField) {
  const { least = 0, most = Number.POSITIVE_INFINITY, options = [] } = field
  return z
    .array(z.string())
    .superRefine((values, context) => {
      if (!values.every((value) => isOption(field, value))) refuse(context, 'forms:problem.options')
    })
    .transform((values) => options.map(({ value }) => value).filter((value) => values.includes(value)))
    .superRefine((values, context) => {
      if (values.length > most) refuse(context, 'forms:problem.too-many-options', { most })
      if (values.length < least) refuse(context, 'forms:problem.too-few-options', { least })
    })
}

/** `yes`, as forms send a box that is ticked; what is required must be ticked. */
export function checkboxSchema() {
  return z.string().transform((text, context) => {
    if (text === 'yes') return true
    return text === 'no' ? false : refuse(context, 'forms:problem.checkbox')
  })
}

function isOption({ options = [] }: FormField, wanted: string): boolean {
  return options.some(({ value }) => value === wanted)
}
