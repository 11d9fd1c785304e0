import type { Language } from '../../chat/language.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { inBothLanguages } from '../../messages/in-both-languages.ts'
import { translate } from '../../messages/translate.ts'
import type { Trx } from '../../store/store.ts'
import { readWorkCalendar } from '../../timers/calendar/work-calendar.ts'
import { nextWorkingDay, workingDayBefore } from '../../timers/calendar/working-days.ts'
import type { RemindersPort, Step } from '../reminders/port.ts'
import type { FoundingCase, StepRow } from './read-case.ts'
import type { FoundingStep } from './steps.ts'

/** Told again a day after, above on the day after the due one, and the group of the organisation at last. */
const escalation: readonly Step[] = [
  { after: { workingHours: 8 }, to: 'again' },
  { after: { workingHours: 8 }, to: 'superior' },
  { after: { workingHours: 16 }, to: 'superior' },
]

/** By which the reminder of a step is found. */
export function stepOrigin({ founding, position }: Pick<StepRow, 'founding' | 'position'>): string {
  return `founding.step:${founding}:${position}`
}

/** Reminds whoever has a step, on the working day before it is due, until the form of it is sent in. */
export async function remindOfStep(
  trx: Trx,
  { row, steps }: FoundingCase,
  step: StepRow,
  {
    kind,
    name,
    by,
    now,
    reminders,
  }: { kind: FoundingStep; name: string; by: string; now: Date; reminders: RemindersPort },
): Promise<void> {
  const language: Language = 'zh-CN'
  const today = dayInChina(now)
  const calendar = await readWorkCalendar(trx, { organisation: row.organisation, person: null }, today)
  const { day: before } = workingDayBefore(calendar, step.due_on)
  // A short first step is not reminded of in the past.
  const day = before > today ? before : nextWorkingDay(calendar, today).day
  await reminders.keep(
    trx,
    {
      origin: stepOrigin(step),
      title: inBothLanguages((to) =>
        translate(to, 'founding:reminder.title', { name, step: kind.title[to] }),
      ),
      text: inBothLanguages((to) =>
        translate(to, 'founding:reminder.text', { what: kind.what[to], day: step.due_on }),
      ),
      ...{
        organisation: row.organisation,
        owner: row.created_by ?? row.owner,
        rule: { type: 'once', at: `${day}T09:00` },
      },
      targets: [{ kind: 'person', person: step.owner ?? row.owner }],
      means: {
        type: 'form',
        form: 'founding.step-done',
        context: stepContext({ row, steps }, step, { kind, name }, language),
      },
      ...{ steps: escalation, usefulFor: 60 * 24 * 30 },
    },
    { by, now },
  )
}

/** What the form of a step is about. */
export function stepContext(
  { row, steps }: Pick<FoundingCase, 'row' | 'steps'>,
  step: StepRow,
  { kind, name }: { kind: FoundingStep | null; name: string },
  language: Language,
): Record<string, string> {
  return {
    ...{ founding: row.id, position: String(step.position), name, number: row.number },
    title: kind?.title[language] ?? step.step,
    // The last one also asks how the association was founded.
    last: step.position === steps.length - 1 ? 'yes' : 'no',
  }
}
