import type { Feature, Whose } from '../../conversation/feature.ts'
import type { RemindersContext } from './context.ts'
import { createItemsPart } from './items/part.ts'
import { createMakingPart } from './making/part.ts'
import type { RemindersPart } from './part.ts'
import { createRunningPart } from './running/part.ts'

/** Reminders of people and groups: made, sent once on the right day, acknowledged, or taken up the line. */
export function createReminders(context: RemindersContext): Feature {
  const parts: RemindersPart[] = [
    createMakingPart(context),
    createRunningPart(context),
    createItemsPart(context),
  ]
  const joined = <T>(of: (part: RemindersPart) => Record<string, T> | undefined): Record<string, T> =>
    Object.assign({}, ...parts.map(of))
  return {
    name: 'reminders',
    actions: joined((part) => part.actions),
    commands: parts.flatMap(({ commands = [] }) => commands),
    forms: parts.flatMap(({ forms = [] }) => forms),
    async mine(whose: Whose) {
      const found = []
      for (const { mine } of parts) if (mine) found.push(...(await mine(whose)))
      return found
    },
    timers: joined((part) => part.timers),
    subscriptions: {},
  }
}
