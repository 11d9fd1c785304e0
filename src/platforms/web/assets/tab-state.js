import { pageData, randomId } from './page-data.js'

/**
 * What this tab alone knows: which conversation it is in (the server keeps what was said), from where on late replies
 * to other conversations belong to it, what is being typed, and which choices were pressed. It outlives a reload.
 * Kept for the person whose page it is, never for the next one at the same screen.
 */
const key = 'kexie-tab'

export const tab = load()

function load() {
  const empty = { reader: pageData.reader, conversation: '', since: 0, draft: '', pressed: {} }
  try {
    const kept = JSON.parse(sessionStorage.getItem(key))
    if (kept?.reader === pageData.reader && typeof kept.conversation === 'string') {
      return { ...empty, ...kept }
    }
  } catch {
    // Storage is switched off or holds something else; the server knows the latest conversation.
  }
  return empty
}

export function saveTab() {
  try {
    sessionStorage.setItem(key, JSON.stringify(tab))
  } catch {
    // Full or switched off: what is being typed is then lost with the page.
  }
}

/** Another conversation. @param since What has come so far does not belong to it. */
export function startAnew(since) {
  Object.assign(tab, { conversation: randomId(), since, pressed: {} })
  saveTab()
}
