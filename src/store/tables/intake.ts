/** The inbox, the first answers of interactions, and domain events on their way. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by its part
export interface IntakeTables {}
