import type { Reads } from '../../people/people.ts'
import { addDays } from '../../timers/calendar/day.ts'
import { heldAssessments } from '../assessment/port.ts'
import { heldCampaigns } from '../campaigns/port.ts'
import { heldCollections } from '../collections/port.ts'
import { heldConsultations } from '../consultations/port.ts'
import { heldBetween } from '../events/port.ts'
import { countedVisits } from '../liaison/port.ts'
import { sentNotices } from '../notices/port.ts'
import { readProfiles } from '../organisations/port.ts'
import { yearlyItems } from '../planning/port.ts'
import type { ComparingPort } from '../submissions/port.ts'
import type { MeasureName } from './outline.ts'
import { countedUntil, type Period, spanOf } from './period.ts'

/** A record that a figure comes from. */
export interface Source {
  /** As people call it: a record's number, an organisation's name. */
  number: string
  /** Empty: it is called by its number alone. */
  title: string
}

/** A figure with where it comes from. */
export interface Counted {
  figure: number
  sources: readonly Source[]
}

/** Counts by its name; `of` narrows it to some kinds, null: all. */
export type Measures = Record<MeasureName, (of: readonly string[] | null) => Counted>

export interface Place {
  /** The organisation itself, whose plan it is. */
  organisation: string
  /** Its name, and ids of it with all below. */
  places: readonly { id: string; name: string }[]
}

/** Reads all records of a period that can be counted, in few statements. Sealed ones are never among them. */
export async function readMeasures(
  db: Reads,
  submissions: Pick<ComparingPort, 'sentBetween'>,
  { organisation, places }: Place,
  period: Period,
  now: Date,
): Promise<Measures> {
  const ids = places.map(({ id }) => id)
  const span = spanOf(period, now)
  const days = { from: period.from, until: addDays(countedUntil(period, now), 1) }
  const items = await yearlyItems(db, organisation, period.year)
  const nextItems = await yearlyItems(db, organisation, period.year + 1)
  const sent = await submissions.sentBetween(db, ids, span)
  const events = await heldBetween(db, ids, span)
  const visits = await countedVisits(db, ids, days)
  const notices = await sentNotices(db, ids, span)
  const campaigns = await heldCampaigns(db, ids, days)
  const consultations = await heldConsultations(db, ids, span)
  const collections = await heldCollections(db, ids, span)
  const assessments = await heldAssessments(db, ids, span)
  const profiles = await readProfiles(db, null)
  const founded = places.filter(({ id }) => {
    const profile = profiles.get(id)
    return profile?.association === 'founded' && (profile.foundedOn ?? '') < days.until
  })

  const due = items.filter(({ endsOn }) => endsOn >= period.from && endsOn < period.until)
  const late = due.filter(({ state, endsOn }) => state === 'open' && endsOn < days.until)
  const ofKind = <T extends { kind: string }>(all: readonly T[], of: readonly string[] | null) =>
    of === null ? all : all.filter(({ kind }) => of.includes(kind))
  const planItems = (some: typeof items) => counted(some.map(({ number, goal }) => ({ number, title: goal })))
  return {
    'plan.due': () => planItems(due),
    'plan.done': () => planItems(due.filter(({ state }) => state === 'done')),
    'plan.late': () => planItems(late),
    'plan.percent': () => ({
      ...planItems(items),
      // As the plan's own page has it: every item weighs the same.
      figure: items.length === 0 ? 0 : Math.floor(sumOf(items, ({ percent }) => percent) / items.length),
    }),
    'plan.ahead': () => planItems(items.filter(({ state }) => state === 'open')),
    'plan.next-year': () => planItems(nextItems),
    'organisations.founded': () => counted(founded.map(({ name }) => ({ number: name, title: '' }))),
    'liaison.visits': (of) => counted(ofKind(visits, of).map(visitSource)),
    'liaison.promises': (of) => summed(ofKind(visits, of), ({ promises }) => promises, visitSource),
    'liaison.kept': (of) => summed(ofKind(visits, of), ({ kept }) => kept, visitSource),
    'submissions.sent': (of) => counted(ofKind(sent, of).map(numbered)),
    'submissions.adopted': (of) =>
      counted(
        ofKind(sent, of)
          .filter(({ adopted }) => adopted)
          .map(numbered),
      ),
    'submissions.benefit': (of) => summed(ofKind(sent, of), ({ benefit }) => benefit ?? 0, numbered),
    'events.held': (of) => counted(ofKind(events, of).map(titled)),
    'events.attended': (of) => summed(ofKind(events, of), ({ attended }) => attended, titled),
    'notices.sent': (of) => counted(ofKind(notices, of).map(titled)),
    'campaigns.held': () => counted(campaigns.map(titled)),
    'campaigns.entries': () => summed(campaigns, ({ entries }) => entries, titled),
    'campaigns.awards': () => summed(campaigns, ({ awards }) => awards, titled),
    'consultations.held': () => counted(consultations.map(titled)),
    'consultations.answered': () => summed(consultations, ({ answered }) => answered, titled),
    'consultations.adopted': () => summed(consultations, ({ adopted }) => adopted, titled),
    'collections.held': () => counted(collections.map(titled)),
    'collections.answers': () => summed(collections, ({ answers }) => answers, titled),
    'assessments.held': () => counted(assessments.map(titled)),
    'assessments.results': () => summed(assessments, ({ results }) => results, titled),
  }
}

const numbered = ({ number }: { number: string }): Source => ({ number, title: '' })
const titled = ({ number, title }: Source): Source => ({ number, title })
const visitSource = ({ number, name }: { number: string; name: string }): Source => ({ number, title: name })

function counted(sources: readonly Source[]): Counted {
  return { figure: sources.length, sources }
}

/** A sum comes from those records alone that add to it. */
function summed<T>(all: readonly T[], of: (one: T) => number, source: (one: T) => Source): Counted {
  const adding = all.filter((one) => of(one) > 0)
  return { figure: Math.round(sumOf(adding, of) * 100) / 100, sources: adding.map(source) }
}

const sumOf = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((total, one) => total + of(one), 0)
