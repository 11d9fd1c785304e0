import { toast } from './notify.js'
import { pageData, say } from './page-data.js'
import { saveTab, tab } from './tab-state.js'

const form = document.getElementById('composer')
const input = document.getElementById('question')
const send = document.getElementById('send')

/** Calls `submit(text)` when the person sends; what is being typed is kept over a reload. */
export function startComposer(submit) {
  input.value = tab.draft
  resize()
  input.addEventListener('input', () => {
    tab.draft = input.value
    resize()
  })
  window.addEventListener('pagehide', saveTab)
  input.addEventListener('keydown', (event) => {
    // Enter that picks a candidate of an input method must not send: Safari reports it only as 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    form.requestSubmit()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = input.value.trim()
    if (text === '') return
    const count = Array.from(text).length
    if (count > pageData.longestMessage) {
      toast(say('too-long', { most: pageData.longestMessage, count }))
      return
    }
    input.value = ''
    tab.draft = ''
    resize()
    submit(text)
  })
  if (matchMedia('(pointer: fine)').matches) input.focus()
}

export function focusComposer() {
  input.focus()
}

/** The box grows with its text, up to the height that the style sheet allows. */
function resize() {
  send.disabled = input.value.trim() === ''
  input.style.height = 'auto'
  input.style.height = `${input.scrollHeight}px`
}
