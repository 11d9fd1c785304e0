import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'

/** A request that is not carried out: `{ message }`, in the language of the page, which shows it as it is. */
export function problem(
  context: Context,
  status: ContentfulStatusCode,
  language: Language,
  key: string,
  values: Record<string, string | number> = {},
): Response {
  return context.json({ message: translate(language, key, values) }, status)
}

/** A request that came too early. @param wait Whole seconds. */
export function tooMany(context: Context, language: Language, wait: number): Response {
  context.header('Retry-After', String(wait))
  return problem(context, 429, language, 'web:too-many', { seconds: wait })
}
