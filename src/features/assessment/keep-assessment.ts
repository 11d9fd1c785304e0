import { randomUUID } from 'node:crypto'
import { revokeHanded } from '../../delivery/handed-files.ts'
import { nextNumber } from '../../forms/receipt-number.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Audience } from '../../people/audience.ts'
import { membershipsInForce } from '../../people/memberships.ts'
import type { Reads } from '../../people/people.ts'
import { holdBlobs } from '../../store/blob-use.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import { type Day, yearOf } from '../../timers/calendar/day.ts'
import { cancelTimer } from '../../timers/set-timer.ts'
import { fillersOf, problemOfChecker } from './access.ts'
import type { AssessmentContext } from './context.ts'
import { type Doing, noteHistory } from './history.ts'
import { type Assessment, changeAssessment, lockAssessment, readAssessment, subjectsOf } from './records.ts'
import { endReminders, keepCheckReminder, keepFillReminder } from './reminding.ts'
import type { Sheet } from './sheet-schema.ts'

/** An assessment as it was filled in. */
export interface AssessmentDraft {
  title: string
  organisation: string
  sheet: Sheet
  /** Ids of units, or of persons, as the sheet is for. */
  subjects: readonly string[]
  checkers: readonly string[]
  startsOn: Day
  endsOn: Day
  fillUntil: Day
  checkUntil: Day
  noticeDays: number
  /** Id of the campaign whose organising it assesses; null: of none. */
  campaign: string | null
}

export const closeTimer = 'assessment.close'

/** By which the circulation knows what is sent to many of an assessment. */
export const originOf = (assessment: string, post: 'opening' | 'result' | 'praise', of = '') =>
  ['assessment', assessment, post, ...(of === '' ? [] : [of])].join(':')

/** Keeps an assessment that is looked over before it begins. */
export async function draftAssessment(
  trx: Trx,
  draft: AssessmentDraft,
  { by, now }: Doing,
): Promise<Assessment> {
  const id = randomUUID()
  const number = await nextNumber(trx, 'KH', yearOf(dayInChina(now)))
  const { title, organisation, sheet, noticeDays } = draft
  await trx
    .insertInto('assessment')
    .values({
      ...{ id, number, title, organisation, subjects: sheet.for, sheet: JSON.stringify(sheet) },
      ...{ starts_on: draft.startsOn, ends_on: draft.endsOn, notice_days: noticeDays },
      ...{ fill_until: draft.fillUntil, check_until: draft.checkUntil, state: 'draft', revision: 0 },
      ...{ made_by: by, made_at: now.toISOString(), opened_at: null, published_at: null },
      ...{ notice_until: null, ended_at: null, campaign: draft.campaign },
    })
    .execute()
  await keepParts(trx, id, draft, now)
  await noteHistory(trx, id, 'made', { by, now })
  return readAssessment(trx, id)
}

/**
 * Changes a draft: all of it but its number and its campaign. Throws PlainError where it has begun, or was changed since it
 * was looked at.
 */
export async function changeDraft(
  trx: Trx,
  seen: { id: string; revision: number },
  draft: AssessmentDraft,
  { by, now }: Doing,
): Promise<Assessment> {
  const assessment = await lockAssessment(trx, seen.id, seen.revision)
  const { row } = assessment
  if (row.state !== 'draft') throw new PlainError('assessment:refused.begun', { number: row.number })
  const { title, organisation, sheet } = draft
  await changeAssessment(trx, assessment, {
    ...{ title, organisation, subjects: sheet.for, sheet: JSON.stringify(sheet) },
    ...{ starts_on: draft.startsOn, ends_on: draft.endsOn, notice_days: draft.noticeDays },
    ...{ fill_until: draft.fillUntil, check_until: draft.checkUntil },
  })
  await trx.deleteFrom('assessment_checker').where('assessment', '=', row.id).execute()
  await trx.deleteFrom('assessment_subject').where('assessment', '=', row.id).execute()
  await keepParts(trx, row.id, draft, now)
  await noteHistory(trx, row.id, 'changed', { by, now })
  return readAssessment(trx, row.id)
}

