// The page of check-in. Without this its form works by the server; with it codes are scanned, lists ticked, and all of
// it without a network too: what is noted waits in the browser and is handed over once, with the time when it happened.
import { scan } from './check-in-camera.js'
import { insideWith, judgeCode, judgeGuest, matching, named, nextBatch, readCode } from './check-in-list.js'
import { clearOld, openStore } from './check-in-store.js'

const page = document.getElementById('check-in')
const texts = JSON.parse(page.dataset.texts)
const address = page.dataset.address
const store = openStore(page.dataset.event)
const part = (name) => page.querySelector(`[data-part="${name}"]`)
const most = Number(page.dataset.most)
/** How often the page looks what other phones did. */
const lookEvery = 5000
/** Rows that are drawn; a search finds the rest. */
const mostShown = 60

let csrf = page.dataset.csrf
let isOnline = true
let isSignedOut = false
let sending = null

const fill = (text, values = {}) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')
const now = () => Date.now() + (store.list?.offset ?? 0)
const clockOf = (iso) =>
  new Date(iso).toLocaleTimeString(page.dataset.language, {
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: page.dataset.zone },
  })
const insideNow = () => insideWith(store.list?.inside ?? {}, store.queue)

/** Takes the list anew, with who is in. */
async function takeList() {
  const asked = Date.now()
  const response = await ask(`${address}/list`)
  if (!response) return
  const list = await response.json()
  // Half of the way there and back.
  const offset = Date.parse(list.now) - (asked + Date.now()) / 2
  csrf = list.csrf
  store.list = { ...list, offset }
  draw()
}

/** Null: there is no network, or nobody is signed in any more; both are shown. */
async function ask(url, options = {}) {
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(8000) })
    isOnline = true
    isSignedOut = response.status === 401 || response.status === 403
    if (response.ok) return response
    if (response.status >= 500) isOnline = false
    return null
  } catch {
    isOnline = false
    return null
  } finally {
    drawState()
  }
}

/** Hands over what waits, a batch at a time; a batch that was not answered waits on and goes again as it was. */
async function handOver() {
  if (sending) return sending
  sending = (async () => {
    while (store.queue.length > 0) {
      const batch = nextBatch(store.queue, most)
      const entries = batch.map(({ id, code, registration, undo, at }) => ({
        id,
        ...(code === undefined ? { registration } : { code }),
        ...(undo ? { undo } : {}),
        at,
      }))
      const body = new URLSearchParams({ csrf, token: batch[0].token, entries: JSON.stringify(entries) })
      const response = await ask(`${address}/entries`, { method: 'POST', body })
      if (!response) return
      const { answers } = await response.json()
      for (const answer of answers) settle(answer, batch)
      const done = new Set(batch.map(({ id }) => id))
      store.queue = store.queue.filter(({ id }) => !done.has(id))
      draw()
    }
  })().finally(() => {
    sending = null
  })
  return sending
}

/** The server has the last word; what differs from what was shown at the door is shown again. */
function settle(answer, batch) {
  const entry = batch.find(({ id }) => id === answer.id)
  const list = store.list
  if (list && answer.registration !== '') {
    const inside = { ...list.inside }
    if (answer.at === '') delete inside[answer.registration]
    else inside[answer.registration] = answer.at
    store.list = { ...list, inside }
  }
  if (entry && (entry.result !== answer.result || answer.title !== '')) show(answer.result, answer)
}

/** Notes something and tells at once what the list says of it. */
async function note(entry, judged) {
  const list = store.list
  const at = new Date(now()).toISOString()
  const noted = { id: crypto.randomUUID?.() ?? String(Math.random()), token: list?.token ?? '', at, ...entry }
  const isClear = ['checked-in', 'taken-back'].includes(judged.result)
  const name = judged.guest?.name ?? ''
  const since = judged.guest ? insideNow()[judged.guest.id] : undefined
  // Only the server knows who registered since, and which other event a code is of.
  const isForServer = isClear || judged.result === 'unknown' || (isOnline && judged.result === 'foreign')
  if (isForServer && list) {
    store.queue = [...store.queue, { ...noted, result: judged.result }]
  }
  if (!isOnline || judged.result !== 'unknown') show(judged.result, { name, at: since ?? at, title: '' })
  draw()
  await handOver()
}

async function take(text) {
  const list = store.list
  if (!list) return show('no-list', {})
  const judged = await judgeCode(list, insideNow(), text, now())
  await note({ code: text, ...(judged.guest ? { registration: judged.guest.id } : {}) }, judged)
}

/** What was typed is a code, or somebody's name; what was scanned is never taken for a name, for anybody can write one. */
function takeTyped(text) {
  const guests = store.list?.guests ?? []
  if (readCode(text)) return take(text)
  const [only, ...others] = named(guests, text)
  if (only && others.length === 0) return tick(only, false)
  const found = matching(guests, text)
  if (found.length === 0) return show('nobody', { name: text.trim() })
  part('search').value = text.trim()
  draw()
  return show('which', {})
}

