/** What an upload of the chat has; each part has a few short lines before its content. */
const partsOfUpload = 10
/** Bytes. */
const longestHead = 8 * 1024

/**
 * Whether a form sent as `multipart/form-data` is worth taking apart: reading one of hundreds of thousands of parts or
 * of header lines takes seconds in which nobody else is served.
 * @param type The media type, with the boundary as browsers write it.
 */
export function hasFewParts(body: Uint8Array, type: string, mostParts = partsOfUpload): boolean {
  const boundary = /^multipart\/form-data;\s*boundary=("?)([\w'()+,./:=?-]{1,70})\1$/i.exec(type)?.[2]
  if (boundary === undefined) return false
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const delimiter = `--${boundary}`
  let parts = 0
  for (let at = bytes.indexOf(delimiter); at >= 0; ) {
    const next = bytes.indexOf(delimiter, at + delimiter.length)
    // The last delimiter begins no part.
    if (next < 0) break
    parts += 1
    const head = bytes.subarray(at, at + longestHead).indexOf('\r\n\r\n')
    if (parts > mostParts || head < 0) return false
    at = next
  }
  return true
}
