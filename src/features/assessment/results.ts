import { randomUUID } from 'node:crypto'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Audience } from '../../people/audience.ts'
import { chatsOf } from '../../people/chats.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { addDays } from '../../timers/calendar/day.ts'
import { setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import { fillersOf, mayFill } from './access.ts'
import type { AssessmentContext } from './context.ts'
import { type Doing, noteHistory } from './history.ts'
import { gradeOf, placesOf, problemOfPoints } from './judge.ts'
import { closeTimer, originOf } from './keep-assessment.ts'
import { changeSubject, thousandths } from './keep-scores.ts'
import {
  type Assessment,
  changeAssessment,
  lockAssessment,
  type Objection,
  objectionsOf,
  readAssessment,
  readSubject,
  type Subject,
  subjectsOf,
} from './records.ts'
import { measuresOf } from './sheet-schema.ts'
import { tellObjected, tellSettled } from './tell.ts'

/** Who reads the result: the groups of whoever holds it and of the units, and in private whoever filled in. */
export async function audienceOfResult(db: Reads, { row }: Assessment, now: Date): Promise<Audience> {
  const subjects = await subjectsOf(db, row.id)
  const people = new Set<string>()
  for (const subject of subjects) for (const one of await fillersOf(db, subject, now)) people.add(one)
  const organisations = [row.organisation, ...subjects.map((subject) => subject.row.organisation)]
  return { chats: await chatsOf(db, [...new Set(organisations)]), people: [...people], members: [] }
}

/**
 * Publishes the result with places and grades; objections are taken from now on. Throws PlainError where something is not
 * checked yet, or somebody may not send to all who read it.
 */
export async function publishResult(
  trx: Trx,
  context: AssessmentContext,
  seen: { id: string; revision: number },
  { by, now }: Doing,
): Promise<Assessment> {
  const assessment = await lockAssessment(trx, seen.id, seen.revision)
  const { row } = assessment
  if (row.state !== 'open') throw new PlainError('assessment:refused.not-open', { number: row.number })
  const left = (await subjectsOf(trx, row.id)).filter((subject) => subject.row.state !== 'checked')
  if (left.length > 0) {
    const names = left.slice(0, 10).map(({ name }) => name)
    throw new PlainError('assessment:refused.unchecked', { count: left.length, names: names.join('、') })
  }
  const audience = await audienceOfResult(trx, assessment, now)
  await context.circulation.mustReach(trx, audience, { by, now })
  await rank(trx, assessment)
  const until = new Date(`${addDays(dayInChina(now), row.notice_days + 1)}T00:00:00+08:00`)
  await changeAssessment(trx, assessment, {
    ...{ state: 'published', published_at: now.toISOString(), notice_until: until.toISOString() },
  })
  const { organisation } = row
  await context.circulation.begin(
    trx,
    { origin: originOf(row.id, 'result'), organisation, audience },
    { by, now },
  )
  await setClose(trx, row.id, until, now)
  await noteHistory(trx, row.id, 'published', { by, now })
  return readAssessment(trx, row.id)
}

const setClose = (trx: Trx, assessment: string, at: Date, now: Date) =>
  setTimer(trx, { id: `${closeTimer}:${assessment}`, kind: closeTimer, payload: { assessment }, at, now })

/** Gives each its place and grade by what was checked. */
async function rank(trx: Trx, { row, sheet }: Assessment): Promise<void> {
  const subjects = await subjectsOf(trx, row.id)
  const totals = subjects.map((subject) => subject.row.total ?? 0)
  for (const [at, place] of placesOf(totals).entries()) {
    const grade = gradeOf(sheet, (totals[at] ?? 0) / 1000).name
    await changeSubject(trx, subjects[at]?.row.id ?? '', { place, grade })
  }
}

/** Somebody objects to the result of their own. Throws PlainError where no objections are taken, or it is not theirs. */
export async function object(
  trx: Trx,
  id: string,
  text: string,
  { by, now }: Doing,
): Promise<{ subject: Subject; assessment: Assessment; objection: string }> {
  const subject = await readSubject(trx, id)
  const assessment = await lockAssessment(trx, subject.row.assessment)
  const { row } = assessment
  if (row.state !== 'published' || (row.notice_until ?? '') <= now.toISOString()) {
    throw new PlainError('assessment:refused.not-on-notice', { number: row.number })
  }
  if (!(await mayFill(trx, by, subject, now))) throw new PlainError('assessment:not-for-you')
  // One at a time, and none that was answered: each stops what follows until it is settled.
  const theirs = (await objectionsOf(trx, row.id)).filter((one) => one.subject === id && one.person === by)
  if (theirs.some(({ state }) => state === 'open')) throw new PlainError('assessment:refused.objected')
  if (theirs.some((one) => one.text === text)) throw new PlainError('assessment:refused.objected-before')
  const objection = randomUUID()
  await trx
    .insertInto('assessment_objection')
    .values({
      ...{ id: objection, assessment: row.id, subject: id, person: by, text, state: 'open' },
      ...{ made_at: now.toISOString(), reason: '', settled_by: null, settled_at: null },
    })
    .execute()
  await noteHistory(trx, row.id, 'objected', { by, now, about: subject.name })
  await tellObjected(trx, assessment, { id: objection, name: subject.name, text }, now)
  return { subject, assessment, objection }
}

/** How an objection is settled: rejected, or a measure gets other points. */
export interface Settlement {
  objection: string
  /** Null: rejected. */
  change: { measure: string; points: number } | null
  reason: string
}

/**
 * Settles an objection with a reason. Where points change all are ranked anew and the cards of the result say so; the
 * last one settled after the days of notice closes the assessment. Throws PlainError where it is settled, or one's own.
 */
export async function settle(
  trx: Trx,
  context: AssessmentContext,
  id: string,
  { objection: wanted, change, reason }: Settlement,
  { by, now }: Doing,
): Promise<{ subject: Subject; assessment: Assessment; objection: Objection }> {
  const assessment = await lockAssessment(trx, id)
  const objection = (await objectionsOf(trx, id)).find((one) => one.id === wanted)
  if (!objection) throw new PlainError('assessment:gone')
  if (objection.state !== 'open') throw new PlainError('assessment:refused.settled')
  const subject = await readSubject(trx, objection.subject)
  // Nobody decides on their own, neither as whoever objected nor as whoever it is about.
  if (objection.person === by || subject.row.person === by)
    throw new PlainError('assessment:refused.own-objection')
  if (change) await changePoints(trx, assessment, subject, change, reason)
  await trx
    .updateTable('assessment_objection')
    .set({ state: change ? 'upheld' : 'rejected', reason, settled_by: by, settled_at: now.toISOString() })
    .where('id', '=', objection.id)
    .execute()
  await noteHistory(trx, id, 'settled', { by, now, about: subject.name })
  await tellSettled(trx, assessment, subject, objection, { isUpheld: change !== null, reason, now })
  if (change) await context.circulation.renew(trx, originOf(id, 'result'), 'all', now)
  // The days of notice may be over: then nothing holds it open any more.
  const until = new Date(assessment.row.notice_until ?? now)
  if (until <= now) await setClose(trx, id, now, now)
  return { assessment, subject: await readSubject(trx, subject.row.id), objection }
}

async function changePoints(
  trx: Trx,
  assessment: Assessment,
  { row }: Subject,
  { measure: name, points }: { measure: string; points: number },
  reason: string,
): Promise<void> {
  const measure = measuresOf(assessment.sheet).find((one) => one.name === name)
  if (!measure) throw new PlainError('assessment:gone')
  const problem = problemOfPoints(measure, points)
  if (problem) throw new PlainError(problem.key, problem.values)
  await trx
    .updateTable('assessment_score')
    .set({ checked: thousandths(points), reason })
    .where('subject', '=', row.id)
    .where('measure', '=', name)
    .execute()
  const { total } = await trx
    .selectFrom('assessment_score')
    .select(({ fn }) => fn.sum<number | string | null>('checked').as('total'))
    .where('subject', '=', row.id)
    .executeTakeFirstOrThrow()
  await changeSubject(trx, row.id, { total: Number(total ?? 0) })
  await rank(trx, assessment)
}

/** The end of the notice: it is closed, and whoever stands out is praised before all; an open objection holds it. */
export function closing(context: AssessmentContext): TimerHandler {
  return async (trx, { assessment: id = '' }, now) => {
    const assessment = await lockAssessment(trx, id)
    const { row, sheet } = assessment
    if (row.state !== 'published') return
    if ((await objectionsOf(trx, id)).some(({ state }) => state === 'open')) return
    await changeAssessment(trx, assessment, { state: 'closed', ended_at: now.toISOString() })
    await noteHistory(trx, id, 'closed', { by: null, now })
    const praised = (await subjectsOf(trx, id)).filter((one) => sheet.praised.includes(one.row.grade ?? ''))
    const { chats } = await audienceOfResult(trx, assessment, now)
    if (praised.length > 0 && chats.length > 0) {
      const audience = { chats, people: [], members: [] }
      const { organisation } = row
      const origin = originOf(id, 'praise')
      await context.circulation.begin(trx, { origin, organisation, audience }, { by: null, now })
    }
    context.wakeWorkers()
  }
}
