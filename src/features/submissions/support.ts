import type { Button } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Part } from './life/life.ts'
import type { Submission } from './records.ts'

/** What colleagues think of a record: each supports it once, and may take that back while it goes on. */
export interface Seconds {
  count: number
  /** Whether whoever looks is among them. */
  isOwn: boolean
}

export async function secondsOf(db: Reads, submission: string, person: string | null): Promise<Seconds> {
  const rows = await db
    .selectFrom('submission_second')
    .select('person')
    .where('submission', '=', submission)
    .execute()
  return { count: rows.length, isOwn: rows.some((row) => row.person === person) }
}

/** Whether somebody may second it now: a colleague, who is no author and works on it in no way. */
export function maySecond({ kind, row }: Submission, { as }: Part): boolean {
  return kind.seconded && row.sealed === 0 && as.includes('colleague') && !kind.states[row.state]?.final
}

/** The button, which says what is wanted, so that a second press of the same one changes nothing. */
export function secondButton({ row }: Submission, { isOwn }: Seconds, language: Language): Button {
  return {
    label: translate(language, isOwn ? 'submissions:second.take-back' : 'submissions:second.give'),
    action: 'submissions.second',
    value: { submission: row.id, wanted: isOwn ? 'no' : 'yes' },
  }
}

/** Whether somebody was named as a co-author and has not said yet whether they are. */
export async function isAskedAsCoAuthor(db: Reads, submission: string, person: string): Promise<boolean> {
  const asked = await db
    .selectFrom('submission_author')
    .select('person')
    .where('submission', '=', submission)
    .where('person', '=', person)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  return asked !== undefined
}

/** By which they say so. */
export function coAuthorButtons({ row }: Pick<Submission, 'row'>, language: Language): Button[] {
  return (['yes', 'no'] as const).map((answer) => ({
    label: translate(language, `submissions:co-author.${answer}`),
    action: 'submissions.co-author',
    value: { submission: row.id, answer },
    style: answer === 'yes' ? 'primary' : 'plain',
  }))
}

/** The names of the co-authors, those who have not confirmed with a word that says so; empty where there are none. */
export async function coAuthorsLine(db: Reads, { row }: Submission, language: Language): Promise<string> {
  const rows = await db
    .selectFrom('submission_author')
    .innerJoin('person', 'person.id', 'submission_author.person')
    .select(['person.name', 'submission_author.confirmed'])
    .where('submission_author.submission', '=', row.id)
    .where((where) =>
      where.or([where('confirmed', '=', 1), where('submission_author.answered_at', 'is', null)]),
    )
    .orderBy('person.name')
    .execute()
  return rows
    .map(({ name, confirmed }) =>
      confirmed === 1 ? name : translate(language, 'submissions:co-author.pending', { name }),
    )
    .join(language === 'en' ? ', ' : '、')
}
