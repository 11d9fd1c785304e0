import type { Account, Conversation } from '../../../chat/incoming.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf, placesOfPerson } from '../../../people/actor.ts'
import { type Actor, can } from '../../../people/can.ts'
import { organisationOfChat } from '../../../people/chats.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import type { Reminder, Target } from '../records.ts'
import { holdsReminder } from '../rights.ts'

/** Who makes or looks at reminders, with the roles held today. */
export interface Maker {
  person: string
  actor: Actor
  /** Day of China. */
  today: string
  now: Date
  /** Where they make reminders for others: organisations, the nearest to the root first. */
  organisations: readonly string[]
}

/** Throws PlainError for a guest. */
export async function makerOf(db: Reads, who: Account | string | null, now: Date): Promise<Maker> {
  const today = dayInChina(now)
  const person =
    who === null || typeof who === 'string' ? who : ((await findPersonByAccount(db, who))?.id ?? null)
  if (person === null) throw new PlainError('reminders:sign-in')
  const actor = await actorOf(db, person, today)
  const makes = actor.grants.filter(({ organisation }) =>
    // Of a place itself nothing above it matters: it is where the role is held.
    can(actor, 'reminder.make', { path: [organisation] }),
  )
  const depths = new Map<string, number>()
  for (const { organisation } of makes) {
    depths.set(organisation, (await placeOf(db, organisation)).path.length)
  }
  const organisations = [...depths].toSorted((a, b) => a[1] - b[1]).map(([id]) => id)
  return { person, actor, today, now, organisations }
}

/** Why somebody may not remind a target; null: they may. Everybody may remind themselves. */
export async function refusalOf(
  db: Reads,
  { actor, person, today }: Maker,
  target: Target,
): Promise<{ key: string; values: Record<string, string> } | null> {
  const allows = async (organisation: string) => can(actor, 'reminder.make', await placeOf(db, organisation))
  if (target.kind === 'person') {
    if (target.person === person) return null
    for (const place of await placesOfPerson(db, target.person, today)) {
      if (can(actor, 'reminder.make', place)) return null
    }
    return { key: 'reminders:refused.person', values: {} }
  }
  if (target.kind === 'role') {
    return (await allows(target.organisation)) ? null : { key: 'reminders:refused.organisation', values: {} }
  }
  const bound = await organisationOfChat(db, target.chat)
  if (bound === null) return { key: 'reminders:refused.unbound', values: {} }
  return (await allows(bound)) ? null : { key: 'reminders:refused.group', values: {} }
}

/** Throws PlainError where one of the targets is not for them to remind. */
export async function mustReach(db: Reads, maker: Maker, targets: readonly Target[]): Promise<void> {
  for (const target of targets) {
    const refusal = await refusalOf(db, maker, target)
    if (refusal) throw new PlainError(refusal.key, refusal.values)
  }
}

/** Whose cadres keep a reminder with these targets; null: it is the maker's own, for themselves. */
export async function organisationOf(
  db: Reads,
  { person, organisations, actor, today }: Maker,
  targets: readonly Target[],
): Promise<string | null> {
  for (const target of targets) {
    if (target.kind === 'role') return target.organisation
    if (target.kind === 'chat') {
      const bound = await organisationOfChat(db, target.chat)
      if (bound !== null) return bound
    } else if (target.person !== person) {
      const places = await placesOfPerson(db, target.person, today)
      const [own] = places.filter((place) => can(actor, 'reminder.make', place))
      return own?.path[0] ?? organisations[0] ?? null
    }
  }
  return null
}

/** Whether somebody changes, stops and ends a reminder: who holds it today. */
export async function mayKeep(db: Reads, { actor }: Maker, { row }: Reminder): Promise<boolean> {
  return holdsReminder(db, actor, row)
}

/** Whether somebody may look at a reminder: also whom it reminds by name. */
export async function maySee(db: Reads, maker: Maker, { row, targets }: Reminder): Promise<boolean> {
  const { organisation } = row
  if (await holdsReminder(db, maker.actor, row)) return true
  // Whose it is sees it where they still belong.
  if (row.owner === maker.person && organisation !== null) {
    if (can(maker.actor, 'organisation.view', await placeOf(db, organisation))) return true
  }
  if (targets.some((target) => target.kind === 'person' && target.person === maker.person)) return true
  return row.organisation !== null && can(maker.actor, 'reminder.view', await placeOf(db, row.organisation))
}

/** A chat without its thread: what is said to a group is said to all of it. */
export function wholeChat({ platform, installation, chat }: Omit<Conversation, 'thread'>): Conversation {
  return { platform, installation, chat, thread: '' }
}
