import type { Account } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import type { Reads } from '../../people/people.ts'
import type { SubmissionsContext } from './context.ts'
import { readSubmissions } from './records.ts'
import { authoredBy, type Condition, countOf, type OwnList, type OwnPage, unionOf } from './waiting.ts'

/**
 * What somebody sent in, signed or not, and what they are a co-author of, the latest first. What was sent in with an
 * account before it was a person's is theirs too; what its former owner signed is not.
 */
export async function ownSubmissions(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  { account, person }: { account: Account; person: string | null },
  wanted: OwnPage,
): Promise<OwnList> {
  const { sealer } = context
  const key = accountKey(account)
  const found = unionOf(db, [
    (where) => where.and([where('author_account', '=', key), where('author', 'is', null)]),
    (where) => where('author_tag', '=', sealer.tag(key)),
    ...(person === null ? [] : ofPerson(person, sealer.tag(person))),
  ])!
  const { count, page } = await countOf(db, found, wanted)
  const ids = await db
    .selectFrom(found.as('found'))
    .select('id')
    .groupBy(['id', 'submitted_at'])
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(wanted.size)
    .offset((page - 1) * wanted.size)
    .execute()
  const submissions = await readSubmissions(
    db,
    context,
    ids.map(({ id }) => id),
  )
  return { submissions, count, page }
}

function ofPerson(person: string, tag: string): Condition[] {
  return [
    (where) => where('author', '=', person),
    (where) => where('author_tag', '=', tag),
    (where) => where('id', 'in', authoredBy(where, person)),
  ]
}
