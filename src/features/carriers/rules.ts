import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { PlainError } from '../../messages/plain-error.ts'
import { isDay } from '../../timers/calendar/day.ts'

/** 学会服务站, 院士专家工作站, 企会协作创新联盟, 海智计划基地 (clause 11 of the guideline). */
export const carrierKinds = ['society-station', 'academician-station', 'alliance', 'haizhi-base'] as const

export type CarrierKind = (typeof carrierKinds)[number]

export const carrierLevels = ['national', 'provincial', 'municipal', 'county', 'enterprise'] as const

export type CarrierLevel = (typeof carrierLevels)[number]

export const grades = ['excellent', 'good', 'passed', 'failed'] as const

export type Grade = (typeof grades)[number]

const count = z.number().int().min(0).max(1000)
const span = z
  .strictObject({ least: count.optional(), most: count.optional() })
  .refine(({ least = 0, most = Number.POSITIVE_INFINITY }) => least <= most)

/** How much of something there should be; what is absent has no bound. */
export type Bounds = z.infer<typeof span>

const thresholds = z.strictObject({
  needs: span.optional(),
  experts: span.optional(),
  /** Of the contract. */
  years: span.optional(),
})
const ofKind = thresholds.extend({ levels: z.partialRecord(z.enum(carrierLevels), thresholds).optional() })

const schema = z.strictObject({
  kinds: z.partialRecord(z.enum(carrierKinds), ofKind).default({
    'society-station': { needs: { least: 5, most: 10 }, experts: { least: 5 } },
    'academician-station': { years: { least: 3, most: 5 } },
  }),
  grades: z
    .array(z.strictObject({ from: z.number().min(0).max(100), grade: z.enum(grades) }))
    .min(1)
    .refine((all) => all.every(({ from }, i) => i === 0 || from < all[i - 1]!.from))
    .default([
      { from: 90, grade: 'excellent' },
      { from: 80, grade: 'good' },
      { from: 70, grade: 'passed' },
    ]),
  failing: z
    .strictObject({ below: z.number().min(0).max(100), years: z.number().int().min(1).max(10) })
    .default({ below: 70, years: 2 }),
  academicians: z.strictObject({ working: count, retired: count }).default({ working: 1, retired: 3 }),
  expiringDays: z
    .array(z.number().int().min(0).max(730))
    .min(1)
    .refine((days) => new Set(days).size === days.length)
    .default([90, 30, 7]),
  dormantMonths: z.number().int().min(1).max(120).default(12),
  /** `MM-DD`. */
  gradingOn: z
    .string()
    .refine((text) => isDay(`2026-${text}`))
    .default('12-01'),
})

/** What is expected of carriers, as an enterprise has it: `knowledge/carriers.yaml`. */
export type CarrierRules = z.infer<typeof schema>

/** Reads the rules; without a file those of common practice hold. Throws PlainError where the file is none. */
export function readCarrierRules(file: string): CarrierRules {
  try {
    return schema.parse(file !== '' && existsSync(file) ? (parse(readFileSync(file, 'utf8')) ?? {}) : {})
  } catch (error) {
    throw new PlainError('carriers:rules-wrong', {}, { cause: error })
  }
}

/** What is expected of a carrier of a kind and level; a level's own numbers go before the kind's. */
export function thresholdsOf(
  { kinds }: CarrierRules,
  kind: CarrierKind,
  level: CarrierLevel | null,
): z.infer<typeof thresholds> {
  const { levels, ...usual } = kinds[kind] ?? {}
  return { ...usual, ...(level === null ? {} : levels?.[level]) }
}

/** @param score From 0 to 100. */
export function gradeOf({ grades: steps }: CarrierRules, score: number): Grade {
  return steps.find(({ from }) => score >= from)?.grade ?? 'failed'
}
