/** How the bytes of pictures that browsers show begin, each byte in two digits; dots stand for any. */
const beginnings: readonly [string, RegExp][] = [
  ['image/jpeg', /^ffd8ff/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/gif', /^47494638/],
  ['image/webp', /^52494646.{8}57454250/],
]

/** The media type of a picture by its bytes; null: none that is shown. */
export function imageType(bytes: Uint8Array): string | null {
  const begin = Buffer.from(bytes.subarray(0, 12)).toString('hex')
  return beginnings.find(([, pattern]) => pattern.test(begin))?.[0] ?? null
}
