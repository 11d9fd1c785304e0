import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Visit } from '../visit.ts'

type PageKey = Extract<KeyOf<'duty-pages'>, `yearly.${string}`> extends `yearly.${infer Rest}` ? Rest : never

/** A text of the pages of yearly duties in the language of the screen. */
export type DutySay = (key: PageKey, values?: Record<string, string | number>) => string

export function dutySay({ language }: Pick<Visit, 'language'>): DutySay {
  return (key, values = {}) => translate(language, `duty-pages:yearly.${key}`, values)
}
