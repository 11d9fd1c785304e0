/**
 * The words of the knowledge base. A document has versions; a version has clauses in reading order.
 * Text is verbatim: what the source prints, with only the white space of its line breaks removed.
 */
export interface Clause {
  /**
   * Stable name within a document: the numbers of its headings from the outermost in, joined by “/”,
   * as they are printed without brackets and punctuation, e.g. `三/十` for （十） in chapter 三、,
   * `第二章/第九条`, `3/3.1`. A second clause with the same path gets `~2`. The preamble is `preamble`.
   */
  key: string
  kind: 'preamble' | 'clause' | 'appendix'
  /** The clause's own number where it has one (（十） → 10, 第九条 → 9, 3.1 → null). */
  number: number | null
  /** As printed: （十）, 第九条, 3.1; empty where it has none. */
  label: string
  /** Headings above, outermost first, as printed: 三、国有企业科协组织建设的方法措施. */
  path: string[]
  /** The clause's own heading or first sentence, without label: 坚持组织建设模式创新。 */
  lead: string
  /** The whole text, label included. */
  text: string
}

/** One version of a document with its clauses, as it is parsed, stored and indexed. */
export interface DocumentVersion {
  /** The document's short name, unique and stable: `guideline`. */
  document: string
  /** 1, 2, 3 … in order of arrival. */
  version: number
  title: string
  /** Who issued it, as printed: 中国科协、国务院国资委; empty where unknown. */
  issuers: string
  /** First day it holds, `YYYY-MM-DD`; null where unknown (holds since ever). */
  effective: string | null
  /** Who may see it. */
  visibility: Visibility
  clauses: Clause[]
}

/** Open to all, or to whoever belongs to one of these organisations or holds one of these roles. */
export type Visibility = { open: true } | { open: false; organisations: string[]; roles: string[] }

/**
 * Somebody an answer is shown to. A guest has neither organisation nor role and sees open documents only.
 * Where several read one answer (a group), they see what each of them may see.
 */
export interface Reader {
  organisations: string[]
  roles: string[]
}

export const guest: Reader = { organisations: [], roles: [] }

/** Whether every one of the readers may see it. No reader at all sees what a guest sees. */
export function isVisibleTo(visibility: Visibility, readers: readonly Reader[]): boolean {
  if (visibility.open) return true
  return (
    readers.length > 0 &&
    readers.every(
      (reader) =>
        reader.organisations.some((organisation) => visibility.organisations.includes(organisation)) ||
        reader.roles.some((role) => visibility.roles.includes(role)),
    )
  )
}

/** Visible to no reader at all. */
export const nobody: Visibility = { open: false, organisations: [], roles: [] }

/** A visibility that lets nobody in whom either keeps out. */
export function stricterOf(first: Visibility, second: Visibility): Visibility {
  if (first.open) return second
  return second.open ? first : nobody
}
