import { PlainError } from '../../messages/plain-error.ts'
import { roles } from '../../people/roles.ts'
import { contentHash } from '../../store/content-hash.ts'
import type { Clause, Visibility } from '../clause.ts'
import { readAndParse } from '../read/read-document.ts'
import { parseDay } from './day.ts'
import { checkName, nameFromTitle } from './document-name.ts'
import { parseVisibleTo } from './visible-to.ts'

/** A file and what is said about it; each detail that is not given is taken from the file itself. */
export interface DocumentFile {
  fileName: string
  bytes: Uint8Array
  title?: string | undefined
  issuers?: string | undefined
  /** A day, see `parseDay`. */
  effective?: string | undefined
  /** See `parseVisibleTo`. */
  visibleTo?: string | undefined
  /** The name of the document in the library. */
  document?: string | undefined
}

/** A file that was read and checked, before the library is looked at. */
export interface PreparedDocument {
  fileName: string
  bytes: Uint8Array
  blob: string
  format: string
  clauses: Clause[]
  /** Hash of the clauses. */
  textHash: string
  /** The name that was asked for; null where the library is to tell by the title. */
  givenName: string | null
  /** The name of a document that is not in the library yet. */
  name: string
  title: string
  /** Said by the caller or the front matter, not found in the text. */
  titleGiven: boolean
  issuers: string | null
  effective: string | null
  visibility: Visibility | null
}

/** Reads and parses; throws PlainError for what cannot be read and for details that make no sense. */
export async function prepareDocument(file: DocumentFile): Promise<PreparedDocument> {
  const { format, frontMatter, title: ownTitle, parsed } = await readAndParse(file.fileName, file.bytes)
  if (parsed.clauses.length === 0) {
    throw new PlainError('knowledge:library.no-clauses', { file: file.fileName })
  }
  const givenTitle = stated(file.title) ?? stated(frontMatter.title)
  const title =
    givenTitle ?? stated(parsed.title) ?? stated(ownTitle) ?? file.fileName.replace(/\.[^.]*$/, '')
  const givenName = stated(file.document) ?? stated(frontMatter.document)
  const effective = stated(file.effective) ?? stated(frontMatter.effective)
  // An empty word (an unset variable of a shell) must not open to all what was meant for a few.
  if (file.visibleTo !== undefined && !stated(file.visibleTo)) {
    throw new PlainError('knowledge:library.visible-to-invalid', {
      entry: file.visibleTo,
      roles: roles.join('、'),
    })
  }
  const visibleTo = stated(file.visibleTo) ?? stated(frontMatter.visibleTo?.join(','))
  return {
    fileName: file.fileName,
    bytes: file.bytes,
    blob: contentHash(file.bytes),
    format,
    clauses: parsed.clauses,
    textHash: contentHash(JSON.stringify(parsed.clauses)),
    givenName: givenName === null ? null : checkName(givenName),
    name: givenName === null ? nameFromTitle(title) : checkName(givenName),
    title,
    titleGiven: givenTitle !== null,
    issuers: stated(file.issuers) ?? stated(frontMatter.issuers) ?? stated(parsed.issuers),
    effective: effective === null ? null : parseDay(effective),
    visibility: visibleTo === null ? null : parseVisibleTo(visibleTo),
  }
}

/** The text without white space around it, null for an empty one: an option left empty says nothing. */
function stated(text: string | null | undefined): string | null {
  return text?.trim() || null
}
