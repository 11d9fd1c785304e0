/** What other features make reminders for, by the beginning of the origin: keys of messages. */
const madeFor: readonly (readonly [origin: string, key: string])[] = [
  ['founding.', 'reminders:made-for.founding'],
  ['liaison.', 'reminders:made-for.liaison'],
  ['plan.', 'reminders:made-for.plan'],
  ['planning.duty:', 'reminders:made-for.duty'],
  ['planning.learning:', 'reminders:made-for.learning'],
  ['planning.', 'reminders:made-for.meeting'],
  ['organisations.', 'reminders:made-for.profile'],
]

/** What a reminder was generated from, as a key of messages; null: a person made it. */
export function madeForOf(origin: string | null): string | null {
  if (origin === null) return null
  return madeFor.find(([start]) => origin.startsWith(start))?.[1] ?? 'reminders:made-for.other'
}
