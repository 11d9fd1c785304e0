import type { z } from 'zod'
import type { FieldType } from '../../chat/form-view.ts'
import type { FormField } from '../definition.ts'
import { checkboxSchema, multiSelectSchema, selectSchema } from './choice.ts'
import { daySchema, timeSchema } from './day.ts'
import { fileSchema } from './file.ts'
import type { Lookup } from './lookup.ts'
import { organisationSchema, peopleSchema, personSchema } from './named.ts'
import { moneySchema, numberSchema } from './number.ts'
import { type Problem, problemOf } from './refuse.ts'
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

/** Of these it does not depend on who asks, or when. */
const constant: ReadonlySet<FieldType> = new Set([
  ...(['text', 'long-text', 'number', 'money', 'select', 'multi-select', 'checkbox', 'file'] as const),
])

const made = new WeakMap<FormField, z.ZodType<unknown>>()

/**
 * What a field takes once something was filled in: from what was typed to the value of `FormValues`. The message of an
 * issue is a key of the catalogues, its params the values. Made once for a field where it can be, for each turn checks
 * the whole form.
 */
function schemaOf(field: FormField, lookup: Lookup): z.ZodType<unknown> {
  const known = made.get(field)
  if (known) return known
  const schema = schemas[field.type](field, lookup)
  if (constant.has(field.type)) made.set(field, schema)
  return schema
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

/** Checks one value: what it comes to, undefined where it was left empty. */
export async function checkField(
  field: FormField,
  typed: Typed | undefined,
  lookup: Lookup,
): Promise<{ value: unknown } | { problem: Problem }> {
  const isTyped = typed !== undefined && !isEmpty(field, typed)
  if (!isTyped && field.required) {
    return { problem: { key: requiredKeys[field.type] ?? 'forms:problem.required', values: {} } }
  }
  if (!isTyped && field.type !== 'checkbox') return { value: undefined }
  const result = await schemaOf(field, lookup).safeParseAsync(isTyped ? typed : 'no')
  return result.success ? { value: result.data } : { problem: problemOf(result.error) }
}
