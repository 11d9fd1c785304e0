import { converse } from './connection.js'
import { drawCard, element } from './draw-card.js'
import { say } from './page-data.js'

const dialog = document.getElementById('drawer')
const title = document.getElementById('drawer-title')
const body = document.getElementById('drawer-body')

/** Only the card asked for last is shown, however late another one comes. */
let latest = 0

document.getElementById('drawer-close').addEventListener('click', () => dialog.close())
dialog.addEventListener('click', (event) => {
  // The dialog itself is the target only where its backdrop was clicked.
  if (event.target === dialog) dialog.close()
})
dialog.addEventListener('close', () => {
  latest += 1
})

export function closeDrawer() {
  if (dialog.open) dialog.close()
}

/** Opens the drawer and shows the card that the action answers with; toasts go to `onToast`. */
export async function openBeside(path, request, press, onToast) {
  latest += 1
  const turn = latest
  const isLatest = () => turn === latest
  title.textContent = ''
  body.replaceChildren(waitingDots(say('loading')))
  // Focus returns to the pressed button when the dialog closes; the browser sees to it.
  if (!dialog.open) dialog.showModal()
  let shown = false
  try {
    await converse(path, request, (event, data) => {
      if (event === 'toast') onToast(data)
      if (event !== 'card' || !isLatest()) return
      shown = true
      title.textContent = data.title ?? ''
      body.replaceChildren(drawCard(data, press, { title: false }))
      body.scrollTop = 0
    })
    if (isLatest() && !shown) dialog.close()
    else if (isLatest()) title.focus()
  } catch (problem) {
    if (!isLatest()) return
    const retry = element('button', 'card-button card-button-plain', say('retry'))
    retry.type = 'button'
    retry.addEventListener('click', () => openBeside(path, request, press, onToast))
    body.replaceChildren(element('div', 'card card-error', element('p', 'card-text', problem.message), retry))
    retry.focus()
  }
}

/** Three dots that appear after 300 ms (by style sheet), so a quick answer does not flicker. */
export function waitingDots(label) {
  const dots = element('div', 'dots', element('span', 'unseen', label))
  for (let i = 0; i < 3; i += 1) dots.append(element('i', ''))
  return dots
}
