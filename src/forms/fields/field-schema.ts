import { z } from 'zod'
import type { FieldType } from '../../chat/form-view.ts'
import type { FormField } from '../definition.ts'
import { checkboxSchema, multiSelectSchema, selectSchema } from './choice.ts'
import { daySchema, timeSchema } from './day.ts'
import { fileSchema } from './file.ts'
import type { Lookup } from './lookup.ts'
import { organisationSchema, peopleSchema, personSchema } from './named.ts'
import { moneySchema, numberSchema } from './number.ts'
import { type Problem, problemOf, refuse } from './refuse.ts'
import { longTextSchema, textSchema } from './text.ts'
import { isBlank, type Typed } from './typed.ts'

/** By type: how a value that was filled in is checked, and what it comes to. */
const schemas: Record<FieldType, (field: FormField, lookup: Lookup) => z.ZodType<unknown>> = {
  text: textSchema,
  'long-text': longTextSchema,
  number: numberSchema,
  money: moneySchema,
  date: (_, { today }) => daySchema(today),
  time: timeSchema,
  person: personSchema,
  people: peopleSchema,
  organisation: (_, lookup) => organisationSchema(lookup),
  select: selectSchema,
  'multi-select': multiSelectSchema,
  checkbox: checkboxSchema,
  file: fileSchema,
}

/**
 * What a field takes, as zod checks it: from what was typed to the value of `FormValues`, undefined where it was
 * left empty. The message of an issue is a key of the catalogues, its params the values.
 */
function fieldSchema(field: FormField, lookup: Lookup): z.ZodType<unknown> {
  const filled = schemas[field.type](field, lookup)
  return z
    .custom<Typed | undefined>()
    .transform((typed, context) => {
      if (!isEmpty(field, typed)) return typed
      if (field.required) return refuse(context, requiredKeys[field.type] ?? 'forms:problem.required')
      return field.type === 'checkbox' ? 'no' : undefined
    })
    .transform(async (typed, context) => {
      if (typed === undefined) return undefined
      const result = await filled.safeParseAsync(typed)
      if (result.success) return result.data
      const { key, values } = problemOf(result.error)
      return refuse(context, key, values)
    })
}

const requiredKeys: Partial<Record<FieldType, string>> = {
  checkbox: 'forms:problem.checkbox-required',
  file: 'forms:problem.file-required',
  select: 'forms:problem.option-required',
  'multi-select': 'forms:problem.option-required',
}

/** A box that is required and not ticked is left empty too. */
function isEmpty(field: FormField, typed: Typed | undefined): boolean {
  if (typed === undefined) return true
  if (typeof typed !== 'string') return typed.length === 0
  return isBlank(typed) || (field.type === 'checkbox' && typed === 'no' && field.required === true)
}

/** Checks one value. */
export async function checkField(
  field: FormField,
  typed: Typed | undefined,
  lookup: Lookup,
): Promise<{ value: unknown } | { problem: Problem }> {
  const result = await fieldSchema(field, lookup).safeParseAsync(typed)
  return result.success ? { value: result.data } : { problem: problemOf(result.error) }
}
