/** Drafts of forms, and the numbers of receipts. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by its part
export interface FormTables {}
