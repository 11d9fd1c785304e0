import { IANAZone } from 'luxon'
import type { FilledForm, FormValues } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { chatsOf } from '../../../people/chats.ts'
import type { Role } from '../../../people/roles.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import { readWorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { checkRule } from '../../../timers/recurrence/check-rule.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import type { Target } from '../records.ts'
import { makerOf, refusalOf, wholeChat } from './access.ts'
import { problemOfWords, readRuleIn } from './read-rule.ts'
import { ruleOfValues } from './rule-form.ts'

type Problems = Readonly<Record<string, Problem>>
type Filled = Pick<FilledForm, 'db' | 'now' | 'person' | 'values'>

/** The field of each rhythm beside which it is told what is wrong with the rule. */
const fieldOf: Readonly<Record<string, string>> = {
  ...{ once: 'day', weekly: 'weekdays', monthly: 'monthDay', yearly: 'yearDay', nth: 'nth' },
  ...{ before: 'targetDay', words: 'words', rrule: 'rrule' },
}

/** Whom the form names; `null`: those who are reminded already. Empty where what it needs is not there. */
export async function targetsOfValues({ db, person, values }: Filled): Promise<Target[] | null> {
  const id = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  switch (values.whom) {
    case 'me':
      return person === null ? [] : [{ kind: 'person', person }]
    case 'people': {
      const people = Array.isArray(values.people) ? values.people.map(String) : []
      return [...new Set(people)].map((one): Target => ({ kind: 'person', person: one }))
    }
    case 'group': {
      const chats = await chatsOf(db, [id('groupOf')])
      return chats.map((chat): Target => ({ kind: 'chat', chat: wholeChat(chat) }))
    }
    case 'role':
      return id('role') === '' || id('roleAt') === ''
        ? []
        : [
            {
              ...{ kind: 'role', role: id('role') as Role, organisation: id('roleAt') },
              below: values.below === true,
            },
          ]
    default:
      return null
  }
}

/** The zone of a form. */
export function zoneOfValues({ timeZone }: FormValues): string {
  return typeof timeZone === 'string' && timeZone !== '' ? timeZone : defaultZone
}

/** The rule of a form; null: what it needs is not there yet. */
export function ruleOf({ values, now }: Pick<Filled, 'values' | 'now'>): Rule | null {
  const zone = zoneOfValues(values)
  if (!IANAZone.isValidZone(zone)) return null
  return ruleOfValues(values, dayIn(zone, now), (words) => readRuleIn(words, now, zone))
}

/** Groups that are bound to nothing, people and roles that somebody may not remind. */
export async function checkWhom(filled: Filled): Promise<Problems> {
  const { db, person, now, values } = filled
  const field = { people: 'people', group: 'groupOf', role: 'roleAt' }[String(values.whom)]
  const targets = await targetsOfValues(filled)
  if (field === undefined || targets === null) return {}
  if (targets.length === 0) {
    return field === 'groupOf' && typeof values.groupOf === 'string'
      ? { groupOf: { key: 'reminders:form.no-group', values: {} } }
      : {}
  }
  if (person === null) return { [field]: { key: 'reminders:sign-in', values: {} } }
  const maker = await makerOf(db, person, now)
  for (const target of targets) {
    const refusal = await refusalOf(db, maker, target)
    if (refusal) return { [field]: refusal }
  }
  return {}
}

/** A rule that never fires, fires too often, or is over: told where it was written. */
export async function checkWhen(filled: Filled): Promise<Problems> {
  const { values } = filled
  const zone = zoneOfValues(values)
  if (!IANAZone.isValidZone(zone)) return { timeZone: { key: 'reminders:form.no-zone', values: { zone } } }
  const field = fieldOf[String(values.rhythm)]
  if (field === undefined) return {}
  const rule = ruleOf(filled)
  if (rule === null) {
    const words = values.words
    return values.rhythm === 'words' && typeof words === 'string'
      ? {
          words: problemOfWords(words, filled.now, zone) ?? {
            key: 'reminders:form.words-unread',
            values: {},
          },
        }
      : values.rhythm === 'nth' && values.nth === 0
        ? { nth: { key: 'reminders:form.nth-zero', values: {} } }
        : {}
  }
  const problem = await problemOfRule(filled.db, rule, { zone, now: filled.now })
  return problem ? { [field]: problem } : {}
}

/** An end before the beginning, or nothing left between them. */
export async function checkSpan(filled: Filled): Promise<Problems> {
  const { from, until } = filled.values
  if (typeof from === 'string' && typeof until === 'string' && until < from) {
    return { until: { key: 'reminders:form.end-before-start', values: { from, until } } }
  }
  const zone = zoneOfValues(filled.values)
  const rule = ruleOf(filled)
  if (rule === null) return {}
  const problem = await problemOfRule(filled.db, rule, { zone, now: filled.now })
  return problem ? { until: problem } : {}
}

/** Quiet hours as they are written. */
export async function checkFollow({ values: { quiet } }: Filled): Promise<Problems> {
  if (typeof quiet !== 'string' || quiet === '' || quietHours.test(quiet)) return {}
  return { quiet: { key: 'reminders:form.quiet-wrong', values: {} } }
}

const quietHours = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/

/** What is wrong with a rule by itself, or that nothing is left of it; null: it may be kept. */
export async function problemOfRule(
  db: FilledForm['db'],
  rule: Rule,
  { zone, now }: { zone: string; now: Date },
): Promise<Problem | null> {
  const calendar = await readWorkCalendar(db, { organisation: null, person: null }, dayIn(zone, now))
  try {
    const { warning } = checkRule(rule, { calendar, zone }, now)
    return warning === null ? null : { key: warning, values: {} }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { key: error.key, values: error.values }
  }
}
