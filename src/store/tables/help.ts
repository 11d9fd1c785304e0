/** Questions that were put to a person. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by its part
export interface HelpTables {}
