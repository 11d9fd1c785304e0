/** What a campaign says to all, in the order in which it does. */
export const posts = ['opening', 'midway', 'closing', 'changed', 'cancelled'] as const

export type Post = (typeof posts)[number]

export const midwayTimer = 'campaigns.midway'
export const closingTimer = 'campaigns.closing'
export const endTimer = 'campaigns.end-entries'
