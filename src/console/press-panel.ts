import { html } from 'hono/html'
import type { Button, Card } from '../chat/card.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import { cardBlocks } from './card-blocks.ts'
import type { Fields } from './form-fields.ts'
import { csrfField } from './frame.ts'
import type { Pressed } from './page-desk.ts'
import { recordForm } from './record-form.ts'
import type { Visit } from './visit.ts'

const longestValue = 2000

/** A button of a card as a form of its own, so that it works without a script. @param address Of the page it stands on. */
export function pressButton(visit: Visit, address: string, button: Button): Html {
  return html`<form method="post" action="${address}/press">${csrfField(visit)}<input type="hidden" name="action" value="${button.action}"><input type="hidden" name="value" value="${JSON.stringify(button.value)}"><button${button.style === 'primary' ? html` class="primary"` : ''}>${button.label}</button></form>`
}

/** What a button or a form's page came to: the form to go on with, and the cards that a chat would show. */
export function pressedPanels(visit: Visit, address: string, { form, cards }: Pressed): Html {
  return html`${cards.map((card) => cardPanel(visit, address, card))}
${form === null ? '' : html`<section class="panel"><h2>${form.title}</h2>${recordForm(visit, form, `${address}/form`)}</section>`}`
}

/** Buttons that say something in a chat have no place on a page. */
function cardPanel(visit: Visit, address: string, { title, blocks }: Card): Html {
  return html`<section class="panel" role="status">${title === undefined ? '' : html`<h2>${title}</h2>`}${cardBlocks(blocks, (button) => (button.action === 'ask' ? '' : pressButton(visit, address, button)))}</section>`
}

/** A button as the page has made it. Throws PlainError where it is none of ours. */
export function buttonIn(fields: Fields): { action: string; value: Record<string, string> } {
  const [action, given] = [fields.text('action'), fields.text('value')]
  if (given.length > longestValue) throw new PlainError('console:not-understood')
  const value = parsed(given)
  const isFlat =
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string')
  if (!isFlat) throw new PlainError('console:not-understood')
  return { action, value: value as Record<string, string> }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
