import type { Event, PriorityRule } from '../records.ts'
import type { Refusal } from './outcome.ts'
import type { Post, Standing } from './standing.ts'

/** As whom somebody takes part in an event. */
export interface Part {
  /** The organisation they count for; null: the public. */
  organisation: string | null
  /** Organisations whose reserved seats are theirs, the nearest first. */
  reserves: string[]
  priority: number
}

type Refused = { reason: Refusal; values: Record<string, string> }

/**
 * Why nobody can register at a moment, whoever they are; null: it is open.
 * @param at when they pressed: whoever was in time is not refused for having waited for their turn.
 */
export function refusedByTime({ row }: Event, at: Date): Refused | null {
  const moment = at.toISOString()
  const only = (reason: Refusal): Refused => ({ reason, values: {} })
  if (row.state === 'draft') return only('not-published')
  if (row.state === 'cancelled') return only('cancelled-event')
  // At the door people still register where the organisers let them: until the end.
  const atDoor = row.walk_ins === 1
  if (row.state === 'over' || (atDoor ? row.ends_at : row.starts_at) <= moment) return only('over')
  if (row.opens_at !== null && moment < row.opens_at) {
    return { reason: 'not-open-yet', values: { at: row.opens_at, zone: row.time_zone } }
  }
  if (!atDoor && row.closes_at <= moment) {
    return { reason: 'registration-closed', values: { at: row.closes_at, zone: row.time_zone } }
  }
  return null
}

/** Whether guests and answers are such as the event takes. Answers themselves were checked by their form. */
export function refusedByForm(
  { row, questions }: Event,
  { guests, answers }: { guests: number; answers: Record<string, unknown> | null },
): Refused | null {
  if (!Number.isSafeInteger(guests) || guests < 0 || guests > row.most_guests) {
    return { reason: 'too-many-guests', values: { most: String(row.most_guests) } }
  }
  const missing = questions.some(
    ({ name, required }) =>
      required && isEmpty(answers && Object.hasOwn(answers, name) ? answers[name] : null),
  )
  return missing ? { reason: 'needs-answers', values: {} } : null
}

function isEmpty(answer: unknown): boolean {
  return (
    answer === null || answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)
  )
}

/**
 * As whom somebody takes part, or why they may not.
 * @param who null: somebody who is no person of the house.
 * @param path the event's organisation, then all above it.
 * @param reserved organisations for which seats are kept.
 */
export function partIn(
  { audience, priority }: Event,
  who: Standing | null,
  path: readonly string[],
  reserved: ReadonlySet<string>,
): Part | Refused {
  const root = path.at(-1) ?? ''
  const places = audience.organisations.length > 0 ? audience.organisations : [root]
  const invited = (who?.posts ?? []).filter(
    (post) =>
      post.path.some((id) => places.includes(id)) &&
      (audience.roles.length === 0 || audience.roles.includes(post.role)),
  )
  if (invited.length === 0 && !audience.public) {
    return { reason: who === null ? 'sign-in-first' : 'not-invited', values: {} }
  }
  const posts = who?.posts ?? []
  const reserves = reservesOf(posts, reserved)
  const counted = invited.length > 0 ? invited : posts
  const forReserve = counted.find((post) => post.path.some((id) => id === reserves[0]))
  return {
    organisation: (forReserve ?? counted[0])?.path[0] ?? null,
    reserves,
    priority: priority.filter((rule) => fitsRule(rule, posts)).reduce((sum, { points }) => sum + points, 0),
  }
}

/** The reserved organisations that somebody belongs to, the nearest first. */
export function reservesOf(posts: readonly Post[], reserved: ReadonlySet<string>): string[] {
  const near = new Map<string, number>()
  for (const { path } of posts) {
    path.forEach((id, distance) => {
      if (reserved.has(id)) near.set(id, Math.min(distance, near.get(id) ?? distance))
    })
  }
  return [...near].sort(([, one], [, other]) => one - other).map(([id]) => id)
}

/** One and the same post has both what a rule asks for. */
function fitsRule({ organisation, role }: PriorityRule, posts: readonly Post[]): boolean {
  if (organisation === undefined && role === undefined) return true
  return posts.some(
    (post) =>
      (organisation === undefined || post.path.includes(organisation)) &&
      (role === undefined || post.role === role),
  )
}
