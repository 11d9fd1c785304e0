import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Day } from '../../timers/calendar/day.ts'
import type { Asker } from './access.ts'
import { deed, gapsCard, type OwnPoint, type ShownPoint, textCard } from './cards.ts'
import type { Liaison } from './context.ts'
import { figuresByRegion, gapPoints, gapsOf, type Point, type RegionFigures, readPoints } from './coverage.ts'
import { openDuties } from './duties.ts'
import { openPromises } from './promises.ts'
import { holdersFrom, holdsOn } from './records.ts'

/** Visits of a point that its card names. */
const mostVisits = 20

/** What somebody looks after today. */
export async function ownPointsOf(
  db: Reads,
  context: Pick<Liaison, 'rules'>,
  { person, today }: Asker,
): Promise<OwnPoint[]> {
  const held = (await holdersFrom(db, today, { person })).filter((row) => holdsOn(row, today))
  const places = [...new Set(held.map(({ organisation }) => organisation))]
  if (places.length === 0) return []
  const own: OwnPoint[] = []
  for (const point of await readPoints(db, context.rules, places, today)) {
    const { organisation } = point
    const mine = held.filter((row) => row.organisation === organisation)
    own.push({
      point,
      roles: [...new Set(mine.map(({ role }) => role))],
      duties: await openDuties(db, context, { organisation, person }, today),
      openPromises: point.promises.open,
    })
  }
  return own
}

/** Everything about a point. Throws PlainError `liaison:gone` where the organisation is none that is looked after. */
export async function shownPoint(
  db: Reads,
  context: Pick<Liaison, 'rules'>,
  organisation: string,
  today: Day,
): Promise<ShownPoint> {
  const [point] = await readPoints(db, context.rules, [organisation], today)
  if (!point) throw new PlainError('liaison:gone')
  const visits = await db
    .selectFrom('liaison_visit')
    .innerJoin('person', 'person.id', 'liaison_visit.by')
    .select(['liaison_visit.id', 'liaison_visit.number', 'liaison_visit.kind', 'liaison_visit.day'])
    .select('person.name as byName')
    .where('liaison_visit.organisation', '=', organisation)
    .orderBy('liaison_visit.day', 'desc')
    .orderBy('liaison_visit.number', 'desc')
    .limit(mostVisits)
    .execute()
  return {
    ...{ point, gaps: gapsOf(point, today, context.rules), visits },
    duties: await openDuties(db, context, { organisation }, today),
    promises: await openPromises(db, { organisation }),
  }
}

/** The points that somebody oversees. Throws PlainError where there are none. */
async function overseenPoints(
  db: Reads,
  { rules }: Pick<Liaison, 'rules'>,
  { person, today }: Asker,
): Promise<Point[]> {
  const { organisations, all } = await reachOfPerson(db, person, ['liaison.view'], today)
  if (organisations.length === 0) throw new PlainError('liaison:not-for-you')
  return readPoints(db, rules, all ? null : organisations, today)
}

/** 联络覆盖. Throws PlainError where there is nothing that somebody oversees. */
export async function coverageOf(
  db: Reads,
  context: Pick<Liaison, 'rules'>,
  asker: Asker,
  from: number,
  language: Language,
): Promise<Card> {
  const points = await overseenPoints(db, context, asker)
  const figures = totalOf(figuresByRegion(points, asker.today, context.rules))
  const gaps = gapPoints(points, asker.today, context.rules)
  if (gaps.length > 0) return gapsCard({ gaps, from, figures }, language)
  return textCard(translate(language, 'liaison:gaps.none', { ...figures }), [deed(language, 'assign', {})])
}

/** All regions together. */
export function totalOf(regions: readonly RegionFigures[]): Omit<RegionFigures, 'region'> {
  const sum = (key: Exclude<keyof RegionFigures, 'region'>) =>
    regions.reduce((total, one) => total + one[key], 0)
  return {
    ...{ points: sum('points'), covered: sum('covered'), visited: sum('visited') },
    ...{ promises: sum('promises'), kept: sum('kept') },
  }
}
