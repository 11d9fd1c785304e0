import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { organisationOfChat } from '../../../people/chats.ts'
import { isInForce, toMembership } from '../../../people/memberships.ts'
import { descendantsOf } from '../../../people/organisations.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Target } from '../records.ts'

/** A target as people read it, and how many it is today. */
export interface TargetWords {
  text: string
  /** Null: nobody can tell, as of a group. */
  people: number | null
}

/** Why a target is not reached, as its owner is told at length, to the words that stand beside others. */
const problems: Readonly<Record<string, string>> = {
  'reminding:target.no-account': 'reminders:problem.no-account',
  'reminding:target.no-holder': 'reminders:problem.no-holder',
  'reminding:target.gone': 'reminders:problem.gone',
  'reminding:target.bound-anew': 'reminders:problem.bound-anew',
}

/** Why a target is not reached, in a few words. @param problem A key of messages, as `reminder_target` keeps it. */
export function problemInWords(problem: string, language: Language): string {
  return translate(language, problems[problem] ?? 'reminders:problem.gone')
}

/** Whom each target means, with how many people hold a role today. */
export async function targetsInWords(
  db: Reads,
  targets: readonly Target[],
  now: Date,
  language: Language,
): Promise<TargetWords[]> {
  const words: TargetWords[] = []
  for (const target of targets) words.push(await inWords(db, target, dayInChina(now), language))
  return words
}

async function inWords(db: Reads, target: Target, today: string, language: Language): Promise<TargetWords> {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `reminders:target.${key}`, values)
  if (target.kind === 'person') {
    const person = await readPerson(db, target.person)
    return { text: person?.name ?? say('gone'), people: person ? 1 : 0 }
  }
  if (target.kind === 'chat') {
    const bound = await organisationOfChat(db, target.chat)
    const name = bound === null ? '' : await nameOf(db, bound)
    return { text: bound === null ? say('unbound-group') : say('group', { name }), people: null }
  }
  const { role, organisation, below } = target
  const inside = below ? (await descendantsOf(db, organisation)).map(({ id }) => id) : []
  const rows = await db
    .selectFrom('membership')
    .selectAll()
    .where('organisation', 'in', [organisation, ...inside])
    .where('role', '=', role)
    .execute()
  const holders = new Set(
    rows.map(toMembership).flatMap((held) => (isInForce(held, today) ? [held.person] : [])),
  )
  const values = { name: await nameOf(db, organisation), role: roleInWords(role, language) }
  return { text: say(below ? 'role-below' : 'role', values), people: holders.size }
}

/** The name of a role. */
function roleInWords(role: string, language: Language): string {
  return translate(language, `console:role.${role}`)
}

/** An organisation's name; empty where there is none (any more). */
async function nameOf(db: Reads, organisation: string): Promise<string> {
  const row = await db
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirst()
  return row?.name ?? ''
}
