import { toast } from './notify.js'
import { pageData, say } from './page-data.js'

const input = document.getElementById('file')

/** Calls `send(file)` for each file that the person chooses or drops; one that is too large is not even sent. */
export function startAttaching(send) {
  const take = (files) => {
    for (const file of files) {
      if (file.size <= pageData.largestFile) send(file)
      else toast(say('file-too-large', { most: pageData.largestFile / 1024 / 1024 }))
    }
  }
  document.getElementById('attach').addEventListener('click', () => input.click())
  input.addEventListener('change', () => {
    const files = [...input.files]
    // The same file can then be chosen once more.
    input.value = ''
    take(files)
  })
  // Without this the browser leaves the page to show the file.
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    if (!document.querySelector('dialog[open]')) take(event.dataTransfer.files)
  })
}
