import { html } from 'hono/html'
import { resourceCard } from '../../features/resources/finding/resource-cards.ts'
import { setPhoto, setResourceState } from '../../features/resources/keeping/keep-resource.ts'
import { readResource, resourceStates, useOf } from '../../features/resources/records.ts'
import { mayAnswer, sightOf } from '../../features/resources/sight.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { readPerson } from '../../people/people.ts'
import { cleanFileName, fileType } from '../../platforms/web/file-kind.ts'
import { plainPage } from '../../platforms/web/plain-page.ts'
import { openCard } from '../../seal/sealed-card.ts'
import { cardBlocks } from '../card-blocks.ts'
import { addDeskPages, crumbs, makingPage, outcomePanels, unmade } from '../desk-pages.ts'
import { consolePage, csrfField } from '../frame.ts'
import { largestImport } from '../limits.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { pressButton } from '../press-panel.ts'
import { qrCode } from '../qr-code.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { resourceCalendar } from './resource-calendar.ts'
import { resourceSay, resourceSection } from './resource-panels.ts'

/** A resource on a page: what it is, who comes when, its photo, its poster; all else by the buttons of the chat. */
export function addResourcePageRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, resources, blobs, pressing, publicUrl } = options
  const wakeWorkers = () => resources.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['resources'])

  get('/resources/new', async (visit) => {
    needs(visit, 'resource.edit')
    return shown(visit, unmade, await desk.press(visit, { action: 'resources.enter', value: {} }))
  })

  get('/resources/:id', async (visit) => resourcePage(visit, await kept(visit), null))

  get('/resources/:id/photo', async (visit) => {
    const { row } = await kept(visit)
    const bytes = row.photo === null ? null : await blobs.get(row.photo)
    if (!bytes) throw new PlainError('console:no-such-record')
    return visit.context.body(new Uint8Array(bytes), 200, {
      ...{ 'Content-Type': row.photo_type, 'X-Content-Type-Options': 'nosniff' },
    })
  })

  get('/resources/:id/poster', async (visit) => {
    const { row } = await kept(visit)
    const say = resourceSay(visit)
    if (row.share !== 'public') throw new PlainError('console:no-such-record')
    const address = `${publicUrl()}/r/${row.id}`
    return plainPage(visit.context, 200, {
      ...{ title: row.title, text: say('poster-text'), language: visit.language },
      more: html`${qrCode(address, say('poster-code'))}<p class="small">${address}</p>`,
    })
  })

  addDeskPages(routes, { folder: '/resources', desk, show: shown, sentIn: () => null })

  // What a reload or a refusal leads back to.
  get('/resources/:id/state', async (visit) =>
    visit.context.redirect(`${resourceSection}/${idIn(visit, 'id')}`, 303),
  )

  post('/resources/:id/state', async (visit, fields) => {
    const id = idIn(visit, 'id')
    const state = fields.choice('state', resourceStates)
    await store.transaction(async (trx) =>
      setResourceState(trx, id, state, { by: visit.who.id, now: await store.now(trx) }),
    )
    return visit.context.redirect(`${resourceSection}/${id}`, 303)
  })

  post(
    '/resources/:id/photo',
    async (visit, fields) => {
      const { row } = await kept(visit)
      const file = fields.file('photo')
      if (!file) throw new PlainError('console:import.no-file')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const type = fileType(cleanFileName(file.name), bytes)
      if (type === null) throw new PlainError('resources:wrong.photo')
      const blob = await blobs.put(bytes)
      await store.transaction(async (trx) => setPhoto(trx, row.id, { blob, type }, await store.now(trx)))
      return visit.context.redirect(`${resourceSection}/${row.id}`, 303)
    },
    largestImport,
  )

  /** The resource of the address, where the visitor keeps it or is in charge. Throws PlainError, a 404 page. */
  async function kept(visit: Visit) {
    needs(visit, 'resource.edit')
    const resource = await readResource(store.db, idIn(visit, 'id')).catch((error: unknown) => {
      if (error instanceof PlainError) throw new PlainError('console:no-such-record')
      throw error
    })
    const isTheirs = await mayAnswer(store.db, resource.row, visit.who.id, visit.today)
    if (!isTheirs) throw new PlainError('console:no-such-record')
    return resource
  }

  /** What a button or a form came to, on the page of the resource; what lies sealed is opened for whoever may read it. */
  async function shown(visit: Visit, id: string, given: Pressed): Promise<Response> {
    const cards = await Promise.all(given.cards.map((card) => openCard(store.db, resources.sealer, card)))
    const pressed = { ...given, cards }
    if (id !== unmade) return resourcePage(visit, await kept(visit), pressed)
    needs(visit, 'resource.edit')
    const say = resourceSay(visit)
    return makingPage(visit, { section: resourceSection, list: say('title'), title: say('new'), pressed })
  }

  async function resourcePage(
    visit: Visit,
    resource: Awaited<ReturnType<typeof kept>>,
    pressed: Pressed | null,
  ): Promise<Response> {
    const { language } = visit
    const { row } = resource
    const say = resourceSay(visit)
    const organisation = await store.db
      .selectFrom('organisation')
      .select('name')
      .where('id', '=', row.organisation)
      .executeTakeFirst()
    const isKeeper = (await sightOf(store.db, visit.who.id, visit.today)).kept.has(row.organisation)
    const card = resourceCard(
      {
        ...{ resource, organisation: organisation?.name ?? '', isKeeper },
        owner: row.owner === null ? '' : ((await readPerson(store.db, row.owner))?.name ?? ''),
        use: (await useOf(store.db, [row.id])).get(row.id) ?? null,
        page: row.share === 'public' ? `${publicUrl()}/r/${row.id}` : null,
      },
      resources.kinds,
      language,
    )
    const address = `${resourceSection}/${row.id}`
    const body = html`${crumbs({ section: resourceSection, list: say('title') })}
<h1>${card.title ?? ''}</h1>
${outcomePanels(visit, address, pressed)}
<section class="panel">${row.photo === null ? '' : html`<p><img src="${address}/photo" alt="${row.title}" width="320"></p>`}
${cardBlocks(card.blocks, (button) => pressButton(visit, address, button))}
${row.share === 'public' ? html`<p class="small"><a href="${address}/poster">${say('poster')}</a></p>` : ''}</section>
${await resourceCalendar(visit, options, resource)}
<details class="panel form-panel"><summary>${say('settings')}</summary>
<form method="post" action="${address}/state" class="fields">${csrfField(visit)}
<label>${say('state')}<select name="state">${resourceStates.map((state) => html`<option value="${state}"${state === row.state ? html` selected` : ''}>${translate(language, `resources:standing.${state}`)}</option>`)}</select></label>
<button>${say('save')}</button></form>
<form method="post" action="${address}/photo" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('photo')}<input type="file" name="photo" required accept=".png,.jpg,.jpeg,.webp,.gif"></label>
<button>${say('save')}</button></form></details>`
    const status = pressed?.isRefused ? 422 : 200
    return consolePage(visit, { title: row.title, body, section: resourceSection, status })
  }
}
