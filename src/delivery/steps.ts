/**
 * The points between which a process may die, in their order: a row is claimed, its platform has answered, the answer
 * is kept.
 */
export const deliverySteps = ['claimed', 'delivered', 'recorded'] as const

export type DeliveryStep = (typeof deliverySteps)[number]

/** Called at each step; by default nothing. Tests stop the process there. */
export type DeliveryStepHook = (step: DeliveryStep) => void | Promise<void>
