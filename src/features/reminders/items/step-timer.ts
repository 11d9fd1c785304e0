/** The kind of the timer of an item's next step; its id is `reminders.step:ITEM`. */
export const stepTimer = 'reminders.step'

export function stepTimerOf(item: string): string {
  return `${stepTimer}:${item}`
}
