/** Puts a text on the clipboard; true where it worked. On plain HTTP only the old way is there. */
export async function copyText(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Not permitted; the old way may be.
    }
  }
  const holder = document.createElement('textarea')
  holder.value = text
  holder.className = 'unseen'
  const focused = document.activeElement
  document.body.append(holder)
  holder.select()
  const copied = document.execCommand('copy')
  holder.remove()
  focused?.focus()
  return copied
}
