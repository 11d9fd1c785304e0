// Reads QR codes with the camera of a phone: with the browser's own reader where there is one, else with ours.

/** Pictures a second: a phone stays cool, and nobody waits. */
const every = 200
/** The same code in view is one scan, until it has been away for so long. */
const sameFor = 3000

/**
 * Shows the camera in `video` and calls `found` with each code that comes into view. Rejects where there is no camera, or
 * it is not allowed.
 * @returns what stops it.
 */
export async function scan(video, decoderUrl, found) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 } },
    audio: false,
  })
  video.srcObject = stream
  await video.play()
  const read = await reader(decoderUrl)
  let last = { text: '', at: 0 }
  let stopped = false
  const look = async () => {
    if (stopped) return
    const text = await read(video).catch(() => null)
    const now = Date.now()
    if (text) {
      if (text !== last.text || now - last.at > sameFor) found(text)
      last = { text, at: now }
    }
    setTimeout(look, every)
  }
  look()
  return () => {
    stopped = true
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
}

async function reader(decoderUrl) {
  if ('BarcodeDetector' in globalThis) {
    const formats = await globalThis.BarcodeDetector.getSupportedFormats().catch(() => [])
    if (formats.includes('qr_code')) {
      const detector = new globalThis.BarcodeDetector({ formats: ['qr_code'] })
      return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
    }
  }
  const decodeQR = await decoder(decoderUrl)
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    // Half the size is plenty for a code held up to the camera.
    canvas.width = video.videoWidth >> 1
    canvas.height = video.videoHeight >> 1
    if (canvas.width === 0) return null
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
  }
}

/** A module beside the page's own: it runs by itself and is asked by a message. */
function decoder(url) {
  const worker = new Worker(url, { type: 'module' })
  let waiting = null
  worker.addEventListener('message', ({ data }) => waiting?.(data))
  return (image) =>
    new Promise((resolve) => {
      waiting = resolve
      worker.postMessage(image)
    })
}
