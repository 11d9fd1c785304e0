/**
 * Points between two steps of what is taken, in their order: where a process may end, and nothing may be lost or done
 * twice. `acknowledged` lies with the platform: it is what follows `stored` and `answer-committed`.
 */
export const intakeSteps = [
  /** A message has come and is nowhere kept. */
  'received',
  /** It is kept, and the platform does not know it yet. */
  'stored',
  /** It is leased to this process; nothing is done about it. */
  'claimed',
  /** Within the transaction: its answer is written and not committed. */
  'worked',
  /** All is committed, and nobody was told that there is something to deliver. */
  'committed',
  /** An interaction, within its transaction: its answer is written and not committed. */
  'answer-worked',
  /** It is committed, and not acknowledged. */
  'answer-committed',
] as const

export type IntakeStep = (typeof intakeSteps)[number]

/** Called at each step; what it throws counts as a failure there. */
export type AtStep = (step: IntakeStep) => void | Promise<void>
