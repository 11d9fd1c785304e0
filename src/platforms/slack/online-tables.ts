import type { OnlineTables } from '../../chat/online-tables.ts'

/** Slack's lists hold no tables of this kind: nothing is pushed there. */
export const onlineTables: OnlineTables | null = null
