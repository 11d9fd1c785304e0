import { listVersions } from '../../knowledge/library/versions.ts'
import { translate } from '../../messages/translate.ts'
import { readerOf } from '../../people/readers.ts'
import type { Store } from '../../store/store.ts'
import type { Visit } from '../visit.ts'
import { versionsShownTo } from './knowledge.ts'

interface Place {
  document: string
  key: string
}

/**
 * How clauses of the documents in force are called: 《title》label. One of a document that the visitor may not read is
 * `closed`, for even the name of a document can be too much; what is no longer in force is `gone`.
 */
export async function clauseNames(
  store: Store,
  { who, today, language }: Visit,
  places: readonly Place[],
): Promise<(place: Place) => { name: string } | 'closed' | 'gone'> {
  const reader = await readerOf(store.db, who.id, today)
  const current = (await listVersions(store, today)).filter(({ standing }) => standing === 'current')
  const readable = new Set(versionsShownTo(current, reader))
  const names = new Map<string, { name: string } | 'closed'>()
  for (const head of current) {
    const keys = places.filter(({ document }) => document === head.document).map(({ key }) => key)
    if (keys.length === 0) continue
    const clauses = await store.db
      .selectFrom('clause')
      .select(['key', 'label'])
      .where('document', '=', head.document)
      .where('version', '=', head.version)
      .where('key', 'in', [...new Set(keys)])
      .execute()
    for (const { key, label } of clauses) {
      const name = translate(language, 'help:clause.name', { title: head.title, label: label || key })
      names.set(JSON.stringify([head.document, key]), readable.has(head) ? { name } : 'closed')
    }
  }
  return ({ document, key }) => names.get(JSON.stringify([document, key])) ?? 'gone'
}
