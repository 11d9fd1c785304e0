import { copyText } from './copy-text.js'
import { cardAsText, drawCard, element } from './draw-card.js'
import { waitingDots } from './drawer.js'
import { announce, toast } from './notify.js'
import { pageData, say } from './page-data.js'
import { followEnd } from './scroll.js'
import { saveTab, tab } from './tab-state.js'

const list = document.getElementById('conversation')
const welcome = document.getElementById('welcome')

/** What stands in the conversation, by the id of the message; of a question also what waits or has failed below it. */
const items = new Map()
let press

/** @param onPress `(button, control, message)` is called when a button of a card is pressed. */
export function startConversation(onPress) {
  press = onPress
}

/** False where it was empty already. */
export function clearConversation() {
  if (items.size === 0) return false
  for (const { timer } of items.values()) clearTimeout(timer)
  items.clear()
  list.replaceChildren()
  showWelcome()
  return true
}

export function showWelcome() {
  welcome.hidden = items.size > 0
}

/** Shows a message in its latest state; what belongs to another conversation of this chat only if it came late. */
export function showMessage(message, isLive) {
  const isHere = message.thread === tab.conversation || message.thread === ''
  if (message.from === 'person') {
    if (!isHere || items.has(message.id)) return
    showQuestion(message)
    if (isLive) followEnd.ifNear()
    return
  }
  if (!isHere && !message.late && !items.has(message.id)) return
  const known = items.get(message.id)
  if (known && known.seq >= message.seq) return
  const item = known ?? addAnswer(message)
  item.seq = message.seq
  drawAnswer(item, message)
  if (!isLive) return
  if (!message.open) announce(cardAsText(message.card))
  // What answers no question in sight (a form that was sent in) has nothing above it to be read from.
  const standsAlone = !known && !items.has(message.replyTo)
  followEnd.ifNear(message.late || standsAlone ? item.node : undefined)
}

/** The person's own words, or files, at once; dots below them until the answer comes. */
export function showQuestion({ id, text, files, at }) {
  const bubble = element('div', 'bubble', element('span', 'unseen', `${say('you')}: `))
  if (text) bubble.append(element('span', '', text))
  for (const file of files) bubble.append(element('span', 'bubble-file', file.name))
  bubble.dir = 'auto'
  const node = element('li', 'turn turn-person', bubble)
  const item = { node, end: node, seq: 0 }
  items.set(id, item)
  welcome.hidden = true
  list.append(node)
  const left = pageData.openFor - (Date.now() - Date.parse(at))
  // Whether a file alone is answered depends on what is being done.
  if (text && left > 0) wait(item, left)
  return item
}

function wait(item, left) {
  const body = element('div', 'turn-body', waitingDots(say('waiting')))
  item.below = element('li', 'turn turn-bot', body)
  item.end.after(item.below)
  item.timer = setTimeout(() => body.replaceChildren(element('p', 'card-note', say('still-working'))), left)
}

function endWaiting(item) {
  clearTimeout(item.timer)
  item.below?.remove()
  item.below = undefined
}

/** The question could not be sent: says why below it, and tries again on request. */
export function showFailure(item, problem, retry) {
  endWaiting(item)
  const card = element('div', 'card card-error', element('p', 'card-text', problem.message))
  item.below = element('li', 'turn turn-bot', element('div', 'turn-body', card))
  item.end.after(item.below)
  announce(problem.message)
  followEnd.ifNear()
  if (problem.final) return
  const again = element('button', 'card-button card-button-primary', say('retry'))
  again.type = 'button'
  again.addEventListener('click', () => {
    endWaiting(item)
    wait(item, pageData.openFor)
    retry()
  })
  card.append(element('div', 'card-buttons', again))
}

/** An answer stands below its question, even if something else was asked meanwhile; what comes late, at the end. */
function addAnswer(message) {
  const body = element('div', 'turn-body')
  const node = element('li', 'turn turn-bot', element('span', 'unseen', `${say('bot')}: `))
  const note = noteFor(message)
  if (note) node.append(element('p', 'turn-note', note))
  node.append(body)
  const question = message.replyTo === null ? undefined : items.get(message.replyTo)
  if (question) endWaiting(question)
  if (question && !message.late) {
    question.end.after(node)
    question.end = node
  } else {
    list.append(node)
  }
  welcome.hidden = true
  const item = { node, body, end: node, seq: 0 }
  items.set(message.id, item)
  return item
}

function noteFor({ thread, late, asked }) {
  if (late && asked) return say('reply-to', { asked })
  return thread !== '' && thread !== tab.conversation ? say('reply-to-earlier') : ''
}

function drawAnswer(item, message) {
  clearTimeout(item.timer)
  redraw(item, message.card, message.id)
  item.foot?.remove()
  item.foot = message.open ? drawWriting() : drawFoot(message)
  item.node.append(item.foot)
  // Left open by a process that died: after this long nothing more is written.
  if (message.open) {
    item.timer = setTimeout(() => drawAnswer(item, { ...message, open: false }), pageData.openFor)
  }
}

/** Another card in place of the one whose button was pressed. */
export function replaceCard(id, card) {
  const item = items.get(id)
  if (item?.body) redraw(item, card, id)
}

function redraw(item, card, id) {
  const focused = item.body.contains(document.activeElement) ? document.activeElement.dataset : undefined
  item.body.replaceChildren(drawCard(card, (button, control) => press(button, control, id)))
  showPressed(item.body)
  if (!focused) return
  // Whoever was at a button stays at it.
  for (const control of item.body.querySelectorAll('button')) {
    if (control.dataset.action === focused.action && control.dataset.value === focused.value) control.focus()
  }
}

function drawWriting() {
  return element('div', 'turn-foot turn-writing', say('writing'))
}

function drawFoot(message) {
  const at = new Date(message.at)
  const isToday = at.toDateString() === new Date().toDateString()
  const time = element(
    'time',
    '',
    at.toLocaleString(pageData.language, {
      ...(isToday ? {} : { month: 'numeric', day: 'numeric' }),
      hour: '2-digit',
      minute: '2-digit',
    }),
  )
  time.dateTime = message.at
  const copy = element('button', 'quiet-button', say('copy'))
  copy.type = 'button'
  copy.addEventListener('click', async () => {
    toast((await copyText(cardAsText(message.card))) ? say('copied') : say('copy-failed'))
  })
  return element('div', 'turn-foot turn-done', copy, time)
}

const choiceKey = (control) => control.dataset.action + control.dataset.value

/** One of several choices side by side is pressed now, and the others no more. */
export function keepPressed(control) {
  if (!control.hasAttribute('aria-pressed')) return
  for (const sibling of control.parentElement.children) {
    if (sibling.dataset.action === control.dataset.action) delete tab.pressed[choiceKey(sibling)]
  }
  tab.pressed[choiceKey(control)] = true
  saveTab()
  showPressed(control.parentElement)
}

function showPressed(root) {
  for (const control of root.querySelectorAll('[aria-pressed]')) {
    control.setAttribute('aria-pressed', String(tab.pressed[choiceKey(control)] === true))
  }
}
