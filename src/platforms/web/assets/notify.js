import { element } from './draw-card.js'

/** A short message that goes by itself; screen readers speak it. */
export function toast(text) {
  const box = document.getElementById('toasts')
  // An open dialog covers everything outside it, for the eye and for screen readers.
  const stage = document.querySelector('dialog[open]') ?? document.body
  if (box.parentElement !== stage) stage.append(box)
  const made = element('div', 'toast', text)
  box.append(made)
  while (box.childElementCount > 3) box.firstElementChild.remove()
  setTimeout(() => made.remove(), 4000)
}

/** Speaks to screen readers only: the finished answer, once, instead of every step of it. */
export function announce(text) {
  document.getElementById('announcer').textContent = text
}
