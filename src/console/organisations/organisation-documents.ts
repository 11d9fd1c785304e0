import { html } from 'hono/html'
import { factsOf } from '../../features/founding/organisation-facts.ts'
import { readTemplates } from '../../features/founding/templates.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { sendFile } from '../download.ts'
import { visibleOrganisations } from '../members.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { organisationSay } from './organisation-say.ts'

const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The documents of a founding, filled with what is known of the organisation, as files to be gone on with. */
export function addOrganisationDocumentRoutes({ options, get }: ConsoleRoutes): void {
  const { store, duties } = options
  get('/organisations/:id/documents/:name', async (visit) => {
    needs(visit, 'profile.view')
    const [id, name] = [idIn(visit, 'id'), idIn(visit, 'name')]
    const organisation = (await visibleOrganisations(store.db, visit.actor)).find((one) => one.id === id)
    if (!organisation || !can(visit.actor, 'profile.view', organisation.place)) {
      throw new PlainError('console:no-such-record')
    }
    const template = readTemplates(duties.founding.knowledgeDir).get(name)
    if (!template) throw new PlainError('console:no-such-record')
    // What writes DOCX is large, and few ask for it.
    const { writeDocument } = await import('../../features/founding/write-document.ts')
    const bytes = await writeDocument(template, await factsOf(store.db, id, visit.today))
    async function* pieces() {
      yield bytes
    }
    return sendFile(visit, { pieces: pieces(), name: `${organisation.name}-${template.file}.docx`, type })
  })
}

/** Links to the documents. */
export function documentsPanel(visit: Visit, organisation: string, knowledgeDir: string): Html {
  const say = organisationSay(visit)
  const links = [...readTemplates(knowledgeDir)].map(
    ([name, { file }]) =>
      html`<li><a href="/console/organisations/${organisation}/documents/${name}" download>${file}</a></li>`,
  )
  return html`<section class="panel" id="documents"><h2>${say('documents')}</h2><p class="small">${say('documents-hint')}</p><ul>${links}</ul></section>`
}
