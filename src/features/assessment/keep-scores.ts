import type { IncomingFile } from '../../chat/incoming.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { holdBlobs } from '../../store/blob-use.ts'
import type { Trx } from '../../store/store.ts'
import type { AssessmentSubjectTable } from '../../store/tables/assessment.ts'
import { mayFill, problemOfChecker } from './access.ts'
import type { AssessmentContext } from './context.ts'
import { figuresOf } from './figures.ts'
import { type Doing, noteHistory } from './history.ts'
import { problemOfPoints } from './judge.ts'
import {
  type Assessment,
  lockAssessment,
  readSubject,
  type Subject,
  scoresOf,
  subjectsOf,
} from './records.ts'
import { endCheckReminders, endFillReminder, keepFillReminder } from './reminding.ts'
import { measuresOf } from './sheet-schema.ts'
import { tellAllChecked, tellReturned } from './tell.ts'

/** Thousandths of a point, as points are kept. */
export const thousandths = (points: number) => Math.round(points * 1000)

/** What was given for a measure: points, and a note or the reason why they are others. */
export type Given = ReadonlyMap<string, { points: number; text: string }>

/** The subject and its assessment, locked. Throws PlainError where it does not take scores now. */
async function openSubject(trx: Trx, id: string): Promise<{ subject: Subject; assessment: Assessment }> {
  const { row } = await readSubject(trx, id)
  const assessment = await lockAssessment(trx, row.assessment)
  if (assessment.row.state !== 'open') {
    throw new PlainError('assessment:refused.not-open', { number: assessment.row.number })
  }
  return { assessment, subject: await readSubject(trx, id) }
}

/** As `openSubject`, for who fills it in. Throws PlainError where they may not, or it was checked already. */
export async function subjectToFill(trx: Trx, id: string, { by, now }: Doing) {
  const { subject, assessment } = await openSubject(trx, id)
  if (!(await mayFill(trx, by, subject, now))) throw new PlainError('assessment:not-for-you')
  if (subject.row.state === 'checked')
    throw new PlainError('assessment:refused.checked', { name: subject.name })
  return { subject, assessment }
}

/**
 * As `openSubject`, for who checks it. Throws PlainError where they may not, or where nothing was filled in and there is
 * still time for it.
 */
export async function subjectToCheck(trx: Trx, id: string, { by, now }: Doing) {
  const { subject, assessment } = await openSubject(trx, id)
  const problem = await problemOfChecker(trx, by, assessment, subject, now)
  if (problem) throw new PlainError(`assessment:refused.${problem}`, { name: subject.name })
  if (subject.row.state === 'asked' && dayInChina(now) <= assessment.row.fill_until) {
    throw new PlainError('assessment:refused.not-filled', { day: assessment.row.fill_until })
  }
  return { subject, assessment }
}

/** Keeps what somebody gives a subject themselves, with files by group; what the records say is read anew. */
export async function fillIn(
  trx: Trx,
  context: AssessmentContext,
  id: string,
  { given, files }: { given: Given; files: ReadonlyMap<string, readonly IncomingFile[]> },
  doing: Doing,
): Promise<{ subject: Subject; assessment: Assessment }> {
  const { subject, assessment } = await subjectToFill(trx, id, doing)
  const total = await keepPoints(trx, context, { assessment, subject, given, as: 'self' }, doing)
  await keepFiles(trx, id, files)
  await changeSubject(trx, id, {
    ...{ state: 'filled', returned: '', filled_by: doing.by, filled_at: doing.now.toISOString() },
    self_total: total,
  })
  await endFillReminder(trx, context, subject, doing.now)
  await noteHistory(trx, assessment.row.id, 'filled', { ...doing, about: subject.name })
  return { assessment, subject: await readSubject(trx, id) }
}

