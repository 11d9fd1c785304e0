// What the page of check-in keeps in the browser: the list, who is in, and what was noted and not handed over yet.

const prefix = 'kexie-check-in:'

/** The keeping of one event. Where the browser keeps nothing (a private window), it lasts as long as the page. */
export function openStore(event, storage = globalThis.localStorage) {
  const passing = new Map()
  const keyOf = (part) => `${prefix}${event}:${part}`
  const read = (part, none) => {
    const text = passing.get(part) ?? safely(() => storage.getItem(keyOf(part)))
    return text ? JSON.parse(text) : none
  }
  const write = (part, value) => {
    const text = JSON.stringify(value)
    passing.set(part, text)
    safely(() => storage.setItem(keyOf(part), text))
  }
  return {
    /** With `inside`, and `offset`: milliseconds by which the server's clock is ahead of this one. Null: none. */
    get list() {
      const list = read('list', null)
      // Names are kept no longer than they serve.
      if (list && Date.parse(list.expiresAt) < Date.now() + list.offset && this.queue.length === 0) {
        passing.delete('list')
        safely(() => storage.removeItem(keyOf('list')))
        return null
      }
      return list
    },
    set list(list) {
      write('list', list)
    },
    get queue() {
      return read('queue', [])
    },
    set queue(queue) {
      write('queue', queue)
    },
  }
}

/** Removes lists of other events whose time is over, unless something noted there still waits. */
export function clearOld(storage = globalThis.localStorage, now = Date.now()) {
  const keys = safely(() => Object.keys(storage)) ?? []
  for (const key of keys.filter((one) => one.startsWith(prefix) && one.endsWith(':list'))) {
    const list = JSON.parse(storage.getItem(key))
    const queue = JSON.parse(storage.getItem(key.replace(/:list$/, ':queue')) ?? '[]')
    if (Date.parse(list.expiresAt) < now && queue.length === 0) storage.removeItem(key)
  }
}

function safely(work) {
  try {
    return work()
  } catch {
    return null
  }
}
