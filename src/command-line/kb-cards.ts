import type { Card } from '../chat/card.ts'
import { plain } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import type { Clause, DocumentVersion, Visibility } from '../knowledge/clause.ts'
import type { ListedVersion } from '../knowledge/library/versions.ts'
import { formatVisibleTo } from '../knowledge/library/visible-to.ts'
import { translate } from '../messages/translate.ts'

const columns = [
  'document',
  'version',
  'title',
  'issuers',
  'effective',
  'standing',
  'visible-to',
  'clauses',
] as const

/** All versions as one table, a line each. */
export function versionsCard(versions: readonly ListedVersion[], language: Language): Card {
  const say = (key: string) => translate(language, `knowledge:kb.${key}`)
  const rows = versions.map((version) => [
    version.document,
    String(version.version),
    version.title,
    version.issuers,
    version.effective ?? say('undated'),
    say(`standing.${version.standing}`),
    formatVisibility(version.visibility, language),
    String(version.clauses),
  ])
  const header = columns.map((column) => say(`column.${column}`))
  return { tone: 'info', blocks: [{ type: 'table', header, rows }] }
}

/** One clause in full, with where it stands. */
export function clauseCard(version: DocumentVersion, clause: Clause, language: Language): Card {
  const say = (key: string, values = {}) => translate(language, `knowledge:kb.${key}`, values)
  const facts = [
    version.issuers,
    say('edition', { version: version.version }),
    version.effective && `${say('column.effective')} ${version.effective}`,
    `${say('column.visible-to')} ${formatVisibility(version.visibility, language)}`,
  ]
  return {
    tone: 'info',
    title: `《${version.title}》`,
    blocks: [
      { type: 'note', text: facts.filter(Boolean).join(' · ') },
      { type: 'note', text: [...clause.path, clause.key].join(' › ') },
      { type: 'text', runs: plain(clause.text) },
    ],
  }
}

export function formatVisibility(visibility: Visibility, language: Language): string {
  return visibility.open ? translate(language, 'knowledge:kb.open') : formatVisibleTo(visibility)
}
