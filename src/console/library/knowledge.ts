import { html } from 'hono/html'
import { isVisibleTo, type Reader, type Visibility } from '../../knowledge/clause.ts'
import { type ListedVersion, listVersions } from '../../knowledge/library/versions.ts'
import { can } from '../../people/can.ts'
import { listOrganisations, type PlacedOrganisation } from '../../people/organisations.ts'
import { readerOf } from '../../people/readers.ts'
import { roles } from '../../people/roles.ts'
import { consolePage, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { roleName } from '../say.ts'
import { needs, type Visit, wholeHouse } from '../visit.ts'

/** The documents with their versions: which one holds, and who may see it. */
export function addKnowledgeRoutes({ options: { store }, get }: ConsoleRoutes): void {
  get('/knowledge', async (visit) => {
    needs(visit, 'knowledge.view')
    const { say, actor, today } = visit
    // In a branch the console shows the documents that its people may read; in a root, all.
    const all = await listVersions(store, today)
    const reader = await readerOf(store.db, visit.who.id, today)
    const seesAll = can(actor, 'knowledge.view', wholeHouse)
    const versions = seesAll ? all : versionsShownTo(all, reader)
    const organisations = await listOrganisations(store.db)
    const documents = [...Map.groupBy(versions, ({ document }) => document).values()]
    const header = ['version', 'standing', 'effective', 'issuers', 'visible-to', 'clauses'] as const
    const body = html`<h1>${say('nav.knowledge')}</h1>
<p class="lead">${say('knowledge.lead', { documents: documents.length, seen: seesAll ? say('knowledge.seen-all') : say('knowledge.seen-own') })}</p>
${documents.length === 0 ? html`<p class="empty panel">${say('knowledge.none')}</p>` : ''}
${documents.map((of) => {
  const current = of.find(({ standing }) => standing === 'current') ?? of.at(-1)!
  const rows = of
    .toReversed()
    .map((version) => [
      say('knowledge.version-number', { version: version.version }),
      html`<span class="tag standing-${version.standing}">${say(`standing.${version.standing}`)}</span>`,
      version.effective ?? say('knowledge.undated'),
      version.issuers,
      visibilityText(visit, version.visibility, organisations),
      String(version.clauses),
    ])
  return html`<section class="panel"><div class="panel-head"><h2>${current.title}</h2><code>${current.document}</code></div>
${table(
  current.title,
  header.map((key) => say(`knowledge.${key}`)),
  rows,
)}</section>`
})}
<p class="small">${say('knowledge.how-to-change')}</p>`
    return consolePage(visit, { title: say('nav.knowledge'), body, section: '/console/knowledge' })
  })
}

/**
 * The versions that a reader may be told of. A document whose version in force is hidden from them is not there at
 * all: an older, open version would tell of it, and no longer holds.
 */
export function versionsShownTo(versions: readonly ListedVersion[], reader: Reader): ListedVersion[] {
  const isVisible = ({ visibility }: ListedVersion) => isVisibleTo(visibility, [reader])
  const hidden = new Set(
    versions
      .filter((version) => version.standing === 'current' && !isVisible(version))
      .map(({ document }) => document),
  )
  return versions.filter((version) => isVisible(version) && !hidden.has(version.document))
}

/** Who may see a version, in words: organisations by name, roles as people call them. */
function visibilityText(
  { say, language }: Visit,
  visibility: Visibility,
  organisations: readonly PlacedOrganisation[],
): string {
  if (visibility.open) return say('knowledge.open')
  const names = visibility.organisations.map(
    (name) => organisations.find(({ id }) => id === name)?.path ?? name,
  )
  const held = visibility.roles.map((name) => {
    const role = roles.find((known) => known === name)
    return role ? roleName(language, role) : name
  })
  return [...names, ...held].join('、')
}
