import { pageData, say } from './page-data.js'

/** Waits before the connection is tried again, in milliseconds; the last one from then on. */
const pauses = [200, 1000, 2000, 5000]
/** A connection that says nothing for so long is dead, whatever the browser thinks: the server beats every 15 s. */
const silence = 40_000
/** A cut that is mended within this time is not worth a word. */
const unnoticed = 1500
const reloadedKey = 'kexie-reloaded'

const bar = document.getElementById('connection')
let source
let after = 0
let attempt = 0
let retry
let watchdog
let notice
let receive

/** Passes on every message of the chat that changes from now on. @param from The counter up to which all is known. */
export function followChat(from, onMessage) {
  after = from
  receive = onMessage
  connect()
  // Browsers allow few connections to a site, and hidden pages need none: they catch up when they are looked at.
  document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()))
  window.addEventListener('online', connect)
  // A page that comes back from the browser's cache has lost its connection.
  window.addEventListener('pageshow', (event) => event.persisted && connect())
}

/** The counter up to which everything has come. */
export function followedTo() {
  return after
}

function disconnect() {
  clearTimeout(retry)
  clearTimeout(watchdog)
  source?.close()
  source = undefined
}

function connect() {
  disconnect()
  if (document.hidden) return
  const opened = new EventSource(`/api/events?after=${after}`)
  source = opened
  const on = (name, act) =>
    opened.addEventListener(name, (event) => {
      if (opened !== source) return
      stillAlive()
      act(JSON.parse(event.data))
    })
  on('hello', ({ reader }) => {
    if (reader !== pageData.reader) reload()
    else isConnected()
  })
  on('message', (message) => {
    after = message.seq
    receive(message)
  })
  on('beat', () => {})
  on('bye', () => again())
  opened.addEventListener('error', () => {
    if (opened === source) again()
  })
  stillAlive()
}

function stillAlive() {
  clearTimeout(watchdog)
  watchdog = setTimeout(again, silence)
}

function again() {
  disconnect()
  notice ??= setTimeout(() => showBar(say('reconnecting')), unnoticed)
  retry = setTimeout(connect, pauses[Math.min(attempt, pauses.length - 1)])
  attempt += 1
}

function isConnected() {
  attempt = 0
  clearTimeout(notice)
  notice = undefined
  bar.hidden = true
}

function showBar(text) {
  bar.textContent = text
  bar.hidden = false
}

/** Somebody else has signed in here, or out: the page is theirs now. Not twice in a row, or it would never end. */
function reload() {
  try {
    const last = Number(sessionStorage.getItem(reloadedKey) ?? 0)
    sessionStorage.setItem(reloadedKey, String(Date.now()))
    if (Date.now() - last > 30_000) {
      location.reload()
      return
    }
  } catch {
    // Where nothing can be kept, cookies cannot either.
  }
  disconnect()
  showBar(say('no-cookies'))
}
