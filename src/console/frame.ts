import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Language, languages } from '../chat/language.ts'
import { type Action, can } from '../people/can.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import type { ConsoleKey } from './say.ts'
import { canSomewhere, type Visit, wholeHouse } from './visit.ts'

interface Section {
  path: string
  /** Key of its name. */
  title: ConsoleKey
  action: Action
  /** Only for those who may do it in a root: it shows the whole house. */
  whole?: true
  /** Only where tables can be pushed. */
  pushes?: true
}

interface Group {
  /** Key of its name. */
  title: ConsoleKey
  sections: readonly Section[]
}

/** The pages of the navigation, in order: those about the same stand together. */
const groups: readonly Group[] = [
  {
    title: 'nav.of-people',
    sections: [
      { path: '/console/people', title: 'nav.people', action: 'organisation.view' },
      { path: '/console/import', title: 'nav.import', action: 'people.import', whole: true },
      { path: '/console/calendar', title: 'nav.calendar', action: 'calendar.view' },
    ],
  },
  {
    title: 'nav.of-knowledge',
    sections: [
      { path: '/console/knowledge', title: 'nav.knowledge', action: 'knowledge.view' },
      { path: '/console/gaps', title: 'nav.gaps', action: 'gaps.view' },
      { path: '/console/hints', title: 'nav.hints', action: 'gaps.view' },
    ],
  },
  {
    title: 'nav.of-work',
    sections: [
      { path: '/console/submissions', title: 'nav.submissions', action: 'submission.view' },
      { path: '/console/reviews', title: 'nav.reviews', action: 'submission.review' },
      { path: '/console/statistics', title: 'nav.statistics', action: 'submission.view' },
      { path: '/console/ledgers', title: 'nav.ledgers', action: 'submission.export' },
      { path: '/console/awards', title: 'nav.awards', action: 'submission.view' },
      { path: '/console/experts', title: 'nav.experts', action: 'submission.import' },
      { path: '/console/help', title: 'nav.help', action: 'help.view' },
      { path: '/console/entries', title: 'nav.entries', action: 'submission.enter' },
    ],
  },
  {
    title: 'nav.of-events',
    sections: [
      { path: '/console/events', title: 'nav.events', action: 'event.view' },
      { path: '/console/resources', title: 'nav.resources', action: 'resource.edit' },
      { path: '/console/carriers', title: 'nav.carriers', action: 'carrier.view' },
    ],
  },
  {
    title: 'nav.of-campaigns',
    sections: [
      { path: '/console/campaigns', title: 'nav.campaigns', action: 'campaign.view' },
      { path: '/console/notices', title: 'nav.notices', action: 'notice.make' },
      { path: '/console/collections', title: 'nav.collections', action: 'collection.view' },
      { path: '/console/consultations', title: 'nav.consultations', action: 'consultation.make' },
      { path: '/console/assessments', title: 'nav.assessments', action: 'assessment.view' },
      { path: '/console/honours', title: 'nav.honours', action: 'assessment.view' },
      { path: '/console/summaries', title: 'nav.summaries', action: 'summary.make' },
    ],
  },
  {
    title: 'nav.of-duties',
    sections: [
      { path: '/console/reminders', title: 'nav.reminders', action: 'reminder.view' },
      { path: '/console/organisations', title: 'nav.organisations', action: 'profile.view' },
      { path: '/console/plans', title: 'nav.plans', action: 'plan.view' },
      { path: '/console/liaison', title: 'nav.liaison', action: 'liaison.view' },
      { path: '/console/duties', title: 'nav.duties', action: 'plan.view' },
      { path: '/console/report-meetings', title: 'nav.report-meetings', action: 'plan.view' },
      { path: '/console/learning', title: 'nav.learning', action: 'plan.view' },
      { path: '/console/rules-reviews', title: 'nav.rules-reviews', action: 'plan.view' },
    ],
  },
  {
    title: 'nav.of-running',
    sections: [
      { path: '/console/pushes', title: 'nav.pushes', action: 'console.open', pushes: true },
      { path: '/console/outbox', title: 'nav.outbox', action: 'outbox.resend', whole: true },
      { path: '/console/system', title: 'nav.system', action: 'system.view', whole: true },
    ],
  },
]

