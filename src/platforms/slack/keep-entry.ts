import { type Delivered, DeliveryError } from '../../chat/outgoing.ts'

/** Slack has no calendars of its own, and presses no messages: its abilities say so, so that nothing of the kind should come here. */
export async function keepEntry(): Promise<Delivered> {
  throw new DeliveryError('not-allowed')
}
