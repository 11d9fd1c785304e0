/** So many bytes are looked at to tell one encoding from another. */
const sampleSize = 65_536
/** Text has at least this share of characters that texts are made of; binary data seldom reaches a half. */
const leastPlausible = 0.9
const plausible =
  /[\t\n\f\r -~\u00a0-\u024f\u2010-\u203b\u2190-\u21ff\u2460-\u24ff\u2500-\u25ff\u3000-\u303f\u3040-\u30ff\u4e00-\u9fa5\uff00-\uffef]/g

/**
 * The text of a file whose encoding nobody tells: UTF-8, UTF-16 (with byte order mark or without), GB18030
 * or, failing these, Windows-1252, recognised by what the bytes decode to.
 * @param declared encoding that the file itself names (`<meta charset>`), tried after UTF-8.
 * @returns null where the bytes are no text.
 */
export function decodeText(bytes: Uint8Array, declared?: string): string | null {
  const marked = readMarked(bytes)
  if (marked !== undefined) return marked === null ? null : withoutControls(marked)
  const utf8 = decode(bytes, 'utf-8')
  if (utf8 !== null && !utf8.includes('\0')) return withoutControls(utf8)
  const named = declared ? decode(bytes, declared) : null
  if (named !== null && share(named) >= leastPlausible) return withoutControls(named)
  const sample = bytes.subarray(0, sampleSize)
  const ranked = ['gb18030', 'utf-16le', 'utf-16be', 'windows-1252']
    .map((encoding) => ({ encoding, share: share(decodeLoosely(sample, encoding)) }))
    .filter((guess) => guess.share >= leastPlausible)
    .sort((a, b) => b.share - a.share)
  for (const { encoding } of ranked) {
    const text = decode(bytes, encoding)
    if (text !== null) return withoutControls(text)
  }
  return null
}

/** Undefined where there is no byte order mark, null where what follows it is broken. */
function readMarked(bytes: Uint8Array): string | null | undefined {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be')
  if (first === 0xef && second === 0xbb && third === 0xbf) return decode(bytes, 'utf-8')
  return undefined
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    // An encoding that the platform does not know is as good as one that does not fit.
    return null
  }
}

/** A sample may end in the middle of a character. */
function decodeLoosely(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes, { stream: true })
}

function share(text: string): number {
  const sample = text.slice(0, sampleSize)
  return sample === '' ? 0 : (sample.match(plausible)?.length ?? 0) / sample.length
}

/** Null where control characters show the bytes to be no text. A form feed parts pages, a stray one is dropped. */
function withoutControls(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const controls = text.slice(0, sampleSize).match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0
  if (controls > 3 && controls > text.length / 500) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replaceAll(/[\0-\x08\x0e-\x1f\x7f\ufeff]/g, '')
}
