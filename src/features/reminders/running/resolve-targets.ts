import type { Conversation } from '../../../chat/incoming.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { addressesOf } from '../../../people/address.ts'
import { chatKey, organisationsOfChats } from '../../../people/chats.ts'
import { isInForce, type Membership, toMembership } from '../../../people/memberships.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import { keptFor, type Reminder, type Target } from '../records.ts'

/** Who gets an item of a run: a person, anybody of a chat (`person` null), or a person whose card stands in a chat. */
export interface Addressee {
  /** Of the target that they came by. */
  position: number
  person: string | null
  chat: Conversation | null
}

/** Why nobody can be reached by a target: a key of messages. */
export type TargetProblem =
  | 'reminding:target.no-account'
  | 'reminding:target.no-holder'
  | 'reminding:target.bound-anew'

export interface Resolved {
  addressees: Addressee[]
  /** By the target's position. */
  problems: Map<number, TargetProblem>
}

/** Whom reminders reach today, in few statements however many they are. Nobody is reached twice by one of them. */
export async function resolveTargets(
  db: Reads,
  reminders: readonly Reminder[],
  now: Date,
): Promise<Map<Reminder, Resolved>> {
  const all = reminders.flatMap(({ targets }) => targets)
  const bound = await organisationsOfChats(
    db,
    reminders.flatMap(({ targets }) =>
      targets.flatMap((target) => (target.kind === 'chat' ? [target.chat] : [])),
    ),
  )
  const kept = await keptFor(
    db,
    reminders.filter(({ targets }) => targets.some(({ kind }) => kind === 'chat')).map(({ row }) => row.id),
  )
  const below = await readBelow(db, all)
  const organisations = all.flatMap((target) => (target.kind === 'role' ? below(target) : []))
  const members = await readMembers(db, [...organisations, ...bound.values()], dayInChina(now))
  const people = all.flatMap((target) => (target.kind === 'person' ? [target.person] : []))
  const addresses = await addressesOf(db, [
    ...people,
    ...[...members.values()].flat().map(({ person }) => person),
  ])
  const inChat = await readAccounts(
    db,
    [...bound.values()].flatMap((id) => members.get(id) ?? []),
  )

  const reached = (target: Target, isEach: boolean): Omit<Addressee, 'position'>[] => {
    if (target.kind === 'person') {
      return addresses.has(target.person) ? [{ person: target.person, chat: null }] : []
    }
    if (target.kind === 'role') {
      const holders = below(target).flatMap((id) => members.get(id) ?? [])
      return holders
        .filter(({ role, person }) => role === target.role && addresses.has(person))
        .map(({ person }) => ({ person, chat: null }))
    }
    const { chat } = target
    const theirs = isEach ? (members.get(bound.get(chatKey(chat)) ?? '') ?? []) : []
    const there = theirs.filter(({ person }) => inChat.has(`${chat.platform} ${chat.installation} ${person}`))
    // Of a group of which nobody is known anybody may answer.
    return there.length > 0 ? there.map(({ person }) => ({ person, chat })) : [{ person: null, chat }]
  }

  return new Map(
    reminders.map((reminder) => {
      const resolved: Resolved = { addressees: [], problems: new Map() }
      const known = new Set<string>()
      for (const [position, target] of reminder.targets.entries()) {
        const unit = kept.get(`${reminder.row.id} ${position}`)
        // It is another unit's group by now: what is one's own is neither shown there nor asked of its people.
        if (target.kind === 'chat' && unit !== undefined && bound.get(chatKey(target.chat)) !== unit) {
          resolved.problems.set(position, 'reminding:target.bound-anew')
          continue
        }
        const found = reached(target, reminder.row.each === 1)
        if (found.length === 0) {
          resolved.problems.set(
            position,
            target.kind === 'role' ? 'reminding:target.no-holder' : 'reminding:target.no-account',
          )
        }
        for (const one of found) {
          if (one.person !== null && known.has(one.person)) continue
          if (one.person !== null) known.add(one.person)
          resolved.addressees.push({ position, ...one })
        }
      }
      return [reminder, resolved] as const
    }),
  )
}

type RoleTarget = Extract<Target, { kind: 'role' }>

/** The organisation of a role, with those below it where they are meant too. */
async function readBelow(db: Reads, targets: readonly Target[]): Promise<(target: RoleTarget) => string[]> {
  if (!targets.some((target) => target.kind === 'role' && target.below))
    return ({ organisation }) => [organisation]
  const children = Map.groupBy(await listOrganisations(db), ({ parent }) => parent)
  const withBelow = (id: string): string[] => [
    id,
    ...(children.get(id) ?? []).flatMap((child) => withBelow(child.id)),
  ]
  return ({ organisation, below }) => (below ? withBelow(organisation) : [organisation])
}

/** Memberships that hold today, by organisation. */
async function readMembers(
  db: Reads,
  organisations: readonly string[],
  today: string,
): Promise<Map<string, Membership[]>> {
  const held: Membership[] = []
  for (const piece of inPieces([...new Set(organisations)])) {
    const rows = await db
      .selectFrom('membership')
      .selectAll()
      .where('organisation', 'in', piece)
      .orderBy('person')
      .orderBy('id')
      .execute()
    held.push(...rows.map(toMembership).filter((one) => isInForce(one, today)))
  }
  return Map.groupBy(held, ({ organisation }) => organisation)
}

/** Where people have accounts: `platform installation person`. */
async function readAccounts(db: Reads, members: readonly Membership[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const piece of inPieces([...new Set(members.map(({ person }) => person))])) {
    const rows = await db
      .selectFrom('account')
      .select(['person', 'platform', 'installation'])
      .where('person', 'in', piece)
      .execute()
    for (const { platform, installation, person } of rows) found.add(`${platform} ${installation} ${person}`)
  }
  return found
}