/** Who checks, and who is under assessment. */
async function keepParts(
  trx: Trx,
  id: string,
  { checkers: chosen, sheet, subjects, organisation }: AssessmentDraft,
  now: Date,
): Promise<void> {
  const checkers = [...new Set(chosen)].map((person) => ({ assessment: id, person }))
  await trx.insertInto('assessment_checker').values(checkers).execute()
  const today = dayInChina(now)
  const rows = []
  for (const one of new Set(subjects)) {
    const person = sheet.for === 'person' ? one : null
    // A person stands with the organisation of which they are first.
    const [first] = person === null ? [] : await membershipsInForce(trx, person, today)
    rows.push({
      ...{ id: randomUUID(), assessment: id, person, state: 'asked' as const, returned: '' },
      organisation: person === null ? one : (first?.organisation ?? organisation),
      ...{ filled_by: null, filled_at: null, checked_by: null, checked_at: null },
      ...{ self_total: null, total: null, grade: null, place: null },
    })
  }
  for (const piece of inPieces(rows)) await trx.insertInto('assessment_subject').values(piece).execute()
}

/** Who is told that it begins: whoever fills in, and whoever checks. */
export async function audienceOfOpening(db: Reads, assessment: Assessment, now: Date): Promise<Audience> {
  const people = new Set(assessment.checkers)
  for (const subject of await subjectsOf(db, assessment.row.id)) {
    for (const person of await fillersOf(db, subject, now)) people.add(person)
  }
  return { chats: [], people: [...people], members: [] }
}

/** Names of units in which nobody has the office of filling in; of persons always empty. */
export async function unitsWithoutFiller(db: Reads, { row }: Assessment, now: Date): Promise<string[]> {
  const names: string[] = []
  for (const subject of await subjectsOf(db, row.id)) {
    if ((await fillersOf(db, subject, now)).length === 0) names.push(subject.name)
  }
  return names
}

/**
 * Begins an assessment: all who fill in and check are told. Throws PlainError where it has begun, its days are over,
 * somebody may not send to all of them, or a subject has nobody who may check it.
 */
export async function openAssessment(
  trx: Trx,
  context: AssessmentContext,
  seen: { id: string; revision: number },
  { by, now }: Doing,
): Promise<Assessment> {
  const assessment = await lockAssessment(trx, seen.id, seen.revision)
  const { row } = assessment
  if (row.state !== 'draft') throw new PlainError('assessment:refused.begun', { number: row.number })
  if (row.fill_until < dayInChina(now)) throw new PlainError('assessment:problem.fill-past')
  const subjects = await subjectsOf(trx, row.id)
  const unchecked: string[] = []
  for (const subject of subjects) {
    const problems = []
    for (const checker of assessment.checkers) {
      problems.push(await problemOfChecker(trx, checker, assessment, subject, now))
    }
    if (!problems.includes(null)) unchecked.push(subject.name)
  }
  if (unchecked.length > 0) {
    const names = unchecked.slice(0, 10).join('、')
    throw new PlainError('assessment:refused.no-checker', { names, count: unchecked.length })
  }
  const audience = await audienceOfOpening(trx, assessment, now)
  await context.circulation.mustReach(trx, audience, { by, now })
  await changeAssessment(trx, assessment, { state: 'open', opened_at: now.toISOString() })
  const { organisation } = row
  await context.circulation.begin(
    trx,
    { origin: originOf(row.id, 'opening'), organisation, audience },
    { by, now },
  )
  for (const subject of subjects) await keepFillReminder(trx, context, assessment, subject, now)
  for (const checker of assessment.checkers) await keepCheckReminder(trx, context, assessment, checker, now)
  await noteHistory(trx, row.id, 'opened', { by, now })
  return readAssessment(trx, row.id)
}

/** Gives it up: nobody is asked or reminded any more, and what proves it is let go of. */
export async function cancelAssessment(
  trx: Trx,
  context: AssessmentContext,
  id: string,
  { by, now }: Doing,
): Promise<Assessment> {
  const assessment = await lockAssessment(trx, id)
  const { row } = assessment
  if (row.state === 'closed' || row.state === 'cancelled') {
    throw new PlainError('assessment:refused.over', { number: row.number })
  }
  for (const post of ['opening', 'result'] as const)
    await context.circulation.stop(trx, originOf(id, post), now)
  const subjects = await subjectsOf(trx, id)
  await endReminders(trx, context, assessment, subjects, now)
  await cancelTimer(trx, `${closeTimer}:${id}`)
  for (const subject of subjects) await holdBlobs(trx, `assessment ${subject.row.id}`, [])
  await revokeHanded(trx, `assessment ${id}`)
  await changeAssessment(trx, assessment, { state: 'cancelled', ended_at: now.toISOString() })
  await noteHistory(trx, id, 'cancelled', { by, now })
  return readAssessment(trx, id)
}
