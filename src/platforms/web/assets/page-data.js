/** What the server put into the page: language, welcome card, limits, and the texts of the page's own messages. */
export const pageData = JSON.parse(document.getElementById('page-data').textContent)

/** A text of the page in its language, with {{values}} filled in. */
export function say(key, values = {}) {
  return pageData.say[key].replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name]))
}

/** Ids are random, so that they never meet those of another tab. `randomUUID` is missing on plain HTTP. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
