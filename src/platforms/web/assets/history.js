import { pageData, randomId } from './page-data.js'

/**
 * The conversation of this tab: it outlives a reload, not the tab. An entry is `{ id, from: 'person', text, at }` or
 * `{ id, from: 'bot', path, body, card, ended, at }`; `path` and `body` are what was posted, to join the reply again.
 * Kept for the person who is signed in (or the guest), never shown to the next one at the same screen.
 */
const key = 'kexie-conversation'
const mostEntries = 200

export const history = load()

function load() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key))
    const isTheirs = (kept?.reader ?? '') === pageData.reader
    if (isTheirs && Array.isArray(kept?.entries) && typeof kept.conversation === 'string') return kept
  } catch {
    // Storage is switched off or holds something else; the conversation begins anew.
  }
  return { reader: pageData.reader, conversation: randomId(), entries: [], draft: '', pressed: {} }
}

export function saveHistory() {
  history.entries.splice(0, history.entries.length - mostEntries)
  try {
    sessionStorage.setItem(key, JSON.stringify(history))
  } catch {
    // Full or switched off: the conversation is then lost with the page, which is what a person expects of it.
  }
}

export function startAnew() {
  Object.assign(history, { conversation: randomId(), entries: [], draft: '', pressed: {} })
  saveHistory()
}
