/** Hints that were learned from cadres and from thanks. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by its part
export interface LearnedHintTables {}
