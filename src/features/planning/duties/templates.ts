import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { readOnce } from '../../../knowledge/read-once.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { type Day, isDay, yearOf } from '../../../timers/calendar/day.ts'
import { periods, type Rule } from '../../../timers/recurrence/rule.ts'

const text = z.strictObject({
  'zh-CN': z.string().trim().min(1).max(300),
  en: z.string().trim().min(1).max(300),
})
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
const rule = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('working-day'),
    period: z.enum(periods),
    nth: z
      .int()
      .min(-60)
      .max(120)
      .refine((nth) => nth !== 0),
    time,
  }),
  /** On the day, or the next working day. */
  z.strictObject({
    type: z.literal('yearly'),
    // Every year has the day.
    day: z.string().refine((day) => isDay(`2027-${day}`)),
    time,
  }),
])
const template = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  /** Of the guideline. */
  clause: z.int().min(1).max(99),
  title: text,
  text,
  /** The role that is reminded, in the organisation itself. */
  to: z.enum(['cadre', 'liaison', 'leader']),
  /** Everybody who holds the role answers for themselves; else one does for all. */
  each: z.boolean().default(false),
  rule,
  /** By which it is done; without one 已完成 with a note is enough. */
  form: z
    .string()
    .regex(/^[a-z-]+\.[a-z-]+$/)
    .optional(),
  /** Whether it holds where nobody has switched it. */
  on: z.boolean().default(true),
  /** For how many days a missed one is still sent. */
  usefulDays: z.int().min(1).max(60).default(10),
})
const schema = z.strictObject({
  duties: z
    .array(template)
    .max(50)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length),
})

/** A duty of the guideline, as knowledge/planning/duties.yaml has it. */
export type DutyTemplate = z.infer<typeof template>

/** Reads the templates of duties; no file: there are none. Throws PlainError with file and line where it is wrong. */
export function readDutyTemplates(path: string): DutyTemplate[] {
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  return readOnce(readDutyTemplates, text, () => parseDutyTemplates(text, basename(path)))
}

/** As `readDutyTemplates`, of a file's content. @param file its name, as errors name it. */
export function parseDutyTemplates(source: string, file: string): DutyTemplate[] {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'silent' })
  const [broken] = document.errors
  if (broken) {
    throw new PlainError('planning:duty.file-broken', { file, line: lines.linePos(broken.pos[0]).line })
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = document.getIn(path as (string | number)[], true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    return path.length > 0 ? lineOf(path.slice(0, -1)) : 1
  }
  const checked = schema.safeParse(document.toJS({ maxAliasCount: 10 }) ?? { duties: [] })
  if (checked.success) return checked.data.duties
  const [issue] = checked.error.issues
  const path =
    issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? [])
  throw new PlainError('planning:duty.file-field', {
    ...{ file, line: lineOf(path) },
    field: path.filter((part) => typeof part === 'string').join('.'),
  })
}

/** The rule of a duty that holds from a day on. */
export function ruleOfDuty({ rule: given }: Pick<DutyTemplate, 'rule'>, today: Day): Rule {
  if (given.type === 'working-day') return { ...given, from: today, until: null }
  const [month = '', day = ''] = given.day.split('-')
  const thisYear = `${yearOf(today)}-${given.day}`
  const first = thisYear >= today ? thisYear : `${yearOf(today) + 1}-${given.day}`
  return {
    type: 'rrule',
    rrule: `FREQ=YEARLY;BYMONTH=${Number(month)};BYMONTHDAY=${Number(day)}`,
    from: `${first}T${given.time}`,
    onDayOff: 'next-working-day',
  }
}