export const sections: readonly Section[] = groups.flatMap((group) => group.sections)

/** Whether the page is open to the visitor: it stands in the navigation just then. */
export function mayOpen({ actor, hasOnlineTables }: Visit, section: Section): boolean {
  if (section.pushes && !hasOnlineTables) return false
  return section.whole ? can(actor, section.action, wholeHouse) : canSomewhere(actor, section.action)
}

export interface ConsolePage {
  title: string
  body: Html
  /** The section that is marked as the current one. */
  section?: string
  status?: ContentfulStatusCode
}

/** A page of the console around its body: navigation, who is signed in, the other language, the way out. */
export function consolePage(visit: Visit, { title, body, section, status = 200 }: ConsolePage) {
  const { context, language, say, who } = visit
  const names = { 'zh-CN': '中文', en: 'English' } as const
  context.header('Content-Language', language)
  return context.html(
    html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · ${say('title')}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/base.css">
<link rel="stylesheet" href="/console/assets/console.css">
<link rel="stylesheet" href="/console/assets/content.css">
<link rel="stylesheet" href="/console/assets/submissions.css">
<link rel="stylesheet" href="/console/assets/events.css">
<script type="module" src="/console/assets/console.js"></script>
</head>
<body class="console">
<a class="skip" href="#main">${say('skip')}</a>
<div class="console-side">
<header class="console-bar">
  <a class="console-name" href="/console"><img src="/assets/icon.svg" alt="" width="28" height="28"><span>${say('title')}</span></a>
  <button type="button" class="menu-button" popovertarget="menu">${say('nav.menu')}</button>
</header>
<div class="console-menu" id="menu" popover>
<nav class="console-nav" aria-label="${say('nav.label')}">
${groups.map((group) => navGroup(visit, group, section))}
</nav>
<div class="console-who">
  <span class="console-person" title="${who.name}">${who.name}</span>
  <a href="/" class="quiet">${say('to-chat')}</a>
  ${languages.filter((other) => other !== language && isOpenable(context)).map((other) => html`<a class="quiet" href="${sameIn(context, other)}" hreflang="${other}" lang="${other}">${names[other]}</a>`)}
  <form method="post" action="/console/sign-out">${csrfField(visit)}<button class="quiet">${say('sign-out')}</button></form>
</div>
</div>
</div>
<main class="console-main" id="main" tabindex="-1">
${body}
</main>
</body>
</html>`,
    status,
  )
}

/** A group of the navigation with the pages that are open to the visitor; nothing where there are none. */
function navGroup(visit: Visit, { title, sections }: Group, current: string | undefined): Html | '' {
  const { say } = visit
  const shown = sections.filter((one) => mayOpen(visit, one))
  if (shown.length === 0) return ''
  return html`<p class="nav-group" id="${title}">${say(title)}</p>
<ul aria-labelledby="${title}">${shown.map((one) => html`<li><a href="${one.path}"${one.path === current ? html` aria-current="page"` : ''}>${say(one.title)}</a></li>`)}</ul>`
}

/** Whether the page can be opened again by its address: what a form gave cannot, and a link shown once would be lost. */
function isOpenable({ req }: Context): boolean {
  return req.method !== 'POST'
}

/** The address of the page in another language, with the search or the organisation it shows. */
function sameIn({ req }: Context, language: Language): string {
  const query = new URL(req.url).searchParams
  query.set('language', language)
  return `?${query}`
}

/** The field that every form carries. */
export function csrfField({ csrf }: Visit): Html {
  return html`<input type="hidden" name="csrf" value="${csrf}">`
}

/** A number, a day or a moment stays on one line, and what is long gets room for words. */
function widthOf(cell: string | Html): Html | '' {
  if (typeof cell !== 'string') return ''
  if (/^[\d :-]{1,16}$/.test(cell)) return html` class="short"`
  return cell.length > 14 ? html` class="long"` : ''
}

/** A table in a box of its own that scrolls, so that the page does not, at 375 pixels. */
export function table(
  label: string,
  header: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  return html`<div class="table" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${header.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td${widthOf(cell)}>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`
}
