import { z } from 'zod'
import { roles } from '../../../people/roles.ts'
import { mostOfSeries, repeats } from './series-days.ts'

/** A moment by the clocks of the event's zone: 2026-03-13 14:00. */
const moment = z.string().regex(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/, '2026-03-13 14:00')
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, '2026-03-13')
const text = z.string().max(20_000)

const question = z.strictObject({
  /** Default: one that is free. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/)
    .optional(),
  label: text,
  type: z.enum(['text', 'long-text', 'number', 'select', 'multi-select', 'checkbox', 'date']).default('text'),
  required: z.boolean().default(false),
  options: z.array(text).default([]),
})

const registration = z.strictObject({
  mode: z.enum(['first-come', 'approval']).optional(),
  opens: moment.optional(),
  closes: moment.optional(),
  'cancel-until': moment.optional(),
  guests: z.number().optional(),
  'waiting-list': z.boolean().optional(),
  'offer-hours': z.number().optional(),
  priority: z
    .array(
      z.strictObject({
        organisation: text.optional(),
        role: z.enum(roles).optional(),
        points: z.number().int().min(1).max(999),
      }),
    )
    .max(20)
    .default([]),
})

const series = z.strictObject({
  repeat: z.enum(repeats),
  times: z.number().int().min(2).max(mostOfSeries).optional(),
  last: day.optional(),
  days: z.array(day).max(mostOfSeries).default([]),
  shared: z.boolean().default(false),
})

/** One event of a file. What is left out is as its kind has it. */
export const eventSchema = z.strictObject({
  kind: text,
  title: text,
  organisation: text,
  organisers: text.default(''),
  description: text.optional(),
  starts: moment,
  ends: moment,
  /** Default: that of the organisation. */
  zone: text.optional(),
  place: text.default(''),
  link: text.default(''),
  online: z.boolean().optional(),
  audience: z
    .strictObject({
      organisations: z.array(text).default([]),
      roles: z.array(z.enum(roles)).default([]),
      public: z.boolean().optional(),
    })
    .prefault({}),
  /** Null: without limit. */
  capacity: z.number().nullable().optional(),
  /** Seats by organisation. */
  reserved: z.record(z.string(), z.number()).default({}),
  registration: registration.prefault({}),
  questions: z.array(question).optional(),
  /** 3天, 1小时, or minutes. */
  reminders: z.array(z.union([z.string(), z.number()])).optional(),
  cost: text.default(''),
  contacts: text.default(''),
  materials: text.default(''),
  hours: z.number().nullable().optional(),
  series: series.optional(),
})

export type EventOfFile = z.infer<typeof eventSchema>
