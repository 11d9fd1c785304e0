import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { Language } from '../../chat/language.ts'
import { showTime } from '../../features/resources/booking/facts.ts'
import { longestReason } from '../../features/resources/booking/settle.ts'
import type { ResourcesContext } from '../../features/resources/context.ts'
import { type Followed, followReceipt, type Wanted } from '../../features/resources/open-day/receipt.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { type Html, plainPage, refuse } from '../../platforms/web/plain-page.ts'
import { isFromOwnPage } from '../../platforms/web/same-origin.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { type Fields, fieldsOf } from '../form-fields.ts'
import { largestForm } from '../limits.ts'

export interface OpenDayReceiptOptions {
  resources: ResourcesContext
  trustProxy: TrustsProxy
  /** What says why nothing is shown; null: it is. */
  barred(context: Context): Response | Promise<Response> | null
}

/** Adds `/open-day/receipt`: the answer to a request by number and code, and what its unit can do about it. */
export function addOpenDayReceipt(app: Hono, { resources, trustProxy, barred }: OpenDayReceiptOptions): void {
  const { store } = resources
  const ask = (context: Context, status: 200 | 404 | 429, text: string, number = '') => {
    const language = screenLanguage(context)
    const word = (key: string) => translate(language, `resources:page.${key}`)
    return plainPage(context, status, {
      title: word('receipt-title'),
      text: word(text),
      language,
      more: html`<form method="post" action="/open-day/receipt" class="plain-form">
<label>${word('number')}<input name="number" value="${number}" placeholder="YY-2026-0001" maxlength="30" autocomplete="off" required></label>
<label>${word('code')}<input name="code" maxlength="12" autocomplete="off" autocapitalize="characters" spellcheck="false" required></label>
<button class="plain-button">${word('find')}</button></form>`,
    })
  }

  app.get('/open-day/receipt', (context) => barred(context) ?? ask(context, 200, 'receipt-text'))

  const small = bodyLimit({
    maxSize: largestForm,
    onError: (context) => refuse(context, 413, 'console:too-large'),
  })

  app.post('/open-day/receipt', small, async (context) => {
    if (!isFromOwnPage(context)) return refuse(context, 403, 'console:stale-form')
    const stop = barred(context)
    if (stop) return stop
    const language = screenLanguage(context)
    const fields = await fieldsOf(context)
    const receipt = {
      number: fields.text('number').slice(0, 30),
      code: fields.text('code').replaceAll(/\s/g, '').slice(0, 12),
      who: `address ${clientAddress(context, trustProxy)}`,
    }
    const follow = (wanted: Wanted) =>
      store.transaction(async (trx) => followReceipt(trx, resources, receipt, wanted, await store.now(trx)))
    const wanted = wantedOf(fields)
    let told = ''
    // What cannot be done is said above how it stands.
    const found = await follow(wanted).catch((error: unknown) => {
      if (!(error instanceof PlainError)) throw error
      told = translate(language, error.key, error.values)
      return follow({ do: 'look' })
    })
    if (found.outcome !== 'found')
      return ask(context, found.outcome === 'wrong' ? 404 : 429, found.outcome, receipt.number)
    if (wanted.do !== 'look') resources.wakeWorkers()
    const { number } = found.followed.facts.booking
    return plainPage(context, 200, {
      title: translate(language, 'resources:card.booking', {
        number,
        state: translate(language, `resources:state.${found.followed.facts.booking.state}`),
      }),
      text: told,
      language,
      more: html`${followedBody(found.followed, language)}${deeds(found.followed, receipt, language)}
<p class="plain-note"><a class="plain-link" href="/open-day/receipt">${translate(language, 'resources:page.again')}</a></p>`,
    })
  })
}

function wantedOf({ text }: Fields): Wanted {
  const wanted = text('do')
  if (wanted === 'rate') return { do: 'rate', rating: Number(text('rating')), comment: text('comment') }
  // Pressed by mistake it would be gone, so the box has to be ticked.
  if (wanted === 'give-up' && text('sure') === 'yes') return { do: wanted }
  return wanted === 'accept' ? { do: wanted } : { do: 'look' }
}

function followedBody({ facts, history }: Followed, language: Language): Html {
  const { booking, resource, details, today } = facts
  const fact = (key: string) => translate(language, `resources:fact.${key}`)
  const lines: [string, string][] = [
    [fact('resource'), resource.title],
    [fact('time'), showTime(booking, resource.time_zone, language, today)],
    [fact('place'), resource.place],
    [fact('people'), String(booking.people)],
    [fact('purpose'), details?.purpose ?? ''],
    [fact('reason'), booking.reason],
    [fact('rules'), booking.state === 'confirmed' ? resource.rules : ''],
    [fact('call'), resource.contact],
  ]
  return html`<dl class="plain-facts">${lines.filter(([, value]) => value !== '').map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
${history.map(({ what, at }) => html`<p class="plain-note">${minuteInChina(new Date(at))} ${translate(language, `resources:happened.${what}`)}</p>`)}`
}

function deeds(
  { moves, mayRate }: Followed,
  { number, code }: { number: string; code: string },
  language: Language,
): Html {
  const word = (key: string) => translate(language, `resources:page.${key}`)
  const form = (what: string, body: Html) =>
    html`<form method="post" action="/open-day/receipt" class="plain-form"><input type="hidden" name="number" value="${number}"><input type="hidden" name="code" value="${code}"><input type="hidden" name="do" value="${what}">${body}</form>`
  return html`${moves.includes('accept') ? form('accept', html`<button class="plain-button">${translate(language, 'resources:do.accept')}</button>`) : ''}
${moves.includes('give-up') ? form('give-up', html`<label class="plain-choice"><input type="checkbox" name="sure" value="yes" required> ${word('sure')}</label><button class="plain-quiet">${translate(language, 'resources:do.give-up')}</button>`) : ''}
${mayRate ? form('rate', html`<label>${translate(language, 'resources:rate.rating')}<select name="rating">${['5', '4', '3', '2', '1'].map((stars) => html`<option value="${stars}">${translate(language, `resources:rate.stars-${stars}`)}</option>`)}</select></label><label>${translate(language, 'resources:rate.comment')}<textarea name="comment" rows="3" maxlength="${longestReason}"></textarea></label><button class="plain-button">${translate(language, 'resources:do.rate')}</button>`) : ''}`
}
