/** The outbox and how fast each chat may be spoken to. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by its part
export interface DeliveryTables {}
