import { drawCard, element } from './draw-card.js'
import { say } from './page-data.js'

const dialog = document.getElementById('drawer')
const title = document.getElementById('drawer-title')
const body = document.getElementById('drawer-body')

/** Only what was asked for last is shown, however late something else comes. */
let latest = 0
/** What closing by the person's own hand does first; false keeps the drawer open. */
let beforeClose = async () => true

document.getElementById('drawer-close').addEventListener('click', leave)
dialog.addEventListener('click', (event) => {
  // The dialog itself is the target only where its backdrop was clicked; what is being filled in is not left so easily.
  if (event.target === dialog && !isFilledIn()) dialog.close()
})
dialog.addEventListener('cancel', (event) => {
  if (!isFilledIn()) return
  event.preventDefault()
  leave()
})
dialog.addEventListener('close', () => {
  latest += 1
  body.replaceChildren()
  beforeClose = async () => true
})

async function leave() {
  const turn = latest
  if ((await beforeClose()) && turn === latest) dialog.close()
}

function isFilledIn() {
  return body.querySelector('form') !== null
}

export function isInDrawer(control) {
  return dialog.contains(control)
}

export function closeDrawer() {
  if (dialog.open) dialog.close()
}

/** Opens the drawer to wait for what comes; `isLatest` tells whether it is still waited for. */
export function openDrawer() {
  const turn = begin()
  title.textContent = ''
  body.replaceChildren(waitingDots(say('loading')))
  return { isLatest: () => turn === latest && dialog.open }
}

export function showCard(card, press) {
  begin()
  title.textContent = card.title ?? ''
  body.replaceChildren(drawCard(card, press, { title: false }))
  body.scrollTop = 0
  title.focus()
}

/**
 * Shows what is filled in.
 * @param onLeave Asked when the person closes the drawer; resolves to false where it has to stay.
 */
export function showInDrawer(heading, content, onLeave) {
  begin()
  beforeClose = onLeave
  title.textContent = heading
  body.replaceChildren(content)
  body.scrollTop = 0
}

export function focusDrawerTitle() {
  title.focus()
}

export function drawerFails(problem, again) {
  const card = element('div', 'card card-error', element('p', 'card-text', problem.message))
  body.replaceChildren(card)
  if (problem.final) return
  const retry = element('button', 'card-button card-button-plain', say('retry'))
  retry.type = 'button'
  retry.addEventListener('click', again)
  card.append(retry)
  retry.focus()
}

function begin() {
  latest += 1
  beforeClose = async () => true
  // Focus returns to the pressed button when the dialog closes; the browser sees to it.
  if (!dialog.open) dialog.showModal()
  return latest
}

/** Three dots that appear after 300 ms (by style sheet), so a quick answer does not flicker. */
export function waitingDots(label) {
  const dots = element('div', 'dots', element('span', 'unseen', label))
  for (let i = 0; i < 3; i += 1) dots.append(element('i', ''))
  return dots
}
