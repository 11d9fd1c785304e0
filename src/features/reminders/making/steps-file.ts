import { join } from 'node:path'
import { z } from 'zod'
import type { Language } from '../../../chat/language.ts'
import type { Step } from '../records.ts'
import { readYaml } from './read-yaml.ts'

const hours = z.number().min(0.5).max(2000)
const days = z.number().int().min(1).max(250)
const to = z.enum(['again', 'superior', 'group', 'owner', 'urgent'])
const step = z.union([
  z.strictObject({ hours, to }).transform(({ hours, to }): Step => ({ after: { workingHours: hours }, to })),
  z.strictObject({ days, to }).transform(({ days, to }): Step => ({ after: { workingDays: days }, to })),
])
const name = z.string().regex(/^[a-z][a-z-]{0,29}$/)
const schema = z.strictObject({
  presets: z
    .array(
      z.strictObject({
        ...{
          name,
          title: z.strictObject({ 'zh-CN': z.string().min(1).max(80), en: z.string().min(1).max(120) }),
        },
        steps: z.array(step).max(8),
      }),
    )
    .min(1)
    .refine((all) => new Set(all.map((one) => one.name)).size === all.length, 'a name twice'),
})

/** What happens in silence, as it is offered. */
export interface StepsPreset {
  name: string
  title: Record<Language, string>
  steps: readonly Step[]
}

/** `steps.yaml` of a folder. Throws PlainError with the line where it is wrong. */
export function readStepsFile(folder: string): readonly StepsPreset[] {
  return readYaml(join(folder, 'reminders'), 'steps.yaml', schema).presets
}
