import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { HistoryLine } from './history.ts'
import type { Submission } from './records.ts'

/** What those who were named as co-authors have said; of a sealed record nobody is asked. */
export async function coAuthorLines(
  db: Reads,
  { row }: Submission,
  language: Language,
): Promise<HistoryLine[]> {
  const rows = await db
    .selectFrom('submission_author')
    .innerJoin('person', 'person.id', 'submission_author.person')
    .select(['person.name', 'submission_author.confirmed', 'submission_author.answered_at'])
    .where('submission_author.submission', '=', row.id)
    .where('merged_from', 'is', null)
    .execute()
  return rows.flatMap(({ name, confirmed, answered_at }) => {
    if (answered_at === null) return []
    const key = confirmed === 1 ? 'co-author' : 'no-co-author'
    const said = { at: minuteInChina(new Date(answered_at)), name }
    return { at: answered_at, text: translate(language, `submissions:history.${key}`, said), words: '' }
  })
}

/** What was merged into it. */
export async function mergeLines(db: Reads, { row }: Submission, language: Language): Promise<HistoryLine[]> {
  const rows = await db
    .selectFrom('submission')
    .select(['number', 'since'])
    .where('merged_into', '=', row.id)
    .execute()
  return rows.map(({ number, since }) => {
    const said = { at: minuteInChina(new Date(since)), number }
    return { at: since, text: translate(language, 'submissions:history.merged', said), words: '' }
  })
}
