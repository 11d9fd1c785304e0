/** Durable timers; working hours, days of organisations, leave. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by its part
export interface TimerTables {}
