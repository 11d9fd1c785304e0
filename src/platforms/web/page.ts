import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Card } from '../../chat/card.ts'
import { type Language, languages } from '../../chat/language.ts'
import { catalogues, translate } from '../../messages/translate.ts'
import { fileExtensions } from './file-kind.ts'
import { largestFile, longestMessage, openFor } from './limits.ts'
import { renderCard } from './render-card.ts'
import type { SignedIn } from './visitor.ts'

const languageNames: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

/**
 * The chat page. Its script builds the conversation; what it needs to know stands in a block of data.
 * @param reader Whose page it is: another person at the same screen begins anew.
 */
export function renderPage(
  language: Language,
  welcome: Card,
  person: SignedIn | null,
  reader: string,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  const say = (key: string) => translate(language, `web:${key}`)
  const data = {
    language,
    welcome: renderCard(welcome),
    longestMessage,
    largestFile,
    fileTypes: fileExtensions.map((extension) => `.${extension}`).join(),
    openFor,
    reader,
    say: catalogues[language].web.client,
  }
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6f7f9">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#14171c">
<title>${say('title')}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${['base', 'chat', 'card', 'overlay', 'form'].map((name) => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
<script type="application/json" id="page-data">${raw(asScriptData(data))}</script>
<script type="module" src="/assets/chat.js"></script>
</head>
<body>
<header class="bar">
  <img class="bar-icon" src="/assets/icon.svg" alt="" width="28" height="28">
  <h1 class="bar-title">${say('title')}</h1>
  <button type="button" class="bar-button" id="new-conversation">${say('new-conversation')}</button>
  ${languages
    .filter((other) => other !== language)
    .map(
      (other) =>
        html`<a class="bar-button" href="/?language=${other}" hreflang="${other}" lang="${other}">${languageNames[other]}</a>`,
    )}
  ${
    person
      ? html`<span class="bar-person" id="person" title="${say('signed-in-as')}">${person.name}</span>
  <form method="post" action="/sign-out"><input type="hidden" name="csrf" value="${person.csrf}"><button class="bar-button" id="sign-out">${say('sign-out')}</button></form>`
      : ''
  }
</header>
<div class="connection" id="connection" role="status" hidden></div>
<main class="scroller" id="scroller" tabindex="-1">
  <div class="column">
    <section class="welcome" id="welcome"></section>
    <ol class="conversation" id="conversation" aria-label="${say('conversation')}"></ol>
    <noscript><p class="no-script">${say('no-script')}</p></noscript>
  </div>
</main>
<footer class="foot">
  <form class="composer" id="composer">
    <button type="button" class="attach" id="attach" aria-label="${say('attach')}" title="${say('attach')}">
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="m19.5 11.5-7.8 7.8a4.6 4.6 0 0 1-6.5-6.5l8.3-8.3a3.1 3.1 0 0 1 4.4 4.4l-8.2 8.2a1.5 1.5 0 0 1-2.2-2.2l7.3-7.3" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>
    </button>
    <input type="file" class="unseen" id="file" tabindex="-1" aria-hidden="true" multiple accept="${data.fileTypes}">
    <label class="unseen" for="question">${say('question-label')}</label>
    <textarea id="question" rows="1" placeholder="${say('placeholder')}" autocomplete="off" enterkeyhint="send" aria-describedby="composer-hint"></textarea>
    <button type="submit" class="send" id="send" aria-label="${say('send')}" title="${say('send')}">
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M12 19V5M5.5 11.5 12 5l6.5 6.5" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>
    </button>
  </form>
  <p class="composer-hint" id="composer-hint">${say('hint')}</p>
</footer>
<dialog class="drawer" id="drawer" aria-labelledby="drawer-title">
  <div class="drawer-head">
    <h2 class="drawer-title" id="drawer-title" tabindex="-1"></h2>
    <button type="button" class="drawer-close" id="drawer-close" aria-label="${say('close')}" title="${say('close')}">
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>
    </button>
  </div>
  <div class="drawer-body" id="drawer-body"></div>
</dialog>
<div class="toasts" id="toasts" role="status" aria-live="polite"></div>
<div class="unseen" id="announcer" role="status" aria-live="polite"></div>
</body>
</html>`
}

/** JSON that cannot end the script element it stands in. */
function asScriptData(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
