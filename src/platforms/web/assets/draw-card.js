import { say } from './page-data.js'

/** An element with a class and children; texts become text nodes, never markup. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...children)
  return made
}

/**
 * The blocks of a card as elements. `press(button, control)` is called when a button is pressed.
 * The title is drawn unless `title` is false (the drawer shows it in its own head).
 */
export function drawCard(card, press, { title = true } = {}) {
  const root = element('div', `card card-${card.tone}`)
  if (title && card.title) root.append(element('h2', 'card-title', card.title))
  for (const block of card.blocks) root.append(drawBlock(block, press))
  return root
}

const drawers = {
  text: (block) => element('p', 'card-text', ...drawRuns(block.runs)),
  quote: (block) => {
    const quote = element('blockquote', 'card-quote', element('p', '', ...drawRuns(block.runs)))
    if (!block.source) return quote
    return element('figure', 'card-figure', quote, element('figcaption', 'card-source', block.source))
  },
  note: (block) => element('p', 'card-note', block.text),
  list: (block) =>
    element('ul', 'card-list', ...block.items.map((item) => element('li', '', ...drawRuns(item)))),
  table: drawTable,
  buttons: drawButtons,
  link: drawLink,
  file: drawFile,
  picture: drawPicture,
  document: drawDocument,
  divider: () => element('hr', 'card-divider'),
}

function drawBlock(block, press) {
  return drawers[block.type](block, press)
}

function drawRuns(runs) {
  return runs.map((run) => {
    if (run.mark) return element('mark', run.strong ? 'strong' : '', run.text)
    return run.strong ? element('strong', '', run.text) : document.createTextNode(run.text)
  })
}

/** The table scrolls in a box of its own, which takes the focus so that the arrow keys reach it. */
function drawTable(block) {
  const head = element('tr', '', ...block.header.map((text) => element('th', '', text)))
  for (const cell of head.children) cell.scope = 'col'
  const rows = block.rows.map((row) => element('tr', '', ...row.map((text) => element('td', '', text))))
  const box = element(
    'div',
    'card-table',
    element('table', '', element('thead', '', head), element('tbody', '', ...rows)),
  )
  box.tabIndex = 0
  box.setAttribute('role', 'region')
  box.setAttribute('aria-label', say('table'))
  return box
}

function drawButtons(block, press) {
  const box = element('div', 'card-buttons')
  for (const button of block.buttons) {
    const control = element('button', `card-button card-button-${button.style ?? 'plain'}`, button.label)
    control.type = 'button'
    control.dataset.action = button.action
    control.dataset.value = JSON.stringify(button.value)
    if (button.opens === 'beside') control.setAttribute('aria-haspopup', 'dialog')
    if (isChoice(button, block.buttons)) control.setAttribute('aria-pressed', 'false')
    control.addEventListener('click', () => press(button, control))
    box.append(control)
  }
  return box
}

/** Opens beside the conversation, which stays; the other page learns nothing of this one. */
function drawLink(block) {
  const link = element('a', 'card-button card-button-primary card-link', block.label)
  link.href = block.url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  return element('p', 'card-buttons', link)
}

/** Saves the file from its text, which lies on the card, so that it needs no line to the bot any more. */
function drawFile(block) {
  const link = element('a', 'card-button card-link', block.name)
  link.href = `data:${block.mediaType},${encodeURIComponent(block.text)}`
  link.download = block.name
  return element('p', 'card-buttons', link)
}

/** The picture opens in its full size beside the conversation. */
function drawPicture(block) {
  const picture = element('img', 'card-picture')
  picture.src = block.url
  picture.alt = block.alt
  picture.loading = 'lazy'
  const link = element('a', '', picture)
  link.href = block.url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  return element('p', 'card-text', link)
}

function drawDocument(block) {
  const link = element('a', 'card-button card-link', block.name)
  link.href = block.url
  link.download = block.name
  return element('p', 'card-buttons', link)
}

/** 👍 and 👎: buttons of one action side by side that begin with a pictogram show which one was pressed. */
function isChoice(button, siblings) {
  return (
    /^\p{Extended_Pictographic}/u.test(button.label) &&
    siblings.some((other) => other !== button && other.action === button.action)
  )
}

/** A card as plain text, for the clipboard. */
export function cardAsText(card) {
  const line = (runs) => runs.map((run) => run.text).join('')
  const texts = {
    text: (block) => line(block.runs),
    quote: (block) => (block.source ? `“${line(block.runs)}”\n——${block.source}` : `“${line(block.runs)}”`),
    note: (block) => block.text,
    list: (block) => block.items.map((item) => `· ${line(item)}`).join('\n'),
    table: (block) => [block.header, ...block.rows].map((row) => row.join('\t')).join('\n'),
    buttons: () => '',
    link: (block) => `${block.label}\n${block.url}`,
    file: (block) => block.name,
    picture: (block) => block.alt,
    document: (block) => block.name,
    divider: () => '',
  }
  return [card.title ?? '', ...card.blocks.map((block) => texts[block.type](block))]
    .filter(Boolean)
    .join('\n\n')
}
