import type { Selectable } from 'kysely'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import type {
  AssessmentFileTable,
  AssessmentObjectionTable,
  AssessmentScoreTable,
  AssessmentSubjectTable,
  AssessmentTable,
} from '../../store/tables/assessment.ts'
import type { Figure } from './judge.ts'
import type { Sheet } from './sheet-schema.ts'

export type AssessmentRow = Selectable<AssessmentTable>
export type AssessmentFile = Omit<Selectable<AssessmentFileTable>, 'subject'>
export type Objection = Selectable<AssessmentObjectionTable> & {
  /** Of whoever objected. */
  name: string
}

/** An assessment with its sheet read. */
export interface Assessment {
  row: AssessmentRow
  sheet: Sheet
  /** Name of whoever holds it. */
  organisation: string
  /** Ids. */
  checkers: readonly string[]
}

/** A unit or a person under assessment. */
export interface Subject {
  row: Selectable<AssessmentSubjectTable>
  /** Of the unit, or of the person. */
  name: string
  /** Name of the unit, of a person theirs. */
  unit: string
}

/** A measure of a subject, its figures read. */
export type Score = Omit<Selectable<AssessmentScoreTable>, 'figures'> & { figures: Figure[] }

/** By id or number (`KH-2026-0001`, in any case). Throws PlainError where there is none. */
export async function readAssessment(db: Reads, idOrNumber: string): Promise<Assessment> {
  const number = idOrNumber.normalize('NFKC').trim().toUpperCase()
  const found = await db
    .selectFrom('assessment')
    .innerJoin('organisation', 'organisation.id', 'assessment.organisation')
    .selectAll('assessment')
    .select('organisation.name')
    .where((where) =>
      where.or([where('assessment.id', '=', idOrNumber), where('assessment.number', '=', number)]),
    )
    .executeTakeFirst()
  if (!found) throw new PlainError('assessment:gone')
  const { name, ...row } = found
  const checkers = await db
    .selectFrom('assessment_checker')
    .select('person')
    .where('assessment', '=', row.id)
    .orderBy('person')
    .execute()
  const sheet = JSON.parse(row.sheet) as Sheet
  return { row, sheet, organisation: name, checkers: checkers.map(({ person }) => person) }
}

/**
 * As `readAssessment`, for who changes it: of two at the same moment the second waits for the first.
 * @param seen The revision that was looked at; null: as it is. Throws PlainError where it was changed meanwhile.
 */
export async function lockAssessment(trx: Trx, id: string, seen: number | null = null): Promise<Assessment> {
  await trx
    .updateTable('assessment')
    .set(({ ref }) => ({ revision: ref('revision') }))
    .where('id', '=', id)
    .execute()
  const assessment = await readAssessment(trx, id)
  const { revision, number } = assessment.row
  if (seen !== null && revision !== seen) throw new PlainError('assessment:changed-meanwhile', { number })
  return assessment
}

