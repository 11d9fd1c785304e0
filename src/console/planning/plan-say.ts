import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Visit } from '../visit.ts'

type PageKey = Extract<KeyOf<'duty-pages'>, `plans.${string}`> extends `plans.${infer Rest}` ? Rest : never

/** A text of the pages of annual plans in the language of the screen. */
export type PlanSay = (key: PageKey, values?: Record<string, string | number>) => string

export function planSay({ language }: Pick<Visit, 'language'>): PlanSay {
  return (key, values = {}) => translate(language, `duty-pages:plans.${key}`, values)
}
