import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { membershipsInForce } from '../../people/memberships.ts'
import { type Reads, readPerson } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import { mayFill, mayMake, maySee, problemOfChecker } from './access.ts'
import { assessmentCard, previewCard, subjectCard } from './cards.ts'
import type { AssessmentContext } from './context.ts'
import { figuresOf } from './figures.ts'
import { audienceOfOpening, unitsWithoutFiller } from './keep-assessment.ts'
import { assessmentsCard, type OwnSubjects } from './list-cards.ts'
import {
  type Assessment,
  filesOf,
  listAssessments,
  objectionsOf,
  readAssessment,
  readSubject,
  type Subject,
  scoresOf,
  subjectsOf,
  subjectsUnder,
} from './records.ts'

export interface Looker {
  person: string
  language: Language
  now: Date
}

const pageSize = 8

/** The last look before it begins. */
export async function previewOf(
  db: Reads,
  { circulation }: Pick<AssessmentContext, 'circulation'>,
  assessment: Assessment,
  { language, now }: Pick<Looker, 'language' | 'now'>,
): Promise<Card> {
  const names: string[] = []
  for (const person of assessment.checkers) names.push((await readPerson(db, person))?.name ?? '')
  const reached = await circulation.reach(db, await audienceOfOpening(db, assessment, now), now)
  const subjects = await subjectsOf(db, assessment.row.id)
  const withoutFiller = await unitsWithoutFiller(db, assessment, now)
  return previewCard(assessment, { subjects, checkers: names, reached, withoutFiller }, language)
}

/** An assessment with those of its subjects that somebody may see. Throws PlainError where it is none of theirs. */
export async function assessmentSeenBy(
  db: Reads,
  id: string,
  { person, now }: Pick<Looker, 'person' | 'now'>,
): Promise<{ assessment: Assessment; subjects: Subject[]; makes: boolean }> {
  const assessment = await readAssessment(db, id)
  const makes = await mayMake(db, person, assessment.row.organisation, now)
  const subjects: Subject[] = []
  for (const subject of await subjectsOf(db, assessment.row.id)) {
    if (await maySee(db, person, assessment, subject, now)) subjects.push(subject)
  }
  if (!makes && (subjects.length === 0 || assessment.row.state === 'draft'))
    throw new PlainError('assessment:gone')
  return { assessment, subjects, makes }
}

/** The card of an assessment. Throws PlainError where it is none of theirs. */
export async function showAssessment(db: Reads, id: string, from: number, looker: Looker): Promise<Card> {
  const { assessment, subjects, makes } = await assessmentSeenBy(db, id, looker)
  const objections = await objectionsOf(db, assessment.row.id)
  return assessmentCard(assessment, { subjects, from, makes, objections }, looker.language)
}

/** The sheet of one subject. Throws PlainError where somebody may not see it. */
export async function showSubject(
  db: Reads,
  context: AssessmentContext,
  id: string,
  { person, language, now }: Looker,
): Promise<Card> {
  const subject = await readSubject(db, id)
  const assessment = await readAssessment(db, subject.row.assessment)
  if (!(await maySee(db, person, assessment, subject, now))) throw new PlainError('assessment:gone')
  const { row } = assessment
  const fills = await mayFill(db, person, subject, now)
  const isFilled = subject.row.state !== 'asked' || dayInChina(now) > row.fill_until
  const checks = isFilled && (await problemOfChecker(db, person, assessment, subject, now)) === null
  const isOnNotice = row.state === 'published' && (row.notice_until ?? '') > now.toISOString()
  const scores = await scoresOf(db, id)
  const figures = scores.size > 0 ? new Map() : await figuresOf(db, context, assessment, subject, now)
  const view = { scores, figures, files: await filesOf(db, id), checks, objects: fills && isOnNotice }
  return subjectCard(
    assessment,
    subject,
    { ...view, fills: fills && subject.row.state !== 'checked' },
    language,
  )
}

/** A page of the assessments that somebody may see by their office; null: they may see none. */
export async function showList(
  db: Reads,
  from: number,
  { person, language, now }: Looker,
): Promise<Card | null> {
  const today = dayInChina(now)
  const { organisations } = await reachOfPerson(db, person, ['assessment.view'], today)
  if (organisations.length === 0) return null
  const made = await reachOfPerson(db, person, ['assessment.make'], today)
  const listed = await listAssessments(db, organisations, { offset: from, most: pageSize })
  return assessmentsCard({ ...listed, from, makes: made.organisations.length > 0 }, language)
}

/** What waits for somebody, and their own results. */
export async function ownSubjects(db: Reads, person: string, now: Date): Promise<OwnSubjects> {
  const memberships = await membershipsInForce(db, person, dayInChina(now))
  const units = memberships
    .filter(({ role }) => role === 'liaison' || role === 'cadre')
    .map(({ organisation }) => organisation)
  const own = [
    ...(await subjectsUnder(db, { units: [...new Set(units)] })),
    ...(await subjectsUnder(db, { person })),
  ]
  const toCheck = []
  for (const one of await subjectsUnder(db, { checker: person })) {
    const { subject, assessment } = one
    if (assessment.row.state !== 'open' || subject.row.state === 'checked') continue
    const isDue = subject.row.state === 'filled' || dayInChina(now) > assessment.row.fill_until
    if (isDue && (await problemOfChecker(db, person, assessment, subject, now)) === null) toCheck.push(one)
  }
  return {
    toFill: own.filter(
      ({ subject, assessment }) => assessment.row.state === 'open' && subject.row.state === 'asked',
    ),
    toCheck,
    results: own.filter(({ assessment }) => assessment.row.state === 'published'),
    today: dayInChina(now),
  }
}
