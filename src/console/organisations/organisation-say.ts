import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Visit } from '../visit.ts'

type PageKey =
  Extract<KeyOf<'duty-pages'>, `organisations.${string}`> extends `organisations.${infer Rest}` ? Rest : never

/** A text of the pages of organisations in the language of the screen. */
export type OrganisationSay = (key: PageKey, values?: Record<string, string | number>) => string

export function organisationSay({ language }: Pick<Visit, 'language'>): OrganisationSay {
  return (key, values = {}) => translate(language, `duty-pages:organisations.${key}`, values)
}
