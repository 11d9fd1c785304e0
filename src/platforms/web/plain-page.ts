import type { Context } from 'hono'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { problem } from './problem.ts'
import { screenLanguage } from './screen-language.ts'

/** Markup whose values were escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** A whole page that says one thing, such as why a request is not carried out; it leads back to the chat or, with `more`, goes on. */
export function plainPage(
  context: Context,
  status: ContentfulStatusCode,
  { title, text, language, more }: { title: string; text: string; language: Language; more?: Html },
): Response | Promise<Response> {
  context.header('Cache-Control', 'no-store')
  context.header('Content-Language', language)
  return context.html(
    html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/base.css">
<link rel="stylesheet" href="/assets/plain-page.css">
</head>
<body class="plain-page">
<main class="plain-box">
  <img src="/assets/icon.svg" alt="" width="44" height="44">
  <h1>${title}</h1>
  <p>${text}</p>
  ${more ?? html`<p><a class="plain-link" href="/">${translate(language, 'web:to-chat')}</a></p>`}
</main>
</body>
</html>`,
    status,
  )
}

/** A refusal for whoever asked: a page for a browser that wants to show one, else JSON. */
export function refuse(
  context: Context,
  status: ContentfulStatusCode,
  key: string,
  values: Record<string, string | number> = {},
): Response | Promise<Response> {
  const language = screenLanguage(context)
  if (!context.req.header('accept')?.includes('text/html')) {
    return problem(context, status, language, key, values)
  }
  const title = translate(language, refusalTitle(status))
  return plainPage(context, status, { title, text: translate(language, key, values), language })
}

/** What stands above a refusal, by its status. */
export function refusalTitle(status: number): string {
  if (status === 401) return 'web:sign-in-first'
  return status === 404 ? 'web:not-found' : 'web:not-done'
}