/** Changes it, as a new revision. */
export async function changeAssessment(
  trx: Trx,
  { row }: Assessment,
  set: Partial<Omit<AssessmentTable, 'id' | 'number' | 'revision'>>,
): Promise<void> {
  await trx
    .updateTable('assessment')
    .set({ ...set, revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
}

/** All under an assessment: by place where there is one, else by unit and name. */
export async function subjectsOf(db: Reads, assessment: string): Promise<Subject[]> {
  const found = await namedSubjects(db)
    .where('assessment_subject.assessment', '=', assessment)
    .orderBy('assessment_subject.place')
    .orderBy('organisation.name')
    .orderBy('person.name')
    .orderBy('assessment_subject.id')
    .execute()
  return found.map(toSubject)
}

/** Throws PlainError where there is none. */
export async function readSubject(db: Reads, id: string): Promise<Subject> {
  const found = await namedSubjects(db).where('assessment_subject.id', '=', id).executeTakeFirst()
  if (!found) throw new PlainError('assessment:gone')
  return toSubject(found)
}

/** Those of assessments that are going on: of units, or of a person, or of assessments that somebody checks. */
export async function subjectsUnder(
  db: Reads,
  whose: { units: readonly string[] } | { person: string } | { checker: string },
): Promise<{ subject: Subject; assessment: Assessment }[]> {
  if ('units' in whose && whose.units.length === 0) return []
  let query = namedSubjects(db)
    .innerJoin('assessment', 'assessment.id', 'assessment_subject.assessment')
    .where('assessment.state', 'in', ['open', 'published'])
  if ('units' in whose) {
    query = query
      .where('assessment_subject.organisation', 'in', whose.units)
      .where('assessment_subject.person', 'is', null)
  } else if ('person' in whose) {
    query = query.where('assessment_subject.person', '=', whose.person)
  } else {
    const { checker } = whose
    query = query.where('assessment.id', 'in', (where) =>
      where.selectFrom('assessment_checker').select('assessment').where('person', '=', checker),
    )
  }
  const rows = await query
    .orderBy('assessment.fill_until')
    .orderBy('assessment.number')
    .orderBy('organisation.name')
    .orderBy('assessment_subject.id')
    .execute()
  const assessments = new Map<string, Assessment>()
  for (const { assessment } of rows) {
    if (!assessments.has(assessment)) assessments.set(assessment, await readAssessment(db, assessment))
  }
  return rows.flatMap((row) => {
    const assessment = assessments.get(row.assessment)
    return assessment ? [{ subject: toSubject(row), assessment }] : []
  })
}

function namedSubjects(db: Reads) {
  return db
    .selectFrom('assessment_subject')
    .innerJoin('organisation', 'organisation.id', 'assessment_subject.organisation')
    .leftJoin('person', 'person.id', 'assessment_subject.person')
    .selectAll('assessment_subject')
    .select(['organisation.name as unit', 'person.name as who'])
}

function toSubject({
  unit,
  who,
  ...row
}: Selectable<AssessmentSubjectTable> & { unit: string; who: string | null }): Subject {
  return { row, name: who ?? unit, unit }
}

/** By measure: what was given and checked. */
export async function scoresOf(db: Reads, subject: string): Promise<Map<string, Score>> {
  const rows = await db
    .selectFrom('assessment_score')
    .selectAll()
    .where('subject', '=', subject)
    .orderBy('measure')
    .execute()
  return new Map(rows.map((row) => [row.measure, { ...row, figures: JSON.parse(row.figures) as Figure[] }]))
}

/** What proves the measures of a subject, by group. */
export async function filesOf(db: Reads, subject: string): Promise<AssessmentFile[]> {
  return db
    .selectFrom('assessment_file')
    .select(['measure_group', 'position', 'name', 'type', 'size', 'blob'])
    .where('subject', '=', subject)
    .orderBy('measure_group')
    .orderBy('position')
    .execute()
}

/** Objections to the result of an assessment, the first first. */
export async function objectionsOf(db: Reads, assessment: string): Promise<Objection[]> {
  return db
    .selectFrom('assessment_objection')
    .innerJoin('person', 'person.id', 'assessment_objection.person')
    .selectAll('assessment_objection')
    .select('person.name')
    .where('assessment', '=', assessment)
    .orderBy('made_at')
    .orderBy('assessment_objection.id')
    .execute()
}

/** Those of some organisations, the last first. @param organisations Ids; null: all. */
export async function listAssessments(
  db: Reads,
  organisations: readonly string[] | null,
  { offset = 0, most }: { offset?: number; most: number },
): Promise<{ assessments: Assessment[]; count: number }> {
  const ids: { id: string; at: string }[] = []
  for (const piece of organisations === null ? [null] : inPieces(organisations)) {
    let query = db.selectFrom('assessment').select(['id', 'made_at as at'])
    if (piece) query = query.where('organisation', 'in', piece)
    ids.push(...(await query.execute()))
  }
  ids.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1))
  const assessments: Assessment[] = []
  for (const { id } of ids.slice(offset, offset + most)) assessments.push(await readAssessment(db, id))
  return { assessments, count: ids.length }
}
