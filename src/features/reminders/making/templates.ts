import { join } from 'node:path'
import { z } from 'zod'
import type { Language } from '../../../chat/language.ts'
import { roles } from '../../../people/roles.ts'
import { type Day, isDay } from '../../../timers/calendar/day.ts'
import { onDayOff, periods, type Rule } from '../../../timers/recurrence/rule.ts'
import { readYaml } from './read-yaml.ts'

const inLanguages = (most: number) =>
  z.strictObject({
    'zh-CN': z.string().trim().min(1).max(most),
    en: z
      .string()
      .trim()
      .min(1)
      .max(most * 2),
  })
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time is written as "09:00"')
const dayOfYear = z
  .string()
  .refine((text) => isDay(`2024-${text}`), 'a day of the year is written as "01-10"')

const when = z.union([
  z.strictObject({
    every: z.enum(periods),
    'working-day': z
      .number()
      .int()
      .min(-260)
      .max(260)
      .refine((nth) => nth !== 0, 'working days are counted from 1, or from -1 back'),
    at: time,
  }),
  z.strictObject({
    'days-before': z.number().int().min(0).max(250),
    day: dayOfYear,
    at: time,
    working: z.boolean(),
  }),
  z.strictObject({ rrule: z.string().min(6).max(300), at: time, 'on-day-off': z.enum(onDayOff) }),
])

export const templatesFile = z.strictObject({
  templates: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        title: inLanguages(60),
        text: inLanguages(1000),
        clause: z.number().int().min(1).max(99),
        when,
        whom: z.strictObject({ role: z.enum(roles), below: z.boolean() }),
        means: z.enum(['know', 'done']),
        steps: z.string().regex(/^[a-z][a-z-]{0,29}$/),
        'useful-days': z.number().int().min(1).max(60),
      }),
    )
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'a name twice'),
})

/** What the guideline asks for again and again, ready to be made a reminder. */
export interface ReminderTemplate {
  name: string
  title: Record<Language, string>
  text: Record<Language, string>
  /** Of the guideline. */
  clause: number
  when: z.infer<typeof when>
  whom: { role: (typeof roles)[number]; below: boolean }
  means: 'know' | 'done'
  /** Name of a preset of `steps.yaml`. */
  steps: string
  usefulDays: number
}

/** `templates.yaml` of a folder, in its order. Throws PlainError with the line where it is wrong. */
export function readTemplates(folder: string): readonly ReminderTemplate[] {
  const { templates } = readYaml(join(folder, 'reminders'), 'templates.yaml', templatesFile)
  return templates.map(({ 'useful-days': usefulDays, ...template }) => ({ ...template, usefulDays }))
}

/** The rule of a template for whoever begins with it on a day. */
export function ruleOfTemplate({ when }: Pick<ReminderTemplate, 'when'>, today: Day): Rule {
  if ('every' in when) {
    const { every, 'working-day': nth, at } = when
    return { type: 'working-day', period: every, nth, time: at, from: today, until: null }
  }
  if ('rrule' in when) {
    return { type: 'rrule', rrule: when.rrule, from: `${today}T${when.at}`, onDayOff: when['on-day-off'] }
  }
  const { 'days-before': days, day, at, working } = when
  return { type: 'before', days, working, target: day, time: at, from: today }
}
