import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Visit } from '../visit.ts'

type PageKey = Extract<KeyOf<'carriers'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

/** A text of the pages of carriers in the language of the screen. */
export type CarrierSay = (key: PageKey, values?: Record<string, string | number>) => string

export function carrierSay({ language }: Pick<Visit, 'language'>): CarrierSay {
  return (key, values = {}) => translate(language, `carriers:page.${key}`, values)
}
