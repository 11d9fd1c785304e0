// The console works without this; it saves a few clicks.

/** “Copy” beside a link that is shown once. Without a clipboard (plain HTTP) the text is selected instead. */
for (const button of document.querySelectorAll('[data-copy]')) {
  const box = document.getElementById(button.dataset.copy)
  button.hidden = false
  button.addEventListener('click', async () => {
    box.select()
    try {
      await navigator.clipboard.writeText(box.value)
      button.textContent = button.dataset.copied
    } catch {
      box.focus()
    }
  })
}

/** A second click on a button sends the form once more; the first one is enough. */
for (const form of document.querySelectorAll('form[method="post"]')) {
  let sent = false
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault()
    sent = true
  })
}

/** On a phone the filters fold away, so that what they narrow is seen; not where something is narrowed. */
const isNarrowed = [...new URLSearchParams(location.search)].some(
  ([name, value]) => value && name !== 'language',
)
if (matchMedia('(max-width: 860px)').matches && !isNarrowed) {
  for (const form of document.querySelectorAll('form.filters')) {
    const find = form.querySelector('button.primary')
    if (!find) continue
    const opener = document.createElement('button')
    opener.type = 'button'
    opener.className = 'filters-opener'
    opener.textContent = find.textContent
    opener.setAttribute('aria-expanded', 'false')
    opener.addEventListener('click', () => {
      form.hidden = false
      opener.remove()
      form.querySelector('input, select')?.focus()
    })
    form.hidden = true
    form.before(opener)
  }
}

/** The menu may be longer than the screen: what one is on is to be seen. */
document.querySelector('.console-nav a[aria-current]')?.scrollIntoView({ block: 'nearest' })

/** A page that comes back by “back” takes clicks again. */
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})
