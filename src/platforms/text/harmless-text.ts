/**
 * Text as it may be put on a screen: valid Unicode, without the characters that steer a display instead of
 * being read. An escape sequence could repaint a terminal, and a right-to-left override could make a sentence
 * read the other way round on any screen. Joiners stay, since emoji and several scripts need them.
 */
export function harmlessText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replace(steering, '')
}

/** Controls (C0, DEL, C1) but tab and line feed; bidirectional embeddings, overrides and isolates; annotations; BOM. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const steering = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff]/g
