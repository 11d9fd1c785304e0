import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Campaign } from '../records.ts'
import { givenScores } from './given-scores.ts'
import type { Decider, Placed } from './ranking.ts'
import { readRankingWindow, type StandingEntry } from './read-ranking.ts'
import { pointsOf, scoreEntry } from './score.ts'

/** Places that are read to find who is next. */
const mostNeighbours = 10

/**
 * Why an entry stands where it stands, in words: how many reviewed it, what was left out of the mean, by what it stands
 * after the one before it. One sentence per line.
 */
export async function explainPlace(
  db: Reads,
  campaign: Campaign,
  { entry, place, after }: Placed<StandingEntry>,
  language: Language,
): Promise<string[]> {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:explain.${key}`, values)
  const { row, rubric } = campaign
  const given = await givenScores(db, row.id, entry.submission)
  const { score, criteria, lowest, highest, outliers } = scoreEntry(rubric, given)
  const joint = language === 'en' ? ', ' : '、'
  const totals = given.map(({ total }) => total).sort((one, other) => one - other)
  const points = (some: readonly number[]) => some.map((one) => String(pointsOf(one))).join(joint)
  const mean = score === null ? '' : String(pointsOf(score))
  return [
    lowest.length > 0
      ? say('trimmed', {
          ...{ count: given.length, lowest: points(lowest), highest: points(highest), mean },
          all: points(totals),
        })
      : say('mean', { count: given.length, mean, all: points(totals) }),
    say('criteria', {
      all: rubric.criteria
        .map(({ title, most }, at) => `${title[language]} ${pointsOf(criteria[at] ?? 0)}/${most}`)
        .join(joint),
    }),
    say('place', { place }),
    ...(await neighbours(db, campaign, { entry, place }, language)),
    ...(after ? [afterText(after, rubric, language)].filter((line) => line !== '') : []),
    ...(given.length < rubric.reviews ? [say('few', { wanted: rubric.reviews, count: given.length })] : []),
    ...(entry.given < entry.asked ? [say('open', { count: entry.asked - entry.given })] : []),
    ...(outliers.size > 0 ? [say('outliers', { count: outliers.size })] : []),
  ]
}

/** How far it lies from whom it stands after, and from who is next. */
async function neighbours(
  db: Reads,
  campaign: Campaign,
  { entry, place }: Pick<Placed<StandingEntry>, 'entry' | 'place'>,
  language: Language,
): Promise<string[]> {
  const from = Math.max(0, place - 2)
  // Those who share the place stand between it and the next.
  const { placed } = await readRankingWindow(db, campaign, { from, count: mostNeighbours })
  const line = (key: string, other: Placed<StandingEntry> | undefined) => {
    if (!other) return []
    const [score, own] = [other.entry.score ?? 0, entry.score ?? 0]
    const values = { place: other.place, points: pointsOf(score), by: pointsOf(Math.abs(score - own)) }
    return [translate(language, `judging:explain.${key}`, values)]
  }
  return [
    ...line(
      'before',
      placed.findLast((one) => one.place < place),
    ),
    ...line(
      'next',
      placed.find((one) => one.place > place),
    ),
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
