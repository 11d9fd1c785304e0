import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Visit } from '../visit.ts'

type PageKey =
  Extract<KeyOf<'duty-pages'>, `reminders.${string}`> extends `reminders.${infer Rest}` ? Rest : never

/** A text of the pages of reminders in the language of the screen. */
export type ReminderSay = (key: PageKey, values?: Record<string, string | number>) => string

export function reminderSay({ language }: Pick<Visit, 'language'>): ReminderSay {
  return (key, values = {}) => translate(language, `duty-pages:reminders.${key}`, values)
}
