import { startAttaching } from './attach.js'
import { focusComposer, startComposer } from './composer.js'
import { post, readTranscript } from './connection.js'
import {
  clearConversation,
  keepPressed,
  replaceCard,
  showFailure,
  showMessage,
  showQuestion,
  showWelcome,
  startConversation,
} from './conversation.js'
import { drawCard } from './draw-card.js'
import { closeDrawer, drawerFails, isInDrawer, openDrawer, showCard } from './drawer.js'
import { followChat, followedTo } from './follow-chat.js'
import { showForm } from './form.js'
import { toast } from './notify.js'
import { pageData, randomId, say } from './page-data.js'
import { followEnd } from './scroll.js'
import { saveTab, startAnew, tab } from './tab-state.js'

const ready = restore()
/** Messages go out one after another, so that they arrive in the order in which they were said. */
let sending = ready

async function ask(text) {
  closeDrawer()
  await ready
  // The pressed example question is about to be hidden; a touch screen is not made to show its keyboard.
  if (matchMedia('(pointer: fine)').matches) focusComposer()
  const said = { id: randomId(), conversation: tab.conversation, text }
  send(said, { files: [] }, () => post('/api/messages', said))
}

/** Shows what is said at once, and sends it when all before it has gone; the same again where that fails. */
function send({ id, text }, { files }, go) {
  const item = showQuestion({ id, text, files, at: new Date().toISOString() })
  followEnd.now()
  const attempt = () => {
    sending = sending.then(go).catch((problem) => showFailure(item, problem, attempt))
  }
  attempt()
}

async function sendFile(file) {
  await ready
  const id = randomId()
  const form = fileForm(id, file)
  send({ id, text: '' }, { files: [{ name: file.name }] }, () => post('/api/files', form))
}

function fileForm(id, file) {
  const form = new FormData()
  form.set('id', id)
  form.set('conversation', tab.conversation)
  form.set('file', file, file.name)
  return form
}

function press(button, control, message) {
  if (button.action === 'ask') {
    ask(button.value.text ?? button.label)
    return
  }
  act(button, control, message, {
    id: randomId(),
    conversation: tab.conversation,
    action: button.action,
    value: button.value,
    ...(message ? { message } : {}),
  })
}

/** Carries a button out; the drawer opens at once for what is said to come there. */
async function act(button, control, message, body) {
  if (control.getAttribute('aria-busy') === 'true') return
  control.setAttribute('aria-busy', 'true')
  const fromDrawer = isInDrawer(control)
  const turn = button.opens === 'beside' ? openDrawer() : undefined
  try {
    const given = await post('/api/actions', body)
    // What was opened meanwhile, or closed, stays so.
    const closes = turn !== undefined || (fromDrawer && !given.toast)
    if (!turn || turn.isLatest()) showAcknowledgement(given, { message, closes })
    else if (given.toast) toast(given.toast)
    keepPressed(control)
  } catch (problem) {
    if (turn?.isLatest()) drawerFails(problem, () => act(button, control, message, body))
    else toast(problem.message)
  }
  control.removeAttribute('aria-busy')
}

/** @param closes Whether the drawer closes where nothing is to be shown in it. */
function showAcknowledgement(given, { message, closes }) {
  if (given.form) showForm(given.form, { leavePage, sendFile: sendFileOfForm })
  else if (given.beside) showCard(given.beside, press)
  else if (given.replace && !message) showCard(given.replace, press)
  else if (given.closed || closes) closeDrawer()
  if (given.replace && message) replaceCard(message, given.replace)
  if (given.toast) toast(given.toast)
}

/** Resolves when the page of the form was left; rejects with what the person may read. */
async function leavePage({ draft, page }, step, values) {
  const body = { id: randomId(), conversation: tab.conversation, draft, page, step, values }
  const given = await post('/api/pages', body)
  showAcknowledgement(given, { closes: false })
}

async function sendFileOfForm(file) {
  const id = randomId()
  const going = sending.then(() => post('/api/files', fileForm(id, file)))
  sending = going.catch(() => {})
  await going
}

/** Shows what the server keeps of the conversation, and follows it from there. */
async function restore() {
  startConversation(press)
  let last = 0
  try {
    const kept = await readTranscript(tab.conversation, tab.since)
    last = kept.last
    tab.conversation = kept.conversation ?? tab.conversation
    if (tab.conversation === '') startAnew(last)
    for (const message of kept.messages) showMessage(message, false)
  } catch (problem) {
    // What can be read later is followed from the beginning; until then people can ask.
    if (tab.conversation === '') startAnew(0)
    toast(problem.message)
  }
  saveTab()
  showWelcome()
  followEnd.now()
  followChat(last, (message) => showMessage(message, true))
}

document.getElementById('new-conversation').addEventListener('click', () => {
  sending = sending.then(() => {
    if (!clearConversation()) return
    startAnew(followedTo())
    toast(say('new-started'))
  })
  focusComposer()
})

document.getElementById('welcome').append(drawCard(pageData.welcome, press))
startComposer(ask)
startAttaching(sendFile)
