import { html } from 'hono/html'
import { itemHeadings, itemTableColumns } from '../../features/planning/plans/columns.ts'
import { exportPlan, planFormats } from '../../features/planning/plans/export-plan.ts'
import {
  type ItemRow,
  previewItems,
  type RowPreview,
  readItemTable,
} from '../../features/planning/plans/import-plan.ts'
import { changeItems } from '../../features/planning/plans/keep-items.ts'
import { personNames } from '../../features/planning/plans/names.ts'
import { openPlans } from '../../features/planning/plans/open-plans.ts'
import { changeText } from '../../features/planning/plans/plan-texts.ts'
import { type Plan, readPlan } from '../../features/planning/plans/records.ts'
import { namesIn } from '../../features/planning/plans/show-plans.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError } from '../../messages/translate.ts'
import { placeOf } from '../../people/actor.ts'
import { type Action, can } from '../../people/can.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { sendFile } from '../download.ts'
import type { Fields } from '../form-fields.ts'
import { consolePage, csrfField } from '../frame.ts'
import { reportPanel } from '../import-report.ts'
import { largestImport } from '../limits.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, type Visit } from '../visit.ts'
import { planSay } from './plan-say.ts'

const section = '/console/plans'

/** Items of a plan changed in the table of its page, written out, and taken in after they were looked at. */
export function addPlanItemRoutes({ options, get, post }: ConsoleRoutes): void {
  const { store, logger, duties, events } = options
  const context = openPlans(duties.planning)

  get('/plans/:id/export', async (visit) => {
    const plan = await planFor(visit, store.db, 'plan.view')
    const format = planFormats.find((one) => one === visit.context.req.query('format')) ?? 'xlsx'
    const names = await namesIn(store.db, [plan])
    return sendFile(visit, exportPlan(plan, names, { format, language: visit.language }))
  })

  for (const path of ['/plans/:id/items', '/plans/:id/import', '/plans/:id/import/confirm']) {
    get(path, async (visit) => visit.context.redirect(`${section}/${idIn(visit, 'id')}`, 303))
  }

  post(
    '/plans/:id/items',
    async (visit, fields) => {
      const plan = await planFor(visit, store.db, 'plan.edit')
      const rows = rowsOf(plan, fields)
      const { rows: previews } = await previewItems(store.db, plan, rows)
      // What was typed is shown again with what is wrong in it: nothing is lost.
      if (previews.some(({ reason }) => reason !== null)) return previewPage(visit, plan, rows, previews)
      return keep(visit, plan.row.id, rows, Number(fields.text('version')))
    },
    largestImport,
  )

  post(
    '/plans/:id/import',
    async (visit, fields) => {
      const plan = await planFor(visit, store.db, 'plan.edit')
      const file = fields.file('file')
      if (!file) throw new PlainError('duty-pages:plans.no-file')
      const rows = await readItemTable(new Uint8Array(await file.arrayBuffer()))
      return previewPage(visit, plan, rows, (await previewItems(store.db, plan, rows)).rows)
    },
    largestImport,
  )

  post(
    '/plans/:id/import/confirm',
    async (visit, fields) => {
      const plan = await planFor(visit, store.db, 'plan.edit')
      return keep(visit, plan.row.id, rowsIn(fields.text('rows')), Number(fields.text('version')))
    },
    largestImport,
  )

  /** All rows that are right, or nothing where the plan was changed meanwhile. */
  async function keep(visit: Visit, id: string, rows: readonly ItemRow[], seen: number): Promise<Response> {
    await store.transaction(async (trx) => {
      const { changes } = await previewItems(trx, await readPlan(trx, id), rows)
      const doing = { by: visit.who.id, now: await store.now(trx) }
      await changeItems(trx, context, { plan: id, seen }, changes, doing)
    })
    logger.info({ by: visit.who.id, rows: rows.length }, 'items of a plan were changed')
    events.wakeWorkers()
    return visit.context.redirect(`${section}/${id}?done=acted#items`, 303)
  }

  async function previewPage(
    visit: Visit,
    plan: Plan,
    rows: readonly ItemRow[],
    previews: readonly RowPreview[],
  ): Promise<Response> {
    const say = planSay(visit)
    const address = `${section}/${plan.row.id}`
    const owners = previews.flatMap(({ changes }) =>
      (changes.owner ?? []).flatMap((id) => (id === null ? [] : [String(id)])),
    )
    const names = await personNames(store.db, owners)
    const right = previews.filter(({ outcome }) => outcome === 'add' || outcome === 'change').length
    const refused = previews.filter(({ reason }) => reason !== null).length
    const body = html`<p class="crumbs"><a href="${section}">${say('title')}</a> › <a href="${address}">${plan.row.number}</a></p><h1>${say('preview')}</h1>
${report(visit, previews, names)}
${right === 0 ? '' : confirmForm(visit, plan, rows)}
<p><a class="button" href="${address}#items">${say('back')}</a></p>`
    return consolePage(visit, { title: say('preview'), body, section, status: refused > 0 ? 422 : 200 })
  }
}

