// A worker that finds the QR code in a picture; the page that has no reader of its own starts it.
import decodeQR from 'qr/decode.js'

globalThis.addEventListener('message', ({ data }) => {
  let text = null
  try {
    text = decodeQR(data)
  } catch {
    // There is none in this picture, or it is blurred: the next one comes at once.
  }
  globalThis.postMessage(text)
})
