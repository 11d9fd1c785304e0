import { addressOf } from '../../people/address.ts'
import { isInForce, membershipsInForce, toMembership } from '../../people/memberships.ts'
import { lineOf, nextStop, routeFrom } from '../../people/route.ts'
import type { Trx } from '../../store/store.ts'
import { isOnLeave } from '../../timers/calendar/leave.ts'
import type { ActorName } from './definition/actors.ts'
import { offerersOf, workersOf } from './problems/parts.ts'
import type { Submission } from './records.ts'

type HandlingRole = 'leader' | 'cadre' | 'rights' | 'admin'

/** Not more than these are disturbed by one record. */
const most = 5

/**
 * Who is asked to act in a part. Never an author where there is anybody else.
 * @param today `YYYY-MM-DD` of China.
 */
export async function receiversOf(
  trx: Trx,
  submission: Submission,
  part: ActorName,
  today: string,
): Promise<string[]> {
  const { row, author } = submission
  const authors = new Set(author?.person ? [author.person, ...(await coAuthorsOf(trx, row.id))] : [])
  for (const person of await interestedIn(trx, row.id)) authors.add(person)
  if (row.nominee !== null) authors.add(row.nominee)
  switch (part) {
    case 'author':
      return author?.person ? [author.person] : []
    case 'owner':
      return row.owner === null ? [] : [row.owner]
    case 'verifier':
      return row.verifier === null ? [] : [row.verifier]
    case 'nominee':
      return row.nominee === null ? [] : [row.nominee]
    case 'reviewer': {
      const asked = await trx
        .selectFrom('submission_review')
        .select('reviewer')
        .where('submission', '=', row.id)
        .where('state', '=', 'asked')
        .orderBy('reviewer')
        .execute()
      return asked.map(({ reviewer }) => reviewer)
    }
    case 'handler':
      if (row.handler !== null && (await isAtWork(trx, row.handler, today))) return [row.handler]
      return (await routeFrom({ db: trx, today }, row.lies_with, authors)).receivers
    case 'restricted':
      if (row.handler !== null && (await isAtWork(trx, row.handler, today))) return [row.handler]
      return nearestIn(trx, await lineOf(trx, row.lies_with), ['rights'], authors, today)
    case 'decider': {
      const line = await lineOf(trx, row.lies_with)
      const deciders = await nearestIn(trx, line, ['leader', 'cadre'], authors, today)
      if (deciders.length > 0) return deciders
      return (await routeFrom({ db: trx, today }, row.lies_with, authors)).receivers
    }
    case 'superior':
      return aboveOf(trx, submission, 'handler', today)
    case 'administrator':
      return administratorsOf(trx, submission, today)
    case 'offerer':
      return offerersOf(trx, row.id)
    case 'worker':
      return workersOf(trx, row.id)
    case 'co-author':
    case 'colleague':
    case 'clock':
      return []
    default:
      throw new Error(`nobody is ${part satisfies never}`)
  }
}

/**
 * Who is told where those of a part let it lie: handlers for whom they asked to work, those above for the others. Empty
 * where there is nobody above, or nobody may know of it.
 * @param today `YYYY-MM-DD` of China.
 */
export async function aboveOf(
  trx: Trx,
  submission: Submission,
  part: ActorName,
  today: string,
): Promise<string[]> {
  const { row, author, kind } = submission
  // Whoever was granted money is pressed by those who granted it; others are reminded alone.
  if (part === 'author' && row.granted === null) return []
  const isWorker =
    part === 'author' || part === 'owner' || part === 'verifier' || part === 'reviewer' || part === 'nominee'
  if (isWorker)
    return receiversOf(trx, submission, kind.handlers === 'office' ? 'handler' : 'restricted', today)
  if (kind.handlers === 'restricted') return []
  const authors = author?.person ? [author.person, ...(await coAuthorsOf(trx, row.id))] : []
  const own = await receiversOf(trx, submission, part, today)
  const already = new Set([...own, ...authors, ...(row.handler === null ? [] : [row.handler])])
  if (part === 'decider') {
    const [, ...above] = await lineOf(trx, row.lies_with)
    const deciders = await nearestIn(trx, above, ['leader', 'cadre'], already, today)
    if (deciders.length > 0) return deciders
  }
  // Of those who have it somebody may stand anywhere in the line, so the search begins behind whoever is asked first.
  const first = (await routeFrom({ db: trx, today }, row.lies_with, new Set(authors))).receivers
  const next = await nextStop({ db: trx, today }, row.lies_with, new Set([...already, ...first]))
  return next?.receivers ?? []
}

/** Administrators who can be told that nobody else can. */
export async function administratorsOf(
  trx: Trx,
  { row, author }: Submission,
  today: string,
): Promise<string[]> {
  const except = new Set(author?.person ? [author.person] : [])
  return holdersOf(trx, await lineOf(trx, row.lies_with), ['admin'], except, today)
}

/** Holders of the first of the roles that is held, in the first of the organisations where any is. */
async function nearestIn(
  trx: Trx,
  line: readonly string[],
  roles: readonly HandlingRole[],
  except: ReadonlySet<string>,
  today: string,
): Promise<string[]> {
  for (const organisation of line) {
    for (const role of roles) {
      const people = await holdersOf(trx, [organisation], [role], except, today)
      if (people.length > 0) return people
    }
  }
  return []
}

/** Who said that they have an interest in it: they are asked for nothing more about it. */
async function interestedIn(trx: Trx, submission: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('submission_review')
    .select('reviewer')
    .where('submission', '=', submission)
    .where('state', '=', 'declined')
    .execute()
  return rows.map(({ reviewer }) => reviewer)
}

export async function coAuthorsOf(trx: Pick<Trx, 'selectFrom'>, submission: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('submission_author')
    .select('person')
    .where('submission', '=', submission)
    .where('confirmed', '=', 1)
    .orderBy('person')
    .execute()
  return rows.map(({ person }) => person)
}

/** Those who hold one of the roles in one of the organisations today. */
async function holdersOf(
  trx: Trx,
  organisations: readonly string[],
  roles: readonly HandlingRole[],
  except: ReadonlySet<string>,
  today: string,
): Promise<string[]> {
  if (organisations.length === 0) return []
  const rows = await trx
    .selectFrom('membership')
    .selectAll()
    .where('organisation', 'in', organisations)
    .where('role', 'in', roles)
    .orderBy('person')
    .execute()
  const held = rows.map(toMembership).filter((membership) => isInForce(membership, today))
  const people = [...new Set(held.map(({ person }) => person))].filter((person) => !except.has(person))
  // Whoever can be reached and is there goes before the others, as with questions.
  const reachable: string[] = []
  const present: string[] = []
  for (const person of people) {
    if (!(await addressOf(trx, person))) continue
    reachable.push(person)
    if (!(await isOnLeave(trx, person, today))) present.push(person)
  }
  const best = [present, reachable, people].find(({ length }) => length > 0) ?? []
  return best.slice(0, most)
}

/** Somebody to whom it was handed has it as long as they belong to the house, and are there. */
async function isAtWork(trx: Trx, person: string, today: string): Promise<boolean> {
  if (await isOnLeave(trx, person, today)) return false
  return (await membershipsInForce(trx, person, today)).length > 0
}
