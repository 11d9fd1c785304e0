import type { Language } from '../../../chat/language.ts'
import type { Reads } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import { wordsOf } from '../records.ts'
import type { Maker } from './access.ts'
import type { ListedReminder } from './reminder-cards.ts'
import { localOf, timeInWords } from './upcoming.ts'

/** More are found by their number, or on the console's page. */
const mostListed = 200

/** One's own and those of the organisations where one sees them: those that run first, by their next time. */
export async function listOf(
  db: Reads,
  { person, today }: Maker,
  language: Language,
): Promise<ListedReminder[]> {
  const { organisations } = await reachOfPerson(db, person, ['reminder.view'], today)
  const belongs = (await reachOfPerson(db, person, ['organisation.view'], today)).organisations
  const rows = await db
    .selectFrom('reminder')
    .select(['id', 'number', 'title', 'state', 'next_key', 'next_at', 'provisional', 'time_zone', 'owner'])
    .select(['text', 'texts'])
    .where('state', '!=', 'ended')
    .where((where) =>
      where.or([
        where.and([
          where('owner', '=', person),
          where.or([
            where('organisation', 'is', null),
            where('state', '=', 'draft'),
            ...(belongs.length > 0 ? [where('organisation', 'in', belongs)] : []),
          ]),
        ]),
        ...(organisations.length > 0
          ? // Whose draft it is alone sees it.
            [where.and([where('organisation', 'in', organisations), where('state', '!=', 'draft')])]
          : []),
      ]),
    )
    .orderBy('number')
    .limit(mostListed)
    .execute()
  const order = { active: 0, draft: 1, paused: 2, ended: 3 }
  return rows
    .toSorted((a, b) => order[a.state] - order[b.state] || ((a.next_at ?? '') < (b.next_at ?? '') ? -1 : 1))
    .map(({ id, number, state, next_at, provisional, time_zone, ...said }) => ({
      ...{ id, number, state, title: wordsOf(said, language).title },
      next:
        next_at === null
          ? ''
          : timeInWords(
              { local: localOf(new Date(next_at), time_zone), provisional: provisional === 1 },
              language,
            ),
    }))
}
