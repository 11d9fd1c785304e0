import { z } from 'zod'
import { languages } from '../../../chat/language.ts'
import type { EventKind } from './kinds.ts'

/** What people read: a text for both languages, or one for each. */
const wording = z
  .union([z.string().min(1), z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })])
  .transform((given) => (typeof given === 'string' ? { 'zh-CN': given, en: given } : given))

const words = z.strictObject({ 'zh-CN': z.array(z.string().min(1)), en: z.array(z.string().min(1)) })

const question = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
    label: wording,
    type: z.enum(['text', 'long-text', 'number', 'select', 'multi-select', 'checkbox', 'date']),
    required: z.boolean().default(false),
    options: z.array(wording).min(2).max(20).optional(),
  })
  .refine(({ type, options }) => (type === 'select' || type === 'multi-select') === (options !== undefined), {
    message: 'options: select, multi-select',
  })

const defaults = z.strictObject({
  /** Seats; null: as many as come. */
  capacity: z.number().int().min(1).max(100_000).nullable().default(null),
  waitingList: z.boolean().default(true),
  mode: z.enum(['first-come', 'approval']).default('first-come'),
  guests: z.number().int().min(0).max(20).default(0),
  /** Minutes before the beginning. */
  reminders: z.array(z.number().int().min(5).max(43_200)).max(5).default([1440, 60]),
  offerHours: z.number().int().min(1).max(80).default(4),
  /** Days before the beginning; fractions are hours. */
  closesDays: z.number().min(0).max(60).default(0),
  cancelDays: z.number().min(0).max(60).default(1),
  hours: z.number().min(0.5).max(100).nullable().default(null),
  online: z.boolean().default(false),
  public: z.boolean().default(false),
})

/** One file of knowledge/events. */
export const kindSchema = z
  .strictObject({
    kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
    order: z.number().default(100),
    title: wording,
    words: words.default({ 'zh-CN': [], en: [] }),
    mostSeats: z.number().int().min(1).max(100_000).nullable().default(null),
    defaults: defaults.prefault({}),
    questions: z.array(question).max(20).default([]),
    description: wording.default({ 'zh-CN': '', en: '' }),
  })
  .refine(({ questions }) => new Set(questions.map(({ name }) => name)).size === questions.length, {
    path: ['questions'],
    message: 'name',
  })
  .transform(
    ({ kind: name, questions, ...rest }): EventKind => ({
      ...rest,
      name,
      questions: questions.map(({ options = [], ...one }) => ({ ...one, options })),
      words: languages.flatMap((language) => [rest.title[language], ...rest.words[language]]),
    }),
  )
