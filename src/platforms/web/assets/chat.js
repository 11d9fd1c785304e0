import { focusComposer, setBusy, startComposer } from './composer.js'
import { converse, resume } from './connection.js'
import { copyText } from './copy-text.js'
import { cardAsText, drawCard, element } from './draw-card.js'
import { closeDrawer, openBeside, waitingDots } from './drawer.js'
import { history, saveHistory, startAnew } from './history.js'
import { announce, toast } from './notify.js'
import { pageData, randomId, say } from './page-data.js'
import { followEnd } from './scroll.js'

const list = document.getElementById('conversation')
const welcome = document.getElementById('welcome')

function ask(text) {
  closeDrawer()
  // The pressed example question is about to be hidden; a touch screen is not made to show its keyboard.
  if (matchMedia('(pointer: fine)').matches) focusComposer()
  const body = { id: randomId(), conversation: history.conversation, text }
  addEntry({ id: body.id, from: 'person', text, at: Date.now() })
  reply(addEntry({ id: body.id, from: 'bot', path: '/api/messages', body, at: Date.now() }), converse)
}

/** Fills in the reply of an entry as it comes; a failure is shown in its place with a button to try again. */
async function reply(entry, begin) {
  const item = drawBot(entry)
  setBusy(true)
  followEnd.now()
  try {
    await begin(entry.path, entry.body, (event, data) => {
      if (event === 'toast') toast(data)
      if (event !== 'card') return
      entry.card = data
      item.body.replaceChildren(drawCard(data, press))
      followEnd.ifNear()
    })
    entry.ended = true
    entry.at = Date.now()
    if (entry.card) {
      item.body.replaceChildren(drawCard(entry.card, press))
      item.node.append(drawFoot(entry))
      announce(cardAsText(entry.card))
    } else {
      item.node.remove()
      history.entries.splice(history.entries.indexOf(entry), 1)
    }
  } catch (problem) {
    item.body.replaceChildren(drawFailure(problem, entry, item))
    announce(problem.message)
  }
  saveHistory()
  setBusy(false)
  followEnd.ifNear()
}

function press(button, control) {
  if (button.action === 'ask') {
    ask(button.value.text ?? button.label)
    return
  }
  const body = {
    id: randomId(),
    conversation: history.conversation,
    action: button.action,
    value: button.value,
  }
  if (button.opens === 'beside') openBeside('/api/actions', body, press, toast)
  else act(button, control, body)
}

/** A button that is answered by a toast alone stays pressed; one that is answered by a card adds to the conversation. */
async function act(button, control, body) {
  if (control.getAttribute('aria-busy') === 'true') return
  control.setAttribute('aria-busy', 'true')
  let item
  let entry
  try {
    await converse('/api/actions', body, (event, data) => {
      if (event === 'toast') toast(data)
      if (event !== 'card') return
      if (!entry) {
        closeDrawer()
        addEntry({ id: body.id, from: 'person', text: button.label, at: Date.now() })
        entry = addEntry({ id: body.id, from: 'bot', path: '/api/actions', body, at: Date.now() })
        item = drawBot(entry)
        followEnd.now()
      }
      entry.card = data
      item.body.replaceChildren(drawCard(data, press))
      followEnd.ifNear()
    })
    if (entry) {
      entry.ended = true
      item.node.append(drawFoot(entry))
      announce(cardAsText(entry.card))
    } else if (control.hasAttribute('aria-pressed')) {
      history.pressed[control.dataset.action + control.dataset.value] = true
      for (const sibling of control.parentElement.children) {
        if (sibling === control || sibling.dataset.action !== control.dataset.action) continue
        delete history.pressed[sibling.dataset.action + sibling.dataset.value]
      }
      showPressed(control.parentElement)
    }
  } catch (problem) {
    if (item) item.body.replaceChildren(drawFailure(problem, entry, item))
    else toast(problem.message)
  }
  control.removeAttribute('aria-busy')
  saveHistory()
}

function showPressed(root) {
  for (const control of root.querySelectorAll('[aria-pressed]')) {
    const isPressed = history.pressed[control.dataset.action + control.dataset.value] === true
    control.setAttribute('aria-pressed', String(isPressed))
  }
}

function addEntry(entry) {
  history.entries.push(entry)
  saveHistory()
  welcome.hidden = true
  if (entry.from === 'person') drawPerson(entry)
  return entry
}

function drawPerson(entry) {
  const bubble = element(
    'div',
    'bubble',
    element('span', 'unseen', `${say('you')}: `),
    element('span', '', entry.text),
  )
  bubble.dir = 'auto'
  list.append(element('li', 'turn turn-person', bubble))
}

function drawBot(entry) {
  const body = element(
    'div',
    'turn-body',
    entry.card ? drawCard(entry.card, press) : waitingDots(say('waiting')),
  )
  const node = element('li', 'turn turn-bot', element('span', 'unseen', `${say('bot')}: `), body)
  list.append(node)
  return { node, body }
}

function drawFoot(entry) {
  const time = element(
    'time',
    '',
    new Date(entry.at).toLocaleTimeString(pageData.language, { hour: '2-digit', minute: '2-digit' }),
  )
  time.dateTime = new Date(entry.at).toISOString()
  const copy = element('button', 'quiet-button', say('copy'))
  copy.type = 'button'
  copy.addEventListener('click', async () => {
    toast((await copyText(cardAsText(entry.card))) ? say('copied') : say('copy-failed'))
  })
  return element('div', 'turn-foot', copy, time)
}

function drawFailure(problem, entry, item) {
  const card = element('div', 'card card-error', element('p', 'card-text', problem.message))
  if (problem.final) return card
  const retry = element('button', 'card-button card-button-primary', say('retry'))
  retry.type = 'button'
  retry.addEventListener('click', () => {
    item.node.remove()
    focusComposer()
    reply(entry, resume)
  })
  card.append(element('div', 'card-buttons', retry))
  return card
}

/** Shows what the tab remembers, and joins the reply that was under way when the page was left. */
function restore() {
  welcome.hidden = history.entries.length > 0
  for (const entry of [...history.entries]) {
    if (entry.from === 'person') drawPerson(entry)
    else if (entry.ended) drawBot(entry).node.append(drawFoot(entry))
    else reply(entry, resume)
  }
  showPressed(list)
  followEnd.now()
}

document.getElementById('new-conversation').addEventListener('click', () => {
  if (history.entries.length > 0) {
    startAnew()
    list.replaceChildren()
    welcome.hidden = false
    setBusy(false)
    toast(say('new-started'))
  }
  focusComposer()
})

welcome.append(drawCard(pageData.welcome, press))
startComposer(ask)
restore()
