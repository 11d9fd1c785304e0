import { actorOf, placeOf } from '../../people/actor.ts'
import { type Actor, can, type RecordPlace } from '../../people/can.ts'
import { ancestorsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { ActorName } from './definition/schema.ts'
import type { Part } from './life/life.ts'
import type { Submission } from './records.ts'

/**
 * What somebody is to a record today, by their offices and by what the record says; `colleague` for whoever merely may
 * see it, nothing at all for whoever may not.
 * @param today `YYYY-MM-DD` of China.
 */
export async function partOf(
  db: Reads,
  submission: Submission,
  person: string | null,
  today: string,
): Promise<Part> {
  if (person === null) return { person, as: [] }
  const { row, kind } = submission
  const as = new Set<ActorName>()
  if (submission.author?.person === person) as.add('author')
  for (const part of await partsInRecord(db, submission, person)) as.add(part)
  const actor = await actorOf(db, person, today)
  const place = await placeOfRecord(db, row.lies_with)
  if (kind.handlers === 'restricted') {
    if (can(actor, 'submission.restricted', place)) as.add('restricted').add('handler')
  } else {
    if (can(actor, 'submission.handle', place)) as.add('handler')
    if (can(actor, 'submission.decide', place)) as.add('decider')
    const [, ...above] = place.path
    if (above.length > 0 && can(actor, 'submission.handle', { path: above })) as.add('superior')
  }
  if (row.handler === person) as.add('handler')
  if (as.size === 0 && (await isColleague(db, submission, actor))) as.add('colleague')
  return { person, as: [...as] }
}

/** The place of an organisation, or the whole house's. */
async function placeOfRecord(db: Reads, organisation: string | null): Promise<RecordPlace> {
  return organisation === null ? { path: [] } : placeOf(db, organisation)
}

async function partsInRecord(
  db: Reads,
  { row }: Pick<Submission, 'row'>,
  person: string,
): Promise<ActorName[]> {
  const parts: ActorName[] = []
  if (row.owner === person) parts.push('owner')
  if (row.verifier === person) parts.push('verifier')
  const coAuthor = await db
    .selectFrom('submission_author')
    .select('confirmed')
    .where('submission', '=', row.id)
    .where('person', '=', person)
    .executeTakeFirst()
  if (coAuthor?.confirmed === 1) parts.push('co-author')
  const review = await db
    .selectFrom('submission_review')
    .select('state')
    .where('submission', '=', row.id)
    .where('reviewer', '=', person)
    .executeTakeFirst()
  if (review && review.state !== 'declined') parts.push('reviewer')
  return parts
}

/** Colleagues work under the same root; sealed and unsigned records are none of theirs. */
async function isColleague(db: Reads, { row, kind }: Submission, { grants }: Actor): Promise<boolean> {
  if (!kind.seconded || row.sealed === 1 || row.organisation === null || grants.length === 0) return false
  const root = async (id: string) => (await ancestorsOf(db, id)).at(-1)?.id ?? id
  const own = await root(row.organisation)
  for (const { organisation } of grants) if ((await root(organisation)) === own) return true
  return false
}
