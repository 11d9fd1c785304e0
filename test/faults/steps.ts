import { deliverySteps } from '../../src/delivery/steps.ts'
import { intakeSteps } from '../../src/intake/steps.ts'
import type { TimerStep } from '../../src/timers/steps.ts'

const timerSteps: readonly TimerStep[] = ['claimed', 'handled', 'committed']

/**
 * Every point at which a process is killed. Those of `src` are reached through the hooks there; the others lie with the
 * platform and the features, which are the small house's own.
 */
export const steps: readonly string[] = [
  ...intakeSteps.map((step) => `intake:${step}`),
  /** The platform has heard that a message is kept, or an interaction carried out. */
  'platform:acknowledged',
  'platform:answered',
  /** A handler has a message, and has committed nothing. */
  'feature:working',
  ...deliverySteps.map((step) => `delivery:${step}`),
  /** An operation is about to leave the process. */
  'platform:sending',
  /** It has reached the vendor, who has not shown it; who has shown it and not said so. */
  'vendor:received',
  'vendor:shown',
  ...timerSteps.map((step) => `timer:${step}`),
  /** An event is handled, and not committed; committed. */
  'event:handled',
  'event:committed',
]

/** How the vendor makes a message once. */
export const ways = ['keyed', 'looked-up', 'at-most-once'] as const

export type Way = (typeof ways)[number]

/** The process is to end at that passing of that step, counted from 1 since its start. */
export interface Kill {
  step: string
  passing: number
}
