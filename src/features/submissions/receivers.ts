import { isInForce, membershipsInForce, toMembership } from '../../people/memberships.ts'
import { lineOf, nextStop, routeFrom } from '../../people/route.ts'
import type { Trx } from '../../store/store.ts'
import type { ActorName } from './definition/schema.ts'
import type { Submission } from './records.ts'

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
  switch (part) {
    case 'author':
      return author?.person ? [author.person] : []
    case 'owner':
      return row.owner === null ? [] : [row.owner]
    case 'verifier':
      return row.verifier === null ? [] : [row.verifier]
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
      if (row.handler !== null && (await isInOffice(trx, row.handler, today))) return [row.handler]
      return (await routeFrom({ db: trx, today }, row.lies_with, authors)).receivers
    case 'restricted':
      return holdersOf(trx, await lineOf(trx, row.lies_with), ['admin'], authors, today)
    case 'decider': {
      const line = await lineOf(trx, row.lies_with)
      for (const organisation of line) {
        const leaders = await holdersOf(trx, [organisation], ['leader'], authors, today)
        if (leaders.length > 0) return leaders
        const cadres = await holdersOf(trx, [organisation], ['cadre'], authors, today)
        if (cadres.length > 0) return cadres
      }
      return (await routeFrom({ db: trx, today }, row.lies_with, authors)).receivers
    }
    case 'superior': {
      const own = (await routeFrom({ db: trx, today }, row.lies_with, authors)).receivers
      return (
        (await nextStop({ db: trx, today }, row.lies_with, new Set([...own, ...authors])))?.receivers ?? []
      )
    }
    case 'co-author':
    case 'colleague':
    case 'clock':
      return []
    default:
      throw new Error(`nobody is ${part satisfies never}`)
  }
}

async function coAuthorsOf(trx: Pick<Trx, 'selectFrom'>, submission: string): Promise<string[]> {
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
  roles: readonly ('leader' | 'cadre' | 'admin')[],
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
  return people.slice(0, most)
}

async function isInOffice(trx: Trx, person: string, today: string): Promise<boolean> {
  return (await membershipsInForce(trx, person, today)).some(({ role }) => role !== 'staff')
}
