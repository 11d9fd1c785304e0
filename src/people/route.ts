import { isOnLeave } from '../timers/calendar/leave.ts'
import { addressOf } from './address.ts'
import { isInForce, type Membership, membershipsInForce, toMembership } from './memberships.ts'
import { ancestorsOf } from './organisations.ts'
import type { Reads } from './people.ts'
import type { Role } from './roles.ts'

/** Those who are asked together. */
interface Stop {
  /** Null: the roots, for a guest. */
  organisation: string | null
  role: Role
  /** Persons, in the order of their names. */
  people: string[]
}

/** To whom a question goes. */
export interface Route {
  /** The organisation of the record; null: a guest's question, the whole house's. */
  organisation: string | null
  /** Where the question lies now; null: with the roots. */
  liesWith: string | null
  receivers: string[]
}

export interface Routing {
  db: Reads
  /** A day of China. */
  today: string
}

/** More than these are not disturbed by one question. */
export const mostReceivers = 5
/** Who answers questions, in the order in which they are asked. */
const asked: Role[] = ['liaison', 'cadre']
/** Roles whose holders may have a question handed to them. */
export const answeringRoles: Role[] = ['liaison', 'cadre', 'instructor', 'admin']

/**
 * Where the question of a person goes: the liaisons of their organisation, else its cadres, else those above it, at
 * last the administrators of the root. Whoever can be reached goes first, and of these whoever is not on leave; where
 * nobody can be reached, the nearest find it in the console.
 * @param asker Null: a guest, for whom the administrators of the roots answer.
 */
export async function routeOf(routing: Routing, asker: string | null): Promise<Route> {
  const homes = asker === null ? [] : await organisationsOf(routing, asker)
  const lines: { organisation: string | null; stops: Stop[] }[] = []
  for (const home of homes) lines.push({ organisation: home, stops: await stopsAbove(routing, home) })
  if (lines.length === 0) lines.push({ organisation: null, stops: await stopsOfRoots(routing) })
  // Somebody of two organisations is answered by the one whose own people can be reached.
  const own = ({ organisation, stops }: (typeof lines)[number]) =>
    stops.filter((stop) => stop.organisation === organisation)
  const [first] = lines
  const near = lines.map((line) => ({ organisation: line.organisation, stops: own(line) }))
  for (const those of [present, reachable]) {
    const found =
      (await firstOf(those, routing, near, asker)) ?? (await firstOf(those, routing, [first!], asker))
    if (found) return found
  }
  return unreached(first!, asker)
}

/**
 * The same for what comes from an organisation rather than from a person.
 * @param except Not these: who must not handle their own.
 */
export async function routeFrom(
  routing: Routing,
  organisation: string | null,
  except: ReadonlySet<string>,
): Promise<Route> {
  const stops = organisation === null ? await stopsOfRoots(routing) : await stopsAbove(routing, organisation)
  const others = stops.map((stop) => ({
    ...stop,
    people: stop.people.filter((person) => !except.has(person)),
  }))
  for (const those of [present, reachable]) {
    const found = await firstOf(those, routing, [{ organisation, stops: others }], null)
    if (found) return found
  }
  return unreached({ organisation, stops: others }, null)
}

/** Those who are asked next, after what has been asked; null: there is nobody further. */
export async function nextStop(
  routing: Routing,
  organisation: string | null,
  already: ReadonlySet<string>,
): Promise<{ liesWith: string | null; receivers: string[] } | null> {
  const stops = organisation === null ? await stopsOfRoots(routing) : await stopsAbove(routing, organisation)
  // Nobody asks below or beside those who have it: the search begins behind the last of them.
  const last = stops.findLastIndex(({ people }) => people.some((person) => already.has(person)))
  for (const those of [present, reachable]) {
    for (const stop of stops.slice(Math.max(0, last))) {
      const fresh = stop.people.filter((person) => !already.has(person))
      const reached = await those(routing, fresh)
      if (reached.length > 0) return { liesWith: stop.organisation, receivers: reached }
    }
  }
  return null
}

/** The organisations from this one up to its root; the roots, for a guest's question (null). */
export async function lineOf(db: Reads, organisation: string | null): Promise<string[]> {
  if (organisation === null) {
    const roots = await db.selectFrom('organisation').select('id').where('parent', 'is', null).execute()
    return roots.map(({ id }) => id)
  }
  return [organisation, ...(await ancestorsOf(db, organisation)).map(({ id }) => id)]
}

