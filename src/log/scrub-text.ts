/** What stands in place of what must not be read. */
export const hidden = '[hidden]'

/** Longer texts of a log are cut: they hold what somebody wrote rather than what happened. */
const longestText = 600

const secretNames =
  'token|secret|password|passwd|pwd|api[-_]?key|authorization|cookie|session|csrf|code|receipt|signature'
const personalNames =
  'text|questions?|normalised|cards?|values?|reply|answers?|names?|body|content|payload|history|background|params|parameters|bindings|quote|notes?'

/**
 * Shapes of secrets, wherever they stand. The random ones of the house are at least 22 characters of base64url or hex;
 * the eight hidden characters of a receipt code are told by their alphabet.
 */
const shapes: [RegExp, string][] = [
  // User and password in any address, such as a database's.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"']*@/gi, `$1${hidden}@`],
  // What follows an address says whose it is and what was typed.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, '$1'],
  [/(?<=^|[\s"'(=])(\/[^\s?#"'<>]*)\?[^\s"'<>]*/g, '$1'],
  [/(\/sign-in\/)[^\s"'<>/?#]+/gi, `$1${hidden}`],
  [/\b(bearer|basic|digest|negotiate)\s+[^\s"',;]+/gi, `$1 ${hidden}`],
  [/\b((?:set-)?cookie\s*[:=]\s*).+/gi, `$1${hidden}`],
  // Values of JSON within a text, and of forms and headers.
  [
    new RegExp(
      `("(?:\\w*(?:${secretNames}|${personalNames}))"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|[^,}\\]\\s]+)`,
      'gi',
    ),
    `$1"${hidden}"`,
  ],
  [new RegExp(`\\b((?:\\w*[-_])?(?:${secretNames})\\s*[=:]\\s*)[^\\s&;,)}\\]]+`, 'gi'), `$1${hidden}`],
  [/\b(?:sk|pk|rk|xox[a-z]|xapp|gh[a-z]|glpat)[-_][^\s"'<>,;)]{8,}/g, hidden],
  [/\beyJ[\w-]{8,}(?:\.[\w-]+){0,2}/g, hidden],
  [/(?<![\w-])[A-HJKMNP-Z2-9]{8}(?![\w-])/g, hidden],
]

/** As text, also what cannot be made one: an object whose own `toString` throws or is no function. */
export function wordsOf(value: unknown): string {
  try {
    return String(value)
  } catch {
    return hidden
  }
}

/** Without secrets; what kind of thing a text is stays readable. */
export function scrubText(text: string): string {
  let scrubbed = text.length > longestText * 4 ? text.slice(0, longestText * 4) : text
  for (const [shape, instead] of shapes) scrubbed = scrubbed.replace(shape, instead)
  scrubbed = scrubbed.replace(/[\w-]{20,}/g, (word) => (isRandom(word) ? hidden : word))
  return scrubbed.length > longestText ? `${scrubbed.slice(0, longestText)}…` : scrubbed
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/** Ids are readable words or UUIDs, which open nothing; a long word of mixed letters and digits is a secret. */
function isRandom(word: string): boolean {
  const rest = word.replace(uuid, '')
  return rest.length >= 20 && (/\d/.test(rest) || (/[a-z]/.test(rest) && /[A-Z]/.test(rest)))
}

/**
 * The message of an error, which others wrote: also without what was quoted of somebody's words, and without the
 * folders of the machine. Messages of our own are English, so Chinese in one was somebody's.
 */
export function scrubMessage(message: string): string {
  const own = message
    // JSON.parse and databases quote what they were given.
    .replace(/(invalid input [^:]{0,60}: ).*/gis, '$1…')
    .replace(/("|'|`|“|‘)(?:(?!\1)[^”’])*\.{0,3}("|'|`|”|’)(?=,? is not valid JSON)/g, '…')
    .replace(/(Unexpected token )\S+/g, '$1…')
    .replace(/(key \([^)]*\)=)\(.*?\)(?= already| is not| still|$)/gi, '$1(…)')
    .replace(/(["'`“‘])([^"'`”’]{0,400})["'`”’]/g, (quoted, _mark, inside: string) =>
      /^[\w.:/@-]{1,60}$/.test(inside) ? quoted : '“…”',
    )
    .replace(/\s*(?:--|\bvalues?:?|\bparameters?:|\bparams:|\bbindings:)\s*[[({].*/gis, ' …')
    .replace(/[\p{Script=Han}][\p{Script=Han}\p{N}\p{P}\s]*/gu, '…')
  return withoutFolders(scrubText(own))
}

/** Absolute paths tell the machine; the last two parts tell the file. */
export function withoutFolders(text: string): string {
  return text
    .replace(/file:\/\//g, '')
    .replace(/(?<![\w.:/-])(?:\/[^\s/:'"()<>,]+){2,}/g, (path) => path.split('/').slice(-2).join('/'))
    .replace(/\b[A-Za-z]:\\[^\s'"()<>,]+/g, (path) => path.split('\\').slice(-2).join('/'))
}
