import { PlainError } from '../../../messages/plain-error.ts'
import { readStepsFile, type StepsPreset } from './steps-file.ts'
import { type ReminderTemplate, readTemplates } from './templates.ts'

/** What is offered to whoever makes a reminder. */
export interface DutyFiles {
  /** What happens in silence; never empty, the first is the usual one. */
  presets: readonly StepsPreset[]
  templates: readonly ReminderTemplate[]
  /** Why a file is not taken; such a file offers nothing, and reminders are made without it. */
  problems: readonly PlainError[]
}

/** What there is without a file. */
const builtIn: readonly StepsPreset[] = [
  {
    name: 'usual',
    title: {
      'zh-CN': '8 个工作小时后再提醒，16 个工作小时后告诉上级',
      en: 'Again after 8 working hours, the superior after 16',
    },
    steps: [
      { after: { workingHours: 8 }, to: 'again' },
      { after: { workingHours: 8 }, to: 'superior' },
    ],
  },
  { name: 'none', title: { 'zh-CN': '不再催', en: 'Nothing' }, steps: [] },
]

/** Reads the templates and the usual steps of a folder; a broken one is told to whoever asks for templates. */
export function openDutyFiles(folder: string): DutyFiles {
  const problems: PlainError[] = []
  const orElse = <T>(read: () => T, instead: T): T => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      problems.push(error)
      return instead
    }
  }
  const presets = orElse(() => readStepsFile(folder), builtIn)
  const templates = orElse(() => {
    const all = readTemplates(folder)
    const unknown = all.find(({ steps }) => !presets.some(({ name }) => name === steps))
    if (unknown) throw new PlainError('reminders:file.no-steps', { name: unknown.name, steps: unknown.steps })
    return all
  }, [])
  return { presets, templates, problems }
}
