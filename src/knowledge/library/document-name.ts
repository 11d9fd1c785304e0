import { PlainError } from '../../messages/plain-error.ts'
import { contentHash } from '../../store/content-hash.ts'

/** Characters at most, so that a name fits into a line, a URL and a file name. */
const longest = 80

/**
 * The short name of a document from its title: the title's own letters and digits, all else a hyphen. Equal
 * titles give equal names, so a newer version finds its document; a long title ends in a hash of the whole.
 */
export function nameFromTitle(title: string): string {
  const name = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  const hash = contentHash(title).slice(0, 8)
  if (name === '') return `document-${hash}`
  const characters = Array.from(name)
  if (characters.length <= longest) return name
  return `${characters.slice(0, longest - 9).join('')}-${hash}`
}

/** A name that was given, as it is kept. Throws PlainError where it could not be typed or shown on one line. */
export function checkName(given: string): string {
  const name = given.normalize('NFKC').trim()
  if (!/^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*$/u.test(name) || Array.from(name).length > longest) {
    throw new PlainError('knowledge:library.name-invalid', { name: given, longest })
  }
  return name
}