/** The plan of a page, for whoever may do this to it. Throws PlainError for others. */
async function planFor(visit: Visit, db: Reads, action: Action): Promise<Plan> {
  const id = idIn(visit, 'id')
  const row = await db.selectFrom('plan').select('organisation').where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('console:no-such-record')
  const place = await placeOf(db, row.organisation)
  if (!can(visit.actor, 'plan.view', place)) throw new PlainError('console:no-such-record')
  if (!can(visit.actor, action, place)) throw new PlainError('planning:not-yours')
  return readPlan(db, id)
}

/** The rows of the table on the page, as those of a file. */
function rowsOf({ items }: Plan, fields: Fields): ItemRow[] {
  const ids = new Set(
    fields.names().flatMap((name) => (name.startsWith('goal.') ? [name.slice('goal.'.length)] : [])),
  )
  const positions = new Map(items.map(({ id, position }) => [id, position]))
  return [...ids].map((id, at) => ({
    line: positions.get(id) ?? at + 1,
    values: {
      ...(Object.fromEntries(
        itemTableColumns.map((column) => [column, fields.text(`${column}.${id}`)]),
      ) as ItemRow['values']),
      position: String(positions.get(id) ?? ''),
    },
  }))
}

/** Rows as the preview has put them into its page. Throws PlainError where they are none: only a forged form sends that. */
function rowsIn(json: string): ItemRow[] {
  try {
    const rows = JSON.parse(json) as [number, ...string[]][]
    return rows.map(([line, ...cells]) => ({
      line: Number(line),
      values: Object.fromEntries(
        itemTableColumns.map((column, at) => [column, String(cells[at] ?? '')]),
      ) as ItemRow['values'],
    }))
  } catch {
    throw new PlainError('console:not-understood')
  }
}

function report(visit: Visit, previews: readonly RowPreview[], names: ReadonlyMap<string, string>): Html {
  const say = planSay(visit)
  const { language } = visit
  const count = (wanted: RowPreview['outcome']) => previews.filter(({ outcome }) => outcome === wanted).length
  return reportPanel(
    visit,
    previews.map(({ line, goal, outcome, changes, reason, column }) => {
      const where = column === null ? '' : `【${itemHeadings[column][language === 'en' ? 1 : 0]}】`
      const what = outcome === 'add' ? 'item-added' : 'item-changed'
      return {
        ...{ line, name: goal, isRefused: reason !== null },
        outcome: reason
          ? `${where}${explainError(reason, language)}`
          : outcome === 'same'
            ? say('same')
            : changeText(what, { goal, changes }, names, language),
      }
    }),
    {
      title: say('preview'),
      said: say('counts', { added: count('add'), changed: count('change'), refused: count('refused') }),
      header: [say('line'), say('goal'), say('outcome')],
    },
  )
}

function confirmForm(visit: Visit, { row }: Plan, rows: readonly ItemRow[]): Html {
  const say = planSay(visit)
  const kept = rows.map(({ line, values }) => [line, ...itemTableColumns.map((column) => values[column])])
  return html`<form method="post" action="${section}/${row.id}/import/confirm">${csrfField(visit)}
<input type="hidden" name="version" value="${row.version}"><input type="hidden" name="rows" value="${JSON.stringify(kept)}">
<button class="primary">${say('confirm')}</button></form>`
}
