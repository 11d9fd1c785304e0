import type { Conversation } from '../../../chat/incoming.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { addressesOf } from '../../../people/address.ts'
import { type Chat, chatsOf, organisationOfChat } from '../../../people/chats.ts'
import { isInForce, type Membership, membershipsInForce, toMembership } from '../../../people/memberships.ts'
import { ancestorsOf } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Role } from '../../../people/roles.ts'
import type { ItemOf } from './views.ts'

interface Asked {
  row: Pick<ItemOf['row'], 'person' | 'chat'>
  reminder: Pick<ItemOf['reminder'], 'organisation'>
}

/** More than these are not told of one item. */
const mostTold = 3

/**
 * Who is told that somebody does not acknowledge: whom they report to, else the leaders of their organisation or its
 * cadres, else those of the nearest above it. Never the person themselves, nor whoever cannot be written to.
 */
export async function superiorsOf(db: Reads, { row, reminder }: Asked, now: Date): Promise<string[]> {
  const today = dayInChina(now)
  const held = row.person === null ? [] : await membershipsInForce(db, row.person, today)
  const { organisation } = reminder
  const named = held
    .toSorted((one, other) => rank(one, organisation) - rank(other, organisation))
    .flatMap(({ superior }) => superior ?? [])
    .filter((superior) => superior !== row.person)
  const reachable = await addressesOf(db, named)
  const named0 = named.find((superior) => reachable.has(superior))
  if (named0 !== undefined) return [named0]
  const place =
    held.find((one) => one.organisation === organisation)?.organisation ??
    held[0]?.organisation ??
    (row.chat === null ? null : await organisationOfChat(db, JSON.parse(row.chat) as Conversation)) ??
    organisation
  return place === null ? [] : leadersAbove(db, place, { person: row.person, held, today })
}

/** Whom they report to where the reminder is kept counts before whom they report to elsewhere. */
function rank(held: Membership, organisation: string | null): number {
  return held.organisation === organisation ? 0 : 1
}

async function leadersAbove(
  db: Reads,
  place: string,
  { person, held, today }: { person: string | null; held: readonly Membership[]; today: string },
): Promise<string[]> {
  const own = new Set(held.filter(({ organisation }) => organisation === place).map(({ role }) => role))
  const above = (await ancestorsOf(db, place)).map(({ id }) => id)
  for (const organisation of [place, ...above]) {
    for (const role of ['leader', 'cadre'] as const satisfies Role[]) {
      // Nobody is above a leader, or beside a cadre, in their own organisation.
      const isAbove = organisation !== place || (!own.has('leader') && !own.has(role))
      if (!isAbove) continue
      const rows = await db
        .selectFrom('membership')
        .selectAll()
        .where('organisation', '=', organisation)
        .where('role', '=', role)
        .orderBy('person')
        .execute()
      const people = rows
        .map(toMembership)
        .filter((one) => isInForce(one, today) && one.person !== person)
        .map((one) => one.person)
      const reachable = await addressesOf(db, people)
      const found = [...new Set(people)].filter((one) => reachable.has(one))
      if (found.length > 0) return found.slice(0, mostTold)
    }
  }
  return []
}

/** The group in which it is said who has not acknowledged: that of the item, else one bound to their organisation. */
export async function groupOf(db: Reads, { row, reminder }: Asked, now: Date): Promise<Conversation | null> {
  if (row.chat !== null) return JSON.parse(row.chat) as Conversation
  const held = row.person === null ? [] : await membershipsInForce(db, row.person, dayInChina(now))
  const places = [reminder.organisation, ...held.map(({ organisation }) => organisation)]
  for (const place of places) {
    const [chat] = place === null ? [] : await chatsOf(db, [place])
    if (chat) return { ...(chat satisfies Chat), thread: '' }
  }
  return null
}
