import { dayInChina } from '../../knowledge/library/day.ts'
import { descendantsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { addDays, type Day, yearOf } from '../../timers/calendar/day.ts'
import { entriesOfUnits } from '../campaigns/port.ts'
import { eventsAttended, eventsHeld } from '../events/port.ts'
import { visitsBetween } from '../liaison/port.ts'
import { sentNotices } from '../notices/port.ts'
import { itemsOfYears } from '../planning/port.ts'
import type { AssessmentContext } from './context.ts'
import type { Figure } from './judge.ts'
import type { Assessment, Subject } from './records.ts'
import { measuresOf, type Source, sourcesOf } from './sheet-schema.ts'

/** Records that are named with a figure; of more it is said how many there are. */
const mostNamed = 12

/** Whose figures, and of which days. */
interface Asked {
  /** The unit with all below it; empty for a person. */
  units: readonly string[]
  subject: Subject['row']
  first: Day
  last: Day
  /** Of whose entries alone records are; null: of no campaign. */
  campaign: string | null
  now: Date
}

/**
 * What the records of the bot say of a subject, by measure; each figure names the records that it comes from. Measures
 * that no records prove are not among it.
 */
export async function figuresOf(
  db: Reads,
  ports: Pick<AssessmentContext, 'submitted' | 'submissions'>,
  { sheet, row }: Pick<Assessment, 'sheet' | 'row'>,
  { row: subject }: Pick<Subject, 'row'>,
  now: Date,
): Promise<Map<string, Figure[]>> {
  const below = subject.person === null ? await descendantsOf(db, subject.organisation) : []
  const asked: Asked = {
    units: subject.person === null ? [...new Set([subject.organisation, ...below.map(({ id }) => id)])] : [],
    ...{ subject, first: row.starts_on, last: row.ends_on, campaign: row.campaign, now },
  }
  const found = new Map<string, Figure[]>()
  /** The same question is asked once, however many measures ask it. */
  const known = new Map<string, Figure>()
  for (const measure of measuresOf(sheet)) {
    const figures: Figure[] = []
    for (const source of sourcesOf(measure)) {
      const key = JSON.stringify(source)
      const figure = known.get(key) ?? (await read(db, ports, source, asked))
      known.set(key, figure)
      figures.push(figure)
    }
    if (figures.length > 0) found.set(measure.name, figures)
  }
  return found
}

async function read(
  db: Reads,
  { submitted, submissions }: Pick<AssessmentContext, 'submitted' | 'submissions'>,
  { of, kinds }: Source,
  { units, subject, first, last, campaign, now }: Asked,
): Promise<Figure> {
  const { person, organisation } = subject
  const from = new Date(`${first}T00:00:00+08:00`).toISOString()
  const until = new Date(`${addDays(last, 1)}T00:00:00+08:00`).toISOString()
  const fits = ({ kind }: { kind: string }) => !kinds || kinds.includes(kind)
  switch (of) {
    case 'submissions':
    case 'adopted':
    case 'benefit': {
      const all = await records()
      const counted = all.filter((one) =>
        of === 'adopted' ? one.adopted : of === 'submissions' || one.benefit > 0,
      )
      const value =
        of === 'benefit'
          ? Math.round(counted.reduce((sum, { benefit }) => sum + benefit, 0) * 100) / 100
          : counted.length
      return figure(
        value,
        counted.map(({ number, subject: about }) => `${number} ${about}`),
      )
    }
    case 'participation':
    case 'per-head': {
      const all = await records()
      const ended = last < dayInChina(now) ? last : dayInChina(now)
      const heads = (await submissions.heads(db, ended))(new Set(units))
      const taking = new Set(all.flatMap(({ author }) => author ?? [])).size
      const share =
        heads === 0 ? 0 : of === 'per-head' ? all.length / heads : Math.min(100, (taking / heads) * 100)
      return figure(
        Math.floor(share * 100) / 100,
        all.map(({ number, subject: about }) => `${number} ${about}`),
      )
    }
    case 'posts': {
      const sent = await sentNotices(db, units, { from, until })
      return figure(
        sent.length,
        sent.map(({ number, title }) => `${number} ${title}`),
      )
    }
    case 'events': {
      const span = { from, until }
      const all =
        person === null
          ? await eventsHeld(db, units, { ...span, now: now.toISOString() })
          : await eventsAttended(db, person, span)
      const counted = all.filter(fits)
      return figure(
        counted.length,
        counted.map(({ number, title }) => `${number} ${title}`),
      )
    }
    case 'visits': {
      const whose = person === null ? { organisation } : { by: person }
      const visits = await visitsBetween(db, whose, { from: first, until: last })
      return figure(
        visits.length,
        visits.map(({ number, day }) => `${number} ${day}`),
      )
    }
    case 'plan': {
      const years = [...new Set([yearOf(first), yearOf(last)])]
      const items = person === null ? await itemsOfYears(db, organisation, years) : []
      const sum = items.reduce((total, { percent }) => total + percent, 0)
      return figure(
        items.length === 0 ? 0 : Math.floor(sum / items.length),
        items.map(({ plan, measure, percent }) => `${plan} ${measure} ${percent}%`),
      )
    }
  }

  /** What was sent in: of a campaign what takes part in it, else what was sent in during the period. */
  async function records() {
    if (campaign !== null && person === null) {
      return (await entriesOfUnits(db, submissions, campaign, units)).filter(fits)
    }
    const whose = person === null ? { organisations: units } : { person }
    return (await submitted.recordsInPeriod(db, whose, { from, until })).filter(fits)
  }
}

function figure(value: number, records: readonly string[]): Figure {
  const named = records.slice(0, mostNamed).map((one) => Array.from(one).slice(0, 60).join(''))
  return { value, records: named }
}
