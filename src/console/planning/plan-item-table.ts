import { html } from 'hono/html'
import { planFormats } from '../../features/planning/plans/export-plan.ts'
import { figuresOf } from '../../features/planning/plans/figures.ts'
import { editing } from '../../features/planning/plans/life.ts'
import { itemLine } from '../../features/planning/plans/plan-cards.ts'
import type { Plan, PlanItem } from '../../features/planning/plans/records.ts'
import { namesIn } from '../../features/planning/plans/show-plans.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { csrfField, table } from '../frame.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { Visit } from '../visit.ts'
import { planSay } from './plan-say.ts'

const section = '/console/plans'
/** Rows at the end of the table, to add items. */
const emptyRows = 3

/** The fields of an item in the table, in its order, with how long they may be. */
export const itemFields = [
  ...([
    ['section', 40],
    ['goal', 200],
    ['clause', 2],
    ['measure', 1000],
    ['target', 300],
    ['owner', 60],
    ['budget', 16],
    ['starts', 10],
    ['ends', 10],
  ] as const),
]

export type ItemField = (typeof itemFields)[number][0]

/** Items of a plan: a table to change where that may be done, else one to read; files out and in. */
export async function itemsPanel(visit: Visit, db: Reads, plan: Plan, edits: boolean): Promise<Html> {
  const say = planSay(visit)
  const { row, items } = plan
  const names = await namesIn(db, [plan])
  const address = `${section}/${row.id}`
  const files = html`<p class="small">${say('download')} ${planFormats.map((format, i) => html`${i > 0 ? ' · ' : ''}<a href="${address}/export?format=${format}" download>${format.toUpperCase()}</a>`)}</p>${pushButton(visit, row.number)}`
  const mayChange = edits && editing(row.state) !== null
  const list = html`${items.length === 0 ? html`<p class="empty">${say('no-items')}</p>` : readTable(visit, plan, names)}`
  return html`<section class="panel" id="items"><h2>${say('items')}</h2>${list}${files}</section>
${
  mayChange
    ? html`<details class="panel form-panel" id="edit"><summary>${say('edit')}</summary>${editForm(visit, plan, names)}</details>
<details class="panel form-panel" id="import"><summary>${say('import')}</summary><p class="small">${say('import-hint')}</p>
<form method="post" action="${address}/import" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('file')}<input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
<button class="primary">${say('look')}</button></form></details>`
    : ''
}`
}

function readTable(visit: Visit, plan: Plan, names: ReadonlyMap<string, string>): Html {
  const say = planSay(visit)
  const { language, today } = visit
  const figures = figuresOf(plan.items, today, plan.row.state === 'running')
  return table(
    say('items'),
    [say('goal'), say('target'), say('how-far'), say('budget'), say('of-clause', { clause: '' })],
    [
      ...plan.items.map((item) => [
        `${item.position}. ${item.goal}`,
        item.target,
        itemLine(item, { plan, today }, names, language),
        item.budget === null ? '' : String(item.budget),
        item.clause === null ? '' : String(item.clause),
      ]),
      [say('total'), '', `${figures.percent}%`, String(figures.budget), ''],
    ],
  )
}

/** All open items with their fields, and some rows to add new ones. */
function editForm(visit: Visit, { row, items }: Plan, names: ReadonlyMap<string, string>): Html {
  const say = planSay(visit)
  const open = items.filter(({ state }) => state === 'open')
  const cells = (id: string, values: Record<ItemField, string>, label: string) =>
    itemFields.map(
      ([field, most]) =>
        html`<td><input name="${field}.${id}" value="${values[field]}" maxlength="${most}" aria-label="${`${label} ${say(field)}`}"${field === 'starts' || field === 'ends' ? html` type="date"` : ''}></td>`,
    )
  const empty = Object.fromEntries(itemFields.map(([field]) => [field, ''])) as Record<ItemField, string>
  const rows = [
    ...open.map((item) => html`<tr>${cells(item.id, valuesOf(item, names), String(item.position))}</tr>`),
    ...Array.from(
      { length: emptyRows },
      (_, at) => html`<tr>${cells(`new-${at}`, empty, say('new-item', { at: at + 1 }))}</tr>`,
    ),
  ]
  return html`<form method="post" action="${section}/${row.id}/items">${csrfField(visit)}<input type="hidden" name="version" value="${row.version}">
<p class="small">${say('edit-hint')}</p>
<div class="table" role="region" aria-label="${say('edit')}" tabindex="0"><table><thead><tr>${itemFields.map(([field]) => html`<th scope="col">${say(field)}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>
<button class="primary">${say('save')}</button></form>`
}

function valuesOf(item: PlanItem, names: ReadonlyMap<string, string>): Record<ItemField, string> {
  return {
    ...{ section: item.section, goal: item.goal, measure: item.measure, target: item.target },
    ...{ clause: String(item.clause ?? ''), budget: String(item.budget ?? '') },
    ...{ owner: names.get(item.owner ?? '') ?? '', starts: item.starts_on, ends: item.ends_on },
  }
}
