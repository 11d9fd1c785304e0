import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { PlainError } from '../../messages/plain-error.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store } from '../../store/store.ts'
import type { Clause, DocumentVersion } from '../clause.ts'
import { readDocument } from '../read/read-document.ts'
import { prepareDocument } from './prepare-document.ts'
import { readClauses, readHeads } from './stored-versions.ts'
import { formatVisibleTo } from './visible-to.ts'

/**
 * A version as a Markdown file with front matter, which added again gives the same clauses and details: fit
 * for `knowledge/documents/`. Throws PlainError where there is no such version, or where its structure cannot
 * be told from running text.
 */
export async function exportDocument(
  store: Store,
  blobs: Blobs,
  document: string,
  version: number,
): Promise<string> {
  const { head, content } = await store.snapshot(async (trx) => {
    const head = (await readHeads(trx, document)).find((one) => one.version === version)
    if (!head) throw new PlainError('knowledge:library.no-such-version', { document, version })
    return { head, content: (await readClauses(trx, [head]))[0]! }
  })
  const original = await blobs.get(head.blob)
  const texts = [renderClauses(content.clauses)]
  // The text as its author wrote it has the title and all line breaks, so it is the first choice.
  if (original) texts.unshift((await readDocument(head.fileName, original)).text)
  for (const text of texts) {
    const file = `---\n${stringify(frontMatterOf(content))}---\n\n${text.trim()}\n`
    if (await isFaithful(file, content)) return file
  }
  throw new PlainError('knowledge:library.export-differs', { document })
}

function frontMatterOf(version: DocumentVersion): Record<string, string> {
  const { document, title, issuers, effective, visibility } = version
  return {
    document,
    title,
    ...(issuers && { issuers }),
    ...(effective && { effective }),
    ...(!visibility.open && { visibleTo: formatVisibleTo(visibility) }),
  }
}

/** Each heading where it begins, each clause as a paragraph of its own. */
function renderClauses(clauses: readonly Clause[]): string {
  const paragraphs: string[] = []
  let above: string[] = []
  for (const { path, text } of clauses) {
    const shared = path.findIndex((heading, level) => heading !== above[level])
    if (shared >= 0) paragraphs.push(...path.slice(shared))
    above = path
    paragraphs.push(...text.split('\n'))
  }
  return paragraphs.join('\n\n')
}

async function isFaithful(file: string, version: DocumentVersion): Promise<boolean> {
  const read = await prepareDocument({ fileName: 'export.md', bytes: new TextEncoder().encode(file) })
  return (
    isDeepStrictEqual(read.clauses, version.clauses) &&
    read.givenName === version.document &&
    read.title === version.title &&
    (read.issuers ?? '') === version.issuers &&
    read.effective === version.effective &&
    formatVisibleTo(read.visibility ?? { open: true }) === formatVisibleTo(version.visibility)
  )
}
