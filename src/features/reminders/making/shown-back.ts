import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { describeRule } from '../../../timers/recurrence/describe-rule.ts'
import type { Step } from '../records.ts'
import type { ReminderDraft } from './keep-reminder.ts'
import { targetsInWords } from './target-words.ts'
import { timeInWords, timesOf } from './upcoming.ts'

/** What is to be known of a reminder before it counts, a line each. */
export async function linesOf(
  db: Reads,
  draft: Pick<ReminderDraft, 'rule' | 'timeZone' | 'organisation' | 'targets' | 'means' | 'steps' | 'each'>,
  { now, language }: { now: Date; language: Language },
): Promise<string[]> {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `reminders:line.${key}`, values)
  const zone = draft.timeZone ?? defaultZone
  const times = await timesOf(db, { rule: draft.rule, organisation: draft.organisation, zone }, now)
  const rule = describeRule(draft.rule, language)
  return [
    say('when', { rule: zone === defaultZone ? rule : `${rule} ${zoneInWords(zone, language)}` }),
    times.length === 0
      ? say('no-times')
      : say('next', { times: times.map((time) => timeInWords(time, language)).join(say('joint')) }),
    ...(times.some(({ provisional }) => provisional) ? [say('provisional')] : []),
    await whomLine(db, draft, { now, language }),
    say(`means-${draft.means.type}`),
    stepsInWords(draft.steps ?? [], language),
  ]
}

/** Who is reminded, with how many people that is. */
export async function whomLine(
  db: Reads,
  { targets, each }: Pick<ReminderDraft, 'targets' | 'each'>,
  { now, language }: { now: Date; language: Language },
): Promise<string> {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `reminders:line.${key}`, values)
  if (targets.length === 0) return say('whom-nobody')
  const words = await targetsInWords(db, targets.slice(0, 10), now, language)
  const shown = words.map(({ text, people }, at) => {
    if (targets[at]!.kind !== 'role') return text
    return say('with-count', { text, count: people ?? 0 })
  })
  const more = targets.length > 10 ? [say('more', { count: targets.length - 10 })] : []
  const group = targets.some(({ kind }) => kind === 'chat')
  const answering = group ? say(each === false ? 'anybody' : 'everybody') : ''
  return say('whom', { whom: [...shown, ...more].join(say('and')), answering })
}

/** What happens as long as nobody acknowledges. */
export function stepsInWords(steps: readonly Step[], language: Language): string {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `reminders:line.${key}`, values)
  if (steps.length === 0) return say('silence-none')
  const words = steps.map(({ after, to }, at) => {
    const time =
      'workingHours' in after
        ? say('hours', { count: after.workingHours })
        : say('days', { count: after.workingDays })
    const told = translate(language, `reminders:step.${to}`)
    // `again` says so by itself.
    const isRepeated = to !== 'again' && steps.slice(0, at).some((before) => before.to === to)
    return say('step', { time, to: isRepeated ? say('repeated', { to: told }) : told })
  })
  return say('silence', { steps: words.join(say('then')) })
}

/** A zone as people read it, where it is not China's. */
export function zoneInWords(zone: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'longGeneric' })
  const name = format.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? zone
  // The signs of `Etc/GMT-5` stand the other way round: it is five hours ahead.
  return zone.startsWith('Etc/')
    ? translate(language, 'reminders:line.zone', { name })
    : translate(language, 'reminders:line.zone-named', { name, zone })
}
