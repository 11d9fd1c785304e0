import { dayInChina } from '../../knowledge/library/day.ts'
import { inBothLanguages } from '../../messages/in-both-languages.ts'
import { translate } from '../../messages/translate.ts'
import type { Trx } from '../../store/store.ts'
import { addDays, type Day } from '../../timers/calendar/day.ts'
import type { OwnReminder } from '../reminders/port.ts'
import type { AssessmentContext } from './context.ts'
import type { Assessment, Subject } from './records.ts'

type Reminding = Pick<AssessmentContext, 'reminders'>

const time = '09:00'
/** Days before the last one on which somebody is reminded first. */
const ahead = 3

const fillOrigin = ({ row }: Pick<Subject, 'row'>) => `assessment.fill:${row.id}`
const checkOrigin = ({ row }: Pick<Assessment, 'row'>, checker: string) =>
  `assessment.check:${row.id}:${checker}`

/** Whoever fills in is reminded three days before the last one and on it. */
export async function keepFillReminder(
  trx: Trx,
  { reminders }: Reminding,
  { row }: Pick<Assessment, 'row'>,
  subject: Subject,
  now: Date,
): Promise<void> {
  const { person, organisation } = subject.row
  const values = { title: row.title, name: subject.name, day: row.fill_until }
  const reminder: OwnReminder = {
    ...shared(row, row.fill_until, now),
    origin: fillOrigin(subject),
    title: inBothLanguages((to) => translate(to, 'assessment:remind.fill-title', values)),
    text: inBothLanguages((to) => translate(to, 'assessment:remind.fill-text', values)),
    // One of a unit's liaisons and cadres fills in for all of it.
    each: false,
    targets:
      person === null
        ? (['liaison', 'cadre'] as const).map((role) => ({ kind: 'role', role, organisation, below: false }))
        : [{ kind: 'person', person }],
  }
  await reminders.keep(trx, reminder, { by: null, now })
}

/** Whoever checks is reminded the same way until all is checked. */
export async function keepCheckReminder(
  trx: Trx,
  { reminders }: Reminding,
  assessment: Pick<Assessment, 'row'>,
  checker: string,
  now: Date,
): Promise<void> {
  const { row } = assessment
  const values = { title: row.title, day: row.check_until }
  const reminder: OwnReminder = {
    ...shared(row, row.check_until, now),
    origin: checkOrigin(assessment, checker),
    title: inBothLanguages((to) => translate(to, 'assessment:remind.check-title', values)),
    text: inBothLanguages((to) => translate(to, 'assessment:remind.check-text', values)),
    targets: [{ kind: 'person', person: checker }],
  }
  await reminders.keep(trx, reminder, { by: null, now })
}

function shared({ organisation, made_by: owner }: Assessment['row'], last: Day, now: Date) {
  const first = addDays(last, -ahead)
  const tomorrow = addDays(dayInChina(now), 1)
  // Where less time is left the last day alone; where it is today, the next one: it is late, and wanted all the same.
  const [from, count] = first >= tomorrow ? [first, 2] : [last >= tomorrow ? last : tomorrow, 1]
  return {
    ...{ organisation, owner, means: { type: 'know' as const }, steps: [] },
    rule: {
      ...{ type: 'rrule' as const, rrule: `FREQ=DAILY;INTERVAL=${ahead};COUNT=${count}` },
      ...{ from: `${from}T${time}`, onDayOff: 'send' as const },
    },
  }
}

export async function endFillReminder(
  trx: Trx,
  { reminders }: Reminding,
  subject: Pick<Subject, 'row'>,
  now: Date,
): Promise<void> {
  await reminders.end(trx, fillOrigin(subject), now)
}

/** Nobody is reminded of checking any more. */
export async function endCheckReminders(
  trx: Trx,
  { reminders }: Reminding,
  assessment: Assessment,
  now: Date,
): Promise<void> {
  for (const checker of assessment.checkers) await reminders.end(trx, checkOrigin(assessment, checker), now)
}

/** Nobody is reminded of anything of it any more. */
export async function endReminders(
  trx: Trx,
  context: Reminding,
  assessment: Assessment,
  subjects: readonly Subject[],
  now: Date,
): Promise<void> {
  for (const subject of subjects) await endFillReminder(trx, context, subject, now)
  await endCheckReminders(trx, context, assessment, now)
}
