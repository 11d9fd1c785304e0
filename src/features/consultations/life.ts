import { PlainError } from '../../messages/plain-error.ts'
import type { Trx } from '../../store/store.ts'
import { cancelTimer, setTimer } from '../../timers/set-timer.ts'
import { mustBeAsShown, remindMoments } from '../circulation/port.ts'
import { emptyBoxes, forgetSmallUnits, isEnough, openBoxes } from './boxes.ts'
import type { ConsultationsContext } from './context.ts'
import { audienceToAsk, type Doing, mustBeDraft, note } from './keep-consultation.ts'
import { revokePapers } from './papers.ts'
import { type Consultation, type ConsultationRow, feedbackOf, originOf, remindDays } from './records.ts'
import { leastTogether } from './tally.ts'

type Context = Pick<ConsultationsContext, 'circulation' | 'sealer'>

export const endTimer = 'consultations.end'

/** Sends it. Throws PlainError where it was sent, changed meanwhile, its end has passed, or too few are asked. */
export async function sendConsultation(
  trx: Trx,
  { circulation }: Context,
  { row }: Consultation,
  { revision, reached }: { revision: number; reached: string },
  doing: Doing,
): Promise<void> {
  mustBeDraft(row)
  const { number, organisation } = row
  if (row.revision !== revision) throw new PlainError('consultations:refused.changed', { number })
  const { now } = doing
  const until = new Date(row.until)
  if (until <= now) throw new PlainError('consultations:refused.past', { number })
  const audience = await audienceToAsk(trx, circulation, { row }, doing)
  const reach = await circulation.reach(trx, audience, now)
  mustBeAsShown(reach, reached)
  const { people, unreachable, chats } = reach
  // Of a group it is not known before how many it reaches.
  if (row.naming === 'unsigned' && chats === 0 && people - unreachable < leastTogether) {
    throw new PlainError('consultations:refused.too-few', { least: leastTogether })
  }
  await change(trx, row, { state: 'open', sent_at: now.toISOString() })
  const remindAt = await remindMoments(trx, { organisation, until, days: remindDays(row) })
  await circulation.begin(
    trx,
    { origin: originOf(row.id), organisation, audience, asksChats: true, closesAt: until, remindAt },
    doing,
  )
  await setEnd(trx, row.id, until, now)
  await note(trx, row.id, 'sent', doing)
}

/** No answer is taken any more. Throws PlainError where none was. */
export async function closeConsultation(
  trx: Trx,
  { circulation, sealer }: Context,
  { row }: Consultation,
  { by, now }: { by: string | null; now: Date },
): Promise<void> {
  mustBeOpen(row)
  await change(trx, row, { state: 'closed', closed_at: now.toISOString() })
  await cancelTimer(trx, timerOf(row.id))
  await circulation.close(trx, originOf(row.id), now)
  await circulation.renew(trx, originOf(row.id), 'all', now)
  // Of too few nothing is shown, and it may go on: then their units count.
  if (row.naming === 'unsigned' && isEnough(await openBoxes(trx, sealer, row.id))) {
    await forgetSmallUnits(trx, sealer, row.id)
  }
  await note(trx, row.id, 'closed', { by, now })
}

/**
 * Takes answers until another time, also where it had ended; but not where unsigned answers were shown: beside what was
 * shown before, those who answer later would be told by the difference.
 */
export async function extendConsultation(
  trx: Trx,
  { circulation, sealer }: Context,
  { row }: Consultation,
  until: Date,
  doing: Doing,
): Promise<void> {
  if (row.state !== 'open' && row.state !== 'closed') throw new PlainError('consultations:refused.not-open')
  const { now } = doing
  if (until <= now) throw new PlainError('consultations:refused.until-past')
  const isUnsigned = row.naming === 'unsigned'
  if (row.state === 'closed' && isUnsigned && isEnough(await openBoxes(trx, sealer, row.id))) {
    throw new PlainError('consultations:refused.shown')
  }
  await change(trx, row, { state: 'open', until: until.toISOString(), closed_at: null })
  const { organisation } = row
  const moments = await remindMoments(trx, { organisation, until, days: remindDays(row) })
  const remindAt = moments.filter((at) => at > now)
  await circulation.extend(trx, originOf(row.id), { closesAt: until, remindAt }, now)
  await circulation.renew(trx, originOf(row.id), 'all', now)
  await setEnd(trx, row.id, until, now)
  await note(trx, row.id, 'extended', doing)
}

/** Takes it back; what was said without names is gone. Throws PlainError where it is not going on. */
export async function withdrawConsultation(
  trx: Trx,
  { circulation, sealer }: Context,
  { row }: Consultation,
  reason: string,
  doing: Doing,
): Promise<void> {
  mustBeOpen(row)
  await circulation.stop(trx, originOf(row.id), doing.now)
  await change(trx, row, { state: 'withdrawn', reason, closed_at: doing.now.toISOString() })
  await cancelTimer(trx, timerOf(row.id))
  await emptyBoxes(trx, sealer, row.id)
  await revokePapers(trx, row.id)
  await circulation.renew(trx, originOf(row.id), 'all', doing.now)
  await note(trx, row.id, 'withdrawn', doing)
}

export interface Decision {
  decision: string
  /** What became of the opinions. */
  adoption: string
  /** Ids of the remarks that were adopted. */
  adopted: readonly string[]
}

/** Records what was decided and tells those who took part; again: puts it right where it was told. */
export async function decideConsultation(
  trx: Trx,
  { circulation }: Context,
  { row }: Consultation,
  { decision, adoption, adopted }: Decision,
  doing: Doing,
): Promise<void> {
  if (row.state !== 'closed' && row.state !== 'decided')
    throw new PlainError('consultations:refused.not-closed')
  const { now } = doing
  const decided = { decision, adoption, adopted: JSON.stringify(adopted), decided_at: now.toISOString() }
  await change(trx, row, { ...decided, state: 'decided' })
  const origin = feedbackOf(row.id)
  const people = await circulation.answering(trx, originOf(row.id))
  if (row.state === 'decided') await circulation.renew(trx, origin, 'all', now)
  else if (people.length > 0) {
    const audience = { chats: [], people, members: [] }
    await circulation.begin(trx, { origin, organisation: row.organisation, audience }, doing)
  }
  await note(trx, row.id, 'decided', doing)
}

export function mustBeOpen({ state }: Pick<ConsultationRow, 'state'>): void {
  if (state !== 'open') throw new PlainError('consultations:refused.not-open')
}

async function change(
  trx: Trx,
  { id, revision }: ConsultationRow,
  to: Partial<Omit<ConsultationRow, 'id' | 'number' | 'revision'>>,
): Promise<void> {
  await trx
    .updateTable('consultation')
    .set({ ...to, revision: revision + 1 })
    .where('id', '=', id)
    .execute()
}

async function setEnd(trx: Trx, consultation: string, at: Date, now: Date): Promise<void> {
  await setTimer(trx, { id: timerOf(consultation), kind: endTimer, payload: { consultation }, at, now })
}

const timerOf = (consultation: string) => `${endTimer}:${consultation}`
