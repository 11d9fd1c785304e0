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

/** A page that comes back by “back” takes clicks again. */
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})
