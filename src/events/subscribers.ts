import type { EventName } from './events.ts'

/** Which features handle an event: the worker refuses to start with features that say otherwise. */
export const subscribers: Record<EventName, readonly string[]> = {
  'question.answered': ['policy'],
  'guest.known': ['forms', 'submissions', 'events'],
  'submission.sent': ['campaigns'],
  'submission.ended': ['campaigns'],
}