/** Keeps what whoever checks gives. Throws PlainError where other points have no reason. */
export async function check(
  trx: Trx,
  context: AssessmentContext,
  id: string,
  given: Given,
  doing: Doing,
): Promise<{ subject: Subject; assessment: Assessment; left: number }> {
  const { subject, assessment } = await subjectToCheck(trx, id, doing)
  const before = await scoresOf(trx, id)
  for (const { name, title } of measuresOf(assessment.sheet)) {
    const { points = 0, text = '' } = given.get(name) ?? {}
    const self = before.get(name)?.self ?? null
    if (self !== null && self !== thousandths(points) && text.trim() === '') {
      throw new PlainError('assessment:refused.reason', { measure: title['zh-CN'] })
    }
  }
  const total = await keepPoints(trx, context, { assessment, subject, given, as: 'checked' }, doing)
  await changeSubject(trx, id, {
    ...{ state: 'checked', checked_by: doing.by, checked_at: doing.now.toISOString(), total },
  })
  await endFillReminder(trx, context, subject, doing.now)
  await noteHistory(trx, assessment.row.id, 'checked', { ...doing, about: subject.name })
  const all = await subjectsOf(trx, assessment.row.id)
  const left = all.filter(({ row }) => row.state !== 'checked').length
  if (left === 0) {
    await endCheckReminders(trx, context, assessment, doing.now)
    await tellAllChecked(trx, assessment, all.length, doing.now)
  }
  return { assessment, subject: await readSubject(trx, id), left }
}

/** Sends back what was filled in, with a reason: it is to be filled in anew. */
export async function sendBack(
  trx: Trx,
  context: AssessmentContext,
  id: string,
  reason: string,
  doing: Doing,
): Promise<{ subject: Subject; assessment: Assessment }> {
  const { subject, assessment } = await subjectToCheck(trx, id, doing)
  if (subject.row.state !== 'filled')
    throw new PlainError('assessment:refused.nothing-back', { name: subject.name })
  await changeSubject(trx, id, { state: 'asked', returned: reason })
  await keepFillReminder(trx, context, assessment, subject, doing.now)
  await noteHistory(trx, assessment.row.id, 'returned', { ...doing, about: subject.name })
  await tellReturned(trx, assessment, subject, reason, doing.now)
  return { assessment, subject: await readSubject(trx, id) }
}

export async function changeSubject(
  trx: Trx,
  id: string,
  set: Partial<Omit<AssessmentSubjectTable, 'id' | 'assessment'>>,
): Promise<void> {
  await trx.updateTable('assessment_subject').set(set).where('id', '=', id).execute()
}

/** Gives the total. Throws PlainError for points that the sheet does not know. */
async function keepPoints(
  trx: Trx,
  context: AssessmentContext,
  {
    assessment,
    subject,
    given,
    as,
  }: { assessment: Assessment; subject: Subject; given: Given; as: 'self' | 'checked' },
  { now }: Doing,
): Promise<number> {
  const figures = await figuresOf(trx, context, assessment, subject, now)
  let total = 0
  for (const measure of measuresOf(assessment.sheet)) {
    const { points = 0, text = '' } = given.get(measure.name) ?? {}
    const problem = problemOfPoints(measure, points)
    if (problem) throw new PlainError(problem.key, problem.values)
    const kept = thousandths(points)
    total += kept
    const read = { figures: JSON.stringify(figures.get(measure.name) ?? []) }
    const values =
      as === 'self' ? { self: kept, note: text, ...read } : { checked: kept, reason: text, ...read }
    const base = { self: null, note: '', checked: null, reason: '' }
    await trx
      .insertInto('assessment_score')
      .values({ subject: subject.row.id, measure: measure.name, ...base, ...values })
      .onConflict((conflict) => conflict.columns(['subject', 'measure']).doUpdateSet(values))
      .execute()
  }
  return total
}

/** Files of groups for which none are sent again stay as they are. */
async function keepFiles(
  trx: Trx,
  subject: string,
  files: ReadonlyMap<string, readonly IncomingFile[]>,
): Promise<void> {
  for (const [group, sent] of files) {
    if (sent.length === 0) continue
    await trx
      .deleteFrom('assessment_file')
      .where('subject', '=', subject)
      .where('measure_group', '=', group)
      .execute()
    const rows = sent.map(({ name, type, size, blob }, position) => ({
      ...{ subject, measure_group: group, position, name, type, size, blob },
    }))
    await trx.insertInto('assessment_file').values(rows).execute()
  }
  const held = await trx.selectFrom('assessment_file').select('blob').where('subject', '=', subject).execute()
  await holdBlobs(
    trx,
    `assessment ${subject}`,
    held.map(({ blob }) => blob),
  )
}
