import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Visit } from '../visit.ts'

/** A text of the pages of events in the language of the screen. */
export type EventSay = (key: KeyOf<'event-pages'>, values?: Record<string, string | number>) => string

export function eventSay({ language }: Pick<Visit, 'language'>): EventSay {
  return (key, values = {}) => translate(language, `event-pages:${key}`, values)
}
