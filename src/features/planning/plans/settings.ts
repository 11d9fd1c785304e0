import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { readOnce } from '../../../knowledge/read-once.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { isDay } from '../../../timers/calendar/day.ts'
import { isTimeOfDay } from './days.ts'

const time = z.string().refine(isTimeOfDay).default('09:00')
const nth = z
  .number()
  .int()
  .min(-60)
  .max(60)
  .refine((given) => given !== 0)
const days = z.number().int().min(0).max(60)
/** `MM-DD`: there in each year, so not 29 February. */
const dayOfYear = z.string().refine((text) => isDay(`2026-${text}`))

const settings = z.strictObject({
  updates: z
    .strictObject({
      period: z.enum(['week', 'month', 'quarter']).default('month'),
      nth: nth.default(-3),
      time,
    })
    .prefault({}),
  reviews: z
    .strictObject({ nth: z.number().int().min(1).max(20).default(1), days: days.default(10), time })
    .prefault({}),
  annual: z.strictObject({ by: dayOfYear.default('01-31'), days: days.default(10), time }).prefault({}),
  summary: z.strictObject({ by: dayOfYear.default('12-31'), days: days.default(10), time }).prefault({}),
  decision: z.strictObject({ days: days.min(1).default(3) }).prefault({}),
  late: z.strictObject({ hours: z.number().min(1).max(200).default(16) }).prefault({}),
})

const text = z.string().trim().min(1)
const template = z.strictObject({
  title: text.max(80).default('企业科协年度工作计划'),
  items: z
    .array(
      z
        .strictObject({
          section: text.max(40),
          clause: z.number().int().min(1).max(99).nullable().default(null),
          goal: text.max(200),
          measure: z.string().trim().max(1000).default(''),
          target: z.string().trim().max(300).default(''),
          budget: z.number().min(0).nullable().default(null),
          starts: dayOfYear,
          ends: dayOfYear,
        })
        .refine(({ starts, ends }) => starts <= ends),
    )
    .max(100)
    .default([]),
})

/** When people are asked about plans: `knowledge/planning/settings.yaml`. */
export type PlanSettings = z.infer<typeof settings>

/** What plans are made of: `knowledge/planning/template.yaml`; days are `MM-DD`. */
export type PlanTemplate = z.infer<typeof template>

/** Reads the settings; without a file common practice holds. Throws PlainError where the file is none. */
export function readPlanSettings(knowledgeDir: string): PlanSettings {
  return read(join(knowledgeDir, 'planning', 'settings.yaml'), settings)
}

/** Reads the template; without a file there are no items. Throws PlainError where the file is none. */
export function readPlanTemplate(knowledgeDir: string): PlanTemplate {
  return read(join(knowledgeDir, 'planning', 'template.yaml'), template)
}

function read<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  try {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    return readOnce(schema, text, () => schema.parse(parse(text) ?? {}))
  } catch (error) {
    throw new PlainError('planning:file-wrong', { file: file.split('/').at(-1) ?? '' }, { cause: error })
  }
}
