import { type Delivered, DeliveryError } from '../../chat/outgoing.ts'

/** Slack has no calendars of its own: `keepsCalendar` is false, so that nothing of the kind should come here. */
export async function keepEntry(): Promise<Delivered> {
  throw new DeliveryError('not-allowed')
}
