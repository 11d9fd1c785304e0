import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { clauseName, type HelpDesk, type Named, type RequestStatus } from '../../features/help/port.ts'
import type { Followed, SubmissionsDesk } from '../../features/submissions/port.ts'
import { longestComment } from '../../features/submissions/port.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { type Html, plainPage, refuse } from '../../platforms/web/plain-page.ts'
import { isFromOwnPage } from '../../platforms/web/same-origin.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import { fieldsOf } from '../form-fields.ts'
import { largestForm } from '../limits.ts'

export interface ReceiptOptions {
  help: HelpDesk
  entries: SubmissionsDesk
  trustProxy: TrustsProxy
}

/**
 * `GET /receipt` asks for the number and the code that a guest was given, `POST /receipt` shows the reply, or what
 * became of what was sent in. Numbers that exist and those that do not are told alike; wrong ones are counted by network
 * address.
 */
export function createReceiptPage({ help, entries, trustProxy }: ReceiptOptions): Hono {
  const app = new Hono()

  const ask = (context: Context, status: 200 | 404 | 429, text: string, number = '') => {
    const language = screenLanguage(context)
    const more = html`<form method="post" action="/receipt" class="plain-form">
<label>${translate(language, 'help:receipt.number')}<input name="number" value="${number}" placeholder="WD-2026-0001" maxlength="30" autocomplete="off" required></label>
<label>${translate(language, 'help:receipt.code')}<input name="code" maxlength="12" autocomplete="off" autocapitalize="characters" spellcheck="false" required></label>
<button class="plain-button">${translate(language, 'help:receipt.find')}</button></form>`
    return plainPage(context, status, {
      title: translate(language, 'help:receipt.page-title'),
      text,
      language,
      more,
    })
  }

  app.get('/receipt', (context) =>
    ask(context, 200, translate(screenLanguage(context), 'help:receipt.page-text')),
  )

  const small = bodyLimit({
    maxSize: largestForm,
    onError: (context) => refuse(context, 413, 'console:too-large'),
  })

  app.post('/receipt', small, async (context) => {
    if (!isFromOwnPage(context)) return refuse(context, 403, 'console:stale-form')
    const language = screenLanguage(context)
    const { text } = await fieldsOf(context)
    const number = text('number').slice(0, 30)
    const code = text('code').replaceAll(/\s/g, '').slice(0, 12)
    const address = clientAddress(context, trustProxy)
    // Events have a page of their own for this.
    if (/^\s*hd/i.test(number.normalize('NFKC')))
      return context.redirect(`/e/${encodeURIComponent(number.trim())}/registration`, 303)
    // Requests for resources have a page of their own, to which the form is sent on as it is (307 keeps it).
    if (/^\s*yy/i.test(number.normalize('NFKC'))) return context.redirect('/open-day/receipt', 307)
    // Questions have numbers of their own, and each wrong code is counted once.
    if (!/^\s*wd/i.test(number.normalize('NFKC'))) {
      const receipt = { number, code, who: `address ${address}` }
      const done = await carryOut(entries, receipt, text('do'), text('comment'), text('sure'))
      const sent = await entries.fetch(receipt, language)
      return sent.outcome === 'found'
        ? showFollowed(context, sent.followed, { number, code, told: done })
        : ask(
            context,
            sent.outcome === 'wrong' ? 404 : 429,
            translate(language, `help:receipt.${sent.outcome}`),
            number,
          )
    }
    const found = await help.fetch({ number, code, address })
    if (found.outcome !== 'found') {
      const status = found.outcome === 'wrong' ? 404 : 429
      return ask(context, status, translate(language, `help:receipt.${found.outcome}`), number)
    }
    const { request } = found.status.facts
    const title = `${request.number} · ${translate(language, `help:state.${request.state}`)}`
    const again = translate(language, 'help:receipt.again')
    const more = html`${replyOf(found.status, language)}<p class="plain-note"><a class="plain-link" href="/receipt">${again}</a></p>`
    return plainPage(context, 200, {
      title,
      text: translate(language, 'help:answered.question', { question: request.question }),
      language,
      more,
    })
  })
  return app
}

/** What the author wants done; gives the key of what is told about it, empty where there is nothing to tell. */
async function carryOut(
  entries: SubmissionsDesk,
  receipt: { number: string; code: string; who: string },
  wanted: string,
  comment: string,
  sure: string,
): Promise<string> {
  const isLast = wanted === 'withdraw' || wanted === 'erase'
  if (wanted !== 'comment' && !(isLast && sure === 'yes')) return ''
  try {
    if (wanted === 'comment') await entries.comment(receipt, comment)
    else if (wanted === 'erase') await entries.erase(receipt)
    else await entries.withdraw(receipt)
    return `submissions:page.done-${wanted}`
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return error.key
  }
}

function showFollowed(
  context: Context,
  { title, state, progress, published, mayComment, mayWithdraw, mayErase }: Followed,
  { number, code, told }: { number: string; code: string; told: string },
) {
  const language = screenLanguage(context)
  const word = (key: string) => translate(language, `submissions:page.${key}`)
  const form = (what: string, body: Html) =>
    html`<form method="post" action="/receipt" class="plain-form"><input type="hidden" name="number" value="${number}"><input type="hidden" name="code" value="${code}"><input type="hidden" name="do" value="${what}">${body}</form>`
  const more = html`${told === '' ? '' : html`<p class="plain-said" role="status"><strong>${translate(language, told, { most: longestComment })}</strong></p>`}
<h2>${word('progress')}</h2>
${progress.map(({ text, words }) => html`<p class="plain-note">${text}</p>${words === '' ? '' : html`<p class="plain-said">${words}</p>`}`)}
${published === '' ? '' : html`<h2>${word('published')}</h2><p class="plain-said">${published}</p>`}
${mayComment ? form('comment', html`<label>${word('comment')}<textarea name="comment" rows="3" maxlength="${longestComment}" required></textarea></label><button class="plain-button">${word('send')}</button>`) : ''}
${mayWithdraw ? form('withdraw', html`<label class="plain-choice"><input type="checkbox" name="sure" value="yes" required> ${word('withdraw-sure')}</label><button class="plain-quiet">${word('withdraw')}</button>`) : ''}
${mayErase ? form('erase', html`<label class="plain-choice"><input type="checkbox" name="sure" value="yes" required> ${word('erase-sure')}</label><button class="plain-quiet">${word('erase')}</button>`) : ''}
<p class="plain-note"><a class="plain-link" href="/receipt">${translate(language, 'help:receipt.again')}</a></p>`
  return plainPage(context, 200, { title, text: state, language, more })
}

function replyOf({ facts, supplements, clause }: RequestStatus, language: 'zh-CN' | 'en'): Html {
  const { request, answeredBy } = facts
  const by = (one: Named) =>
    translate(language, one.organisation === '' ? 'help:answered.by-alone' : 'help:answered.by', { ...one })
  const paragraph = (text: string) => html`<p class="plain-said">${text}</p>`
  const note = (text: string) => html`<p class="plain-note">${text}</p>`
  if (request.reply === null && request.close_reason === null) {
    return request.state === 'open' ? paragraph(translate(language, 'help:receipt.waiting')) : html``
  }
  return html`${request.reply === null ? '' : paragraph(request.reply)}${
    request.close_reason === null ? '' : paragraph(request.close_reason)
  }${clause ? note(clauseName(clause, language)) : ''}${answeredBy ? note(by(answeredBy)) : ''}${supplements.map(
    (supplement) => html`${paragraph(supplement.text)}${note(by(supplement.by))}`,
  )}`
}