/** Whether somebody holds one of the roles in one of the organisations today. */
export async function holdsRole(
  db: Reads,
  person: string,
  roles: readonly Role[],
  organisations: readonly string[] | 'any',
  today: string,
): Promise<boolean> {
  return (await membershipsInForce(db, person, today)).some(
    (held) =>
      roles.includes(held.role) && (organisations === 'any' || organisations.includes(held.organisation)),
  )
}

async function firstOf(
  those: typeof reachable,
  routing: Routing,
  lines: readonly { organisation: string | null; stops: readonly Stop[] }[],
  asker: string | null,
): Promise<Route | null> {
  for (const { organisation, stops } of lines) {
    for (const stop of stops) {
      const others = stop.people.filter((person) => person !== asker)
      const reached = await those(routing, others)
      if (reached.length === 0) continue
      return { organisation, liesWith: stop.organisation, receivers: reached }
    }
  }
  return null
}

/** Nobody can be reached: the administrators of the root find it in the console, or else whoever stands nearest. */
function unreached(
  { organisation, stops }: { organisation: string | null; stops: Stop[] },
  asker: string | null,
): Route {
  const administrators = stops.filter(({ role }) => role === 'admin')
  for (const stop of [...administrators, ...stops]) {
    const others = stop.people.filter((person) => person !== asker)
    // An administrator who is alone in the house has nobody else to ask.
    const people = others.length > 0 || stop.role !== 'admin' ? others : stop.people
    if (people.length > 0) {
      return { organisation, liesWith: stop.organisation, receivers: people.slice(0, mostReceivers) }
    }
  }
  return { organisation, liesWith: null, receivers: [] }
}

/** Those who can be reached and are not on leave today; no more than are asked together. */
async function present(routing: Routing, people: readonly string[]): Promise<string[]> {
  const here: string[] = []
  for (const person of people) {
    if (!(await isOnLeave(routing.db, person, routing.today))) here.push(person)
  }
  return reachable(routing, here)
}

/** Those who can be reached; no more than are asked together. */
async function reachable({ db }: Routing, people: readonly string[]): Promise<string[]> {
  const reached: string[] = []
  for (const person of people) {
    if (reached.length === mostReceivers) break
    if (await addressOf(db, person)) reached.push(person)
  }
  return reached
}

/** Where somebody holds a role today, the lowest in the tree first: that is where they work. */
async function organisationsOf({ db, today }: Routing, person: string): Promise<string[]> {
  const held = await membershipsInForce(db, person, today)
  const placed: { id: string; depth: number }[] = []
  for (const id of new Set(held.map(({ organisation }) => organisation))) {
    placed.push({ id, depth: (await ancestorsOf(db, id)).length })
  }
  return placed
    .sort((one, other) => other.depth - one.depth || (one.id < other.id ? -1 : 1))
    .map(({ id }) => id)
}

async function stopsAbove({ db, today }: Routing, organisation: string): Promise<Stop[]> {
  const line = await lineOf(db, organisation)
  const held = await rolesHeld(db, line, today)
  return line.flatMap((id) => {
    const own = held.filter((one) => one.organisation === id)
    const roles: Role[] = id === line.at(-1) ? [...asked, 'admin'] : asked
    return roles.map((role) => ({ organisation: id, role, people: peopleWith(own, role) }))
  })
}

async function stopsOfRoots({ db, today }: Routing): Promise<Stop[]> {
  const held = await rolesHeld(db, await lineOf(db, null), today)
  return (['admin', 'cadre'] as const).map((role) => ({
    organisation: null,
    role,
    people: peopleWith(held, role),
  }))
}

function peopleWith(held: readonly Membership[], role: Role): string[] {
  return [...new Set(held.filter((one) => one.role === role).map(({ person }) => person))]
}

/** The memberships of these organisations that hold today, in the order of the people's names. */
async function rolesHeld(db: Reads, organisations: readonly string[], today: string): Promise<Membership[]> {
  if (organisations.length === 0) return []
  const rows = await db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person')
    .selectAll('membership')
    .where('organisation', 'in', organisations)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute()
  return rows.map(toMembership).filter((membership) => isInForce(membership, today))
}
