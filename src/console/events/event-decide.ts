import type { EventsContext } from '../../features/events/context.ts'
import { findEvent } from '../../features/events/records.ts'
import {
  approveRequests,
  cancelRegistrations,
  declineRequests,
} from '../../features/events/registering/decisions.ts'
import { needsOrganiser } from '../../features/events/registering/organisers.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError } from '../../messages/translate.ts'
import type { Fields } from '../form-fields.ts'
import type { Visit } from '../visit.ts'
import type { OpenedEvent } from './event-frame.ts'
import { eventSay } from './event-say.ts'

const decisions = ['approve', 'decline', 'cancel'] as const

/** How many it was done for, or why it was not done. */
type Decided = { count: number } | { problem: string }

/** Carries out what was decided about those who are ticked; who may is looked at in the same transaction. */
export async function decide(
  visit: Visit,
  context: EventsContext,
  { registers }: Pick<OpenedEvent, 'registers'>,
  fields: Fields,
): Promise<Decided> {
  const say = eventSay(visit)
  const decision = fields.choice('decision', decisions)
  const chosen = fields.list('chosen[]').filter((id) => /^[\w-]{1,64}$/.test(id))
  const reason = Array.from(fields.text('reason')).slice(0, 200).join('')
  if (chosen.length === 0) return { problem: say('registration.nobody') }
  if (decision !== 'approve' && reason === '') return { problem: say('registration.no-reason') }
  try {
    const count = await context.store.transaction(async (trx) => {
      const now = await context.store.now(trx)
      const event = await findEvent(trx, registers)
      if (!event) throw new PlainError('console:no-such-record')
      const by = await needsOrganiser(trx, visit.who.id, event, now)
      const work = { approve: approveRequests, decline: declineRequests, cancel: cancelRegistrations }
      return work[decision](trx, context, event, chosen, { by, reason, now })
    })
    context.wakeWorkers()
    return { count }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { problem: explainError(error, visit.language) }
  }
}
