import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Campaign } from '../records.ts'
import { givenScores } from './given-scores.ts'
import type { Decider, Placed } from './ranking.ts'
import type { StandingEntry } from './read-ranking.ts'
import { pointsOf, scoreEntry } from './score.ts'

/**
 * Why an entry stands where it stands, in words: how many reviewed it, what was left out of the mean, by what it stands
 * after the one before it. One sentence per line.
 */
export async function explainPlace(
  db: Reads,
  { row, rubric }: Campaign,
  { entry, place, after }: Placed<StandingEntry>,
  language: Language,
): Promise<string[]> {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:explain.${key}`, values)
  const given = await givenScores(db, row.id, entry.submission)
  const { score, lowest, highest, outliers } = scoreEntry(rubric, given)
  const points = (totals: readonly number[]) => totals.map((one) => String(pointsOf(one))).join('、')
  const mean = score === null ? '' : String(pointsOf(score))
  return [
    lowest.length > 0
      ? say('trimmed', {
          ...{ count: given.length, lowest: points(lowest), highest: points(highest), mean },
        })
      : say('mean', { count: given.length, mean }),
    say('place', { place }),
    ...(after ? [afterText(after, rubric, language)].filter((line) => line !== '') : []),
    ...(given.length < rubric.reviews ? [say('few', { wanted: rubric.reviews, count: given.length })] : []),
    ...(entry.given < entry.asked ? [say('open', { count: entry.asked - entry.given })] : []),
    ...(outliers.size > 0 ? [say('outliers', { count: outliers.size })] : []),
  ]
}

/** By what it stands after the one before it; empty: by its score, which needs no words. */
export function afterText(
  after: Decider,
  { criteria }: Pick<Campaign['rubric'], 'criteria'>,
  language: Language,
): string {
  if (after.by === 'score') return ''
  if (after.by !== 'criterion') return translate(language, `judging:after.${after.by}`)
  const criterion = criteria[after.at]?.title[language] ?? ''
  return translate(language, 'judging:after.criterion', { criterion })
}
