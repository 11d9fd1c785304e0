import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { PlainError } from '../../../messages/plain-error.ts'

const schema = z.strictObject({
  /** A reviewer who gives more hundredths of all points than this says why. */
  opinionAbove: z.number().min(0).max(101).default(95),
  /** Days between two reminders of reviews that are open. */
  remindEvery: z.number().int().min(1).max(30).default(3),
  /** Days for which awards are on notice unless the organiser says otherwise. */
  noticeDays: z.number().int().min(1).max(60).default(5),
  /** Kinds of what is sent in that are no matter for comparing, such as applications. */
  notCompared: z.array(z.string().max(60)).max(50).default(['membership', 'support-request']),
})

/** What judging goes by where the campaign says nothing of it. */
export type JudgingSettings = z.infer<typeof schema>

/** Reads `judging.yaml` of a folder; common practice where there is none. Throws PlainError where it is broken. */
export function readJudgingSettings(folder: string): JudgingSettings {
  const file = join(folder, 'judging.yaml')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  let given: unknown
  try {
    given = parse(text) ?? {}
  } catch {
    throw new PlainError('judging:settings-wrong')
  }
  const read = schema.safeParse(given)
  if (!read.success) throw new PlainError('judging:settings-wrong')
  return read.data
}
