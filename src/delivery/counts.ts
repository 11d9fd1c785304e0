import type { Lane } from './outbox.ts'

export interface DeliveryLabels {
  lane: Lane
  platform: string
}

/** What the outbox tells whoever counts; called after it was kept. */
export interface DeliveryCounts {
  /** @param seconds from being asked for to being sent. */
  sent(labels: DeliveryLabels, seconds: number): void
  retried(labels: DeliveryLabels): void
  dead(labels: DeliveryLabels): void
  uncertain(labels: DeliveryLabels): void
}

export const countNothing: DeliveryCounts = {
  sent() {},
  retried() {},
  dead() {},
  uncertain() {},
}