function tick(guest, undo) {
  const result = undo ? 'taken-back' : judgeGuest(store.list, insideNow(), guest, now())
  return note({ registration: guest.id, ...(undo ? { undo: true } : {}) }, { result, guest })
}

const good = ['checked-in', 'taken-back']
const doubtful = ['already', 'unknown', 'which']

function show(result, { name = '', at = '', title = '' }) {
  const box = part('result')
  const key = result === 'foreign' && title !== '' ? 'foreign-titled' : result
  box.dataset.tone = good.includes(result) ? 'good' : doubtful.includes(result) ? 'doubtful' : 'bad'
  box.textContent = fill(texts[key] ?? texts.unreadable, { name, title, time: at === '' ? '' : clockOf(at) })
  box.hidden = false
  navigator.vibrate?.(good.includes(result) ? 60 : [80, 60, 80])
}

function drawState() {
  const waiting = store.queue.length
  const state = isSignedOut ? 'signed-out' : isOnline ? 'online' : 'offline'
  const text = fill(texts[state], { count: waiting })
  part('state').textContent =
    waiting > 0 && state !== 'offline' ? `${text} ${fill(texts['to-hand-over'], { count: waiting })}` : text
  part('state').dataset.state = state
}

function draw() {
  drawState()
  const list = store.list
  if (!list) return
  const inside = insideNow()
  const coming = list.guests.filter(({ id, state }) => state === 'confirmed' || inside[id] !== undefined)
  const came = coming.filter(({ id }) => inside[id] !== undefined)
  const guests = came.reduce((sum, one) => sum + one.guests, 0)
  part('figures').textContent = fill(texts.figures, { came: came.length, registered: coming.length, guests })
  const found = matching(list.guests, part('search').value)
  part('guests').replaceChildren(...found.slice(0, mostShown).map((guest) => rowOf(guest, inside[guest.id])))
  part('more').hidden = found.length <= mostShown
}

function rowOf(guest, since) {
  const row = document.createElement('li')
  const who = document.createElement('span')
  const name = document.createElement('strong')
  name.textContent = guest.name
  const unit = document.createElement('span')
  unit.className = 'small-inline'
  const more = guest.guests > 0 ? ` +${guest.guests}` : ''
  const state =
    since === undefined ? (texts[`state-${guest.state}`] ?? '') : fill(texts.since, { time: clockOf(since) })
  unit.textContent = [` ${guest.organisation}${more}`, state].filter((text) => text.trim() !== '').join(' · ')
  who.append(name, unit)
  row.append(who)
  if (since !== undefined || guest.state === 'confirmed') {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = since === undefined ? 'button primary' : 'button'
    button.textContent = since === undefined ? texts['check-in'] : texts.undo
    button.setAttribute('aria-label', `${button.textContent} ${guest.name}`)
    button.addEventListener('click', () => tick(guest, since !== undefined))
    row.append(button)
  }
  return row
}

/** What other phones did meanwhile; who has registered since makes the list anew. */
async function look() {
  await handOver()
  const list = store.list
  if (!list) return takeList()
  const ages = Object.values(list.inside)
  const known = `${ages.length}-${ages.reduce((a, b) => (a > b ? a : b), '')}`
  const response = await ask(`${address}/state?known=${encodeURIComponent(known)}`)
  if (!response) return
  const state = await response.json()
  if (state.revision !== list.revision) return takeList()
  if (state.inside) {
    store.list = { ...store.list, inside: state.inside }
    draw()
  }
}

let stop = null
part('camera').addEventListener('click', async () => {
  const video = part('video')
  if (stop) {
    stop()
    stop = null
  } else {
    stop = await scan(video, page.dataset.decoder, take).catch(() => {
      show('no-camera', {})
      return null
    })
  }
  video.hidden = !stop
  part('camera').textContent = stop ? texts['camera-off'] : texts['camera-on']
})
part('form').addEventListener('submit', (event) => {
  event.preventDefault()
  const field = part('code')
  if (field.value.trim() !== '') takeTyped(field.value)
  field.value = ''
})
part('search').addEventListener('input', draw)
addEventListener('online', look)
addEventListener('offline', () => {
  isOnline = false
  drawState()
})

part('camera').hidden = !navigator.mediaDevices?.getUserMedia
part('list').hidden = false
clearOld()
draw()
navigator.serviceWorker
  ?.register('/console/events/check-in-worker.js', { scope: '/console/events/' })
  .catch(() => {})
await takeList()
await handOver()
setInterval(() => {
  if (document.visibilityState === 'visible') look()
}, lookEvery)
