import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type Language, languages } from '../../chat/language.ts'
import { isSecure } from './guest.ts'
import { guestKeptFor } from './limits.ts'

const cookieName = 'kexie_language'

/** The language of the page: the one chosen by hand, else the first of the browser's that we speak, else Chinese. */
export function screenLanguage(context: Context): Language {
  return (
    asLanguage(getCookie(context, cookieName)) ??
    preferredLanguage(context.req.header('accept-language')) ??
    'zh-CN'
  )
}

/** Keeps the choice of `?language=`; false where that is no language of ours. */
export function chooseLanguage(context: Context, chosen: string): boolean {
  const language = asLanguage(chosen)
  if (!language) return false
  setCookie(context, cookieName, language, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: guestKeptFor,
    secure: isSecure(context),
  })
  return true
}

/** The best of an Accept-Language header by its weights (RFC 9110, 12.5.4); any Chinese is ours. */
export function preferredLanguage(header: string | undefined): Language | undefined {
  const wanted = (header ?? '').split(',').map((part, order) => {
    const [tag = '', ...parameters] = part.trim().split(';')
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
    return { tag: tag.toLowerCase(), weight: weight === undefined ? 1 : Number(weight), order }
  })
  wanted.sort((one, other) => other.weight - one.weight || one.order - other.order)
  for (const { tag, weight } of wanted) {
    if (weight === 0) continue
    if (/^zh(-|$)/.test(tag)) return 'zh-CN'
    if (/^en(-|$)/.test(tag)) return 'en'
  }
  return undefined
}

function asLanguage(text: string | undefined): Language | undefined {
  return languages.find((language) => language === text)
}
