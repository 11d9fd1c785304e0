import { PlainError } from '../../messages/plain-error.ts'
import type { Clause, DocumentVersion } from '../clause.ts'

/**
 * The clause that a person means: by its key (三/十), its label with or without brackets (（十）, 十, 第九条)
 * or its number (10); 序言 is the preamble. Throws PlainError where there is none, and where several have it (naming their keys).
 */
export function findClause(version: DocumentVersion, wanted: string): Clause {
  const text = bare(wanted)
  const number = /^\d+$/.test(text) ? Number(text) : null
  const ways: ((clause: Clause) => boolean)[] = [
    (clause) => clause.key === wanted.trim(),
    (clause) => clause.label !== '' && bare(clause.label) === text,
    (clause) => number !== null && clause.number === number,
    (clause) => clause.kind === 'preamble' && /^(序言|前言|引言|preamble)$/i.test(text),
  ]
  for (const way of ways) {
    const found = version.clauses.filter(way)
    if (found.length === 1) return found[0]!
    if (found.length > 1) {
      const keys = found.map((clause) => clause.key).join('　')
      throw new PlainError('knowledge:library.ambiguous-clause', { clause: wanted, keys })
    }
  }
  throw new PlainError('knowledge:library.no-such-clause', { title: version.title, clause: wanted })
}

/** In half width, without brackets and closing punctuation: （十） and 十、 are 十, 3.1 stays. */
function bare(label: string): string {
  return label
    .normalize('NFKC')
    .replace(/[\s()]/g, '')
    .replace(/[、.。]+$/, '')
}
