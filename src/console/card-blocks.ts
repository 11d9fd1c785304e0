import { html } from 'hono/html'
import type { Block, Button, Run } from '../chat/card.ts'
import type { Html } from '../platforms/web/plain-page.ts'

/**
 * A card of the chat as a part of a page: what stands there with its label becomes a list of both.
 * @param button What a button is on the page; empty: it is not shown.
 */
export function cardBlocks(blocks: readonly Block[], button: (button: Button) => Html | ''): Html {
  const parts: Html[] = []
  let facts: Html[] = []
  const endFacts = () => {
    if (facts.length > 0) parts.push(html`<dl class="record-content">${facts}</dl>`)
    facts = []
  }
  for (const block of blocks) {
    const labelled = block.type === 'text' ? labelOf(block.runs) : null
    if (labelled) {
      facts.push(html`<dt>${labelled.label}</dt><dd>${labelled.rest.map(runOf)}</dd>`)
      continue
    }
    endFacts()
    parts.push(blockOf(block, button))
  }
  endFacts()
  return html`${parts}`
}

/** `现状：…` as a label and what it labels; null where the block is something else. */
function labelOf([first, ...rest]: readonly Run[]): { label: string; rest: readonly Run[] } | null {
  const label = first?.strong && rest.length > 0 ? /^(.{1,60})[:：]\s*$/u.exec(first.text)?.[1] : undefined
  return label === undefined ? null : { label, rest }
}

function runOf({ text, strong }: Run): Html {
  return strong ? html`<strong>${text}</strong>` : html`${text}`
}

function blockOf(block: Block, button: (button: Button) => Html | ''): Html {
  switch (block.type) {
    case 'text':
      return html`<p class="prose">${block.runs.map(runOf)}</p>`
    case 'note':
      return html`<p class="small">${block.text}</p>`
    case 'quote':
      return html`<blockquote class="prose">${block.runs.map(runOf)}</blockquote>`
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${item.map(runOf)}</li>`)}</ul>`
    case 'table':
      return html`<div class="table" role="region" tabindex="0" aria-label="${block.header.join('、')}"><table><thead><tr>${block.header.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${block.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`
    case 'buttons': {
      const shown = block.buttons.map(button).filter((one) => one !== '')
      return shown.length === 0 ? html`` : html`<div class="actions">${shown}</div>`
    }
    case 'link':
      return html`<p><a href="${block.url}" rel="noopener noreferrer">${block.label}</a></p>`
    case 'picture':
      return html`<p><img class="picture" src="${block.url}" alt="${block.alt}" loading="lazy"></p>`
    case 'file':
    case 'document':
      return html`<p><a href="${block.url}" download="${block.name}">${block.name}</a></p>`
    case 'divider':
      return html`<hr>`
  }
}
