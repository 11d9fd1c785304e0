import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { onlyOrganisation } from '../../../people/only-organisation.ts'
import { readPerson } from '../../../people/people.ts'
import { maySee, mayUpdate, mustDo, mustNotBeOwn, presserOf } from './access.ts'
import type { PlansContext } from './context.ts'
import { submitPlan, withdrawPlan } from './keep-plan.ts'
import { lateCard } from './late-card.ts'
import { lateAbove } from './late-items.ts'
import { stateAfter } from './life.ts'
import { handPapers, papersCard } from './papers.ts'
import { itemsCard, plansCard, showButton, textCard } from './plan-cards.ts'
import { type Plan, planOfYear, readItem, readPlan } from './records.ts'
import { cardOf, isEditor, namesIn, shownOf, visiblePlans } from './show-plans.ts'
import { weakCard } from './told-cards.ts'
import { weakItems } from './weak-items.ts'

/** What buttons about plans do. */
export function planActions(context: PlansContext): NonNullable<Feature['actions']> {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  return {
    begin: action(async (click) => {
      const { person, today } = await presserOf(click)
      const own = await onlyOrganisation(click.trx, person, 'plan.edit', today)
      const organisation = own ? { organisation: own.path } : {}
      return click.openForm('planning.begin', {
        values: { ...(await yearPlanned(click, own, today)), ...organisation },
      })
    }),
    show: action(show, true),
    items: action(showItems, true),
    list: action(turnPage, true),
    papers: action((click) => showPapers(click, context)),
    late: action(showLate, true),
    submit: action(
      async (click) =>
        (await asksFirst(click)) ??
        hand(click, 'submitted', (seen, doing) => submitPlan(click.trx, context, seen, doing)),
    ),
    withdraw: action((click) =>
      hand(click, 'withdrawn', (seen, doing) => withdrawPlan(click.trx, seen, doing)),
    ),
    decide: action(openDecision),
    review: action((click) => openOfPlan(click, 'planning.review')),
    summary: action((click) => openOfPlan(click, 'planning.summary')),
    'add-item': action((click) => openOfPlan(click, 'planning.item')),
    'change-item': action((click) => openOfItem(click, 'planning.item')),
    'drop-item': action((click) => openOfItem(click, 'planning.drop-item')),
    update: action((click) => openOfItem(click, 'planning.update')),
  }
}

/** At the end of a year it is the next one that is planned, unless it is already. */
async function yearPlanned({ trx }: Click, own: { id: string } | null, today: string) {
  if (today.slice(5, 7) < '11') return {}
  const known = own && (await planOfYear(trx, own.id, Number(today.slice(0, 4)) + 1))
  return known ? {} : { year: 'next' }
}

async function show(click: Click): Promise<Acknowledgement> {
  const { person, today } = await presserOf(click)
  const plan = await readPlan(click.trx, click.action.value.plan ?? '')
  if (!(await maySee(click.trx, person, plan, today))) throw new PlainError('planning:gone')
  return { beside: await cardOf(click.trx, plan, { person, today }, click.language), besideAlone: true }
}

async function showItems(click: Click): Promise<Acknowledgement> {
  const { trx, action, language } = click
  const { person, today } = await presserOf(click)
  const plan = await readPlan(trx, action.value.plan ?? '')
  if (!(await maySee(trx, person, plan, today))) throw new PlainError('planning:gone')
  const edits = await isEditor(trx, plan, { person, today })
  const shown = await shownOf(trx, plan, today)
  const names = await namesIn(trx, [plan])
  const card = itemsCard(shown, { from: placeIn(action.value), edits, person }, names, language)
  return { beside: card, besideAlone: true }
}

async function showPapers(click: Click, context: PlansContext): Promise<Acknowledgement> {
  const { trx, action, language, now } = click
  const { person, today } = await presserOf(click)
  const plan = await readPlan(trx, action.value.plan ?? '')
  if (!(await maySee(trx, person, plan, today))) throw new PlainError('planning:gone')
  const papers = await handPapers(trx, context, plan.row.id, now)
  return { beside: papersCard(plan.row.number, papers, language), besideAlone: true }
}

async function turnPage(click: Click): Promise<Acknowledgement> {
  const { trx, action, language } = click
  const { person, today } = await presserOf(click)
  const late = action.value.late === 'yes'
  const plans = await visiblePlans(trx, { person, today }, { running: late })
  return { beside: plansCard({ plans, from: placeIn(action.value), late }, language), besideAlone: true }
}

async function showLate({ trx, action, language, now }: Click): Promise<Acknowledgement> {
  const { person, today } = await presserOf({ trx, action, now })
  const items = (await lateAbove(trx, today, now)).get(person) ?? []
  const card = lateCard({ items, from: placeIn(action.value), today }, language)
  return { beside: card, besideAlone: true }
}

function placeIn({ from }: Record<string, string>): number {
  const typed = Number(from)
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}

type Seen = { plan: string; seen: number | null }

function seenOf({ value: { plan = '', version } }: Click['action']): Seen {
  return { plan, seen: version === undefined ? null : Number(version) }
}

/** What nobody has, or was due long ago, is said once before it is submitted; null: there is nothing to ask. */
async function asksFirst(click: Click): Promise<Acknowledgement | null> {
  const { trx, action, language } = click
  const { person, today } = await presserOf(click)
  if (action.value.sure === 'yes') return null
  const { plan: id, seen } = seenOf(action)
  const plan = await readPlan(trx, id)
  await mustDo(trx, person, 'plan.edit', plan.row.organisation, today)
  if (stateAfter(plan.row.state, 'submitted') === null || (seen ?? plan.row.version) !== plan.row.version) {
    return null
  }
  const { unowned, past } = weakItems(plan.items, today)
  return unowned + past === 0 ? null : { replace: weakCard(plan, today, language) }
}

/** 提交 and 撤回, at once. */
async function hand(
  click: Click,
  key: 'submitted' | 'withdrawn',
  work: (seen: Seen, doing: { by: string; now: Date }) => Promise<Plan>,
): Promise<Acknowledgement> {
  const { person, today } = await presserOf(click)
  const seen = seenOf(click.action)
  const { row } = await readPlan(click.trx, seen.plan)
  await mustDo(click.trx, person, 'plan.edit', row.organisation, today)
  const plan = await work(seen, { by: person, now: click.now })
  const said = translate(click.language, `planning:receipt.${key}`, {
    ...{ number: plan.row.number, title: plan.row.title },
  })
  return { replace: textCard(said, [showButton(plan.row.id, click.language)]) }
}

async function openDecision(click: Click): Promise<Acknowledgement> {
  const { person, today } = await presserOf(click)
  const { row } = await readPlan(click.trx, click.action.value.plan ?? '')
  await mustDo(click.trx, person, 'plan.decide', row.organisation, today)
  if (row.state !== 'submitted') throw new PlainError('planning:not-now', { number: row.number })
  await mustNotBeOwn(click.trx, person, row, today)
  return click.openForm('planning.decide', { context: contextOf(row, click) })
}

async function openOfPlan(
  click: Click,
  form: 'planning.review' | 'planning.summary' | 'planning.item',
): Promise<Acknowledgement> {
  const { person, today } = await presserOf(click)
  const { row } = await readPlan(click.trx, click.action.value.plan ?? '')
  await mustDo(click.trx, person, 'plan.edit', row.organisation, today)
  return click.openForm(form, { context: contextOf(row, click) })
}

async function openOfItem(
  click: Click,
  form: 'planning.item' | 'planning.drop-item' | 'planning.update',
): Promise<Acknowledgement> {
  const { trx, action } = click
  const { person, today } = await presserOf(click)
  const { plan, item } = await readItem(trx, action.value.about ?? '')
  const may =
    form === 'planning.update'
      ? await mayUpdate(trx, person, item, plan.row, today)
      : await isEditor(trx, plan, { person, today })
  if (!may) throw new PlainError('planning:not-yours')
  if (item.state !== 'open') throw new PlainError('planning:item-over', { goal: item.goal })
  const about = { about: item.id, goal: item.goal, target: item.target }
  const owner = item.owner === null ? null : await readPerson(trx, item.owner)
  const values =
    form === 'planning.item'
      ? {
          ...{ section: item.section, goal: item.goal, measure: item.measure, target: item.target },
          ...{ owner: owner?.name ?? '', starts: item.starts_on, ends: item.ends_on },
          ...{ budget: item.budget === null ? '' : String(item.budget) },
          clause: item.clause === null ? '' : String(item.clause),
        }
      : {}
  return click.openForm(form, { context: { ...contextOf(plan.row, click), ...about }, values })
}

/** The version that stood on the card: what was done since is not undone unseen. */
function contextOf({ id, number, title, year, version }: Plan['row'], { action }: Click) {
  const seen = action.value.version ?? String(version)
  return { plan: id, number, title, year: String(year), version: seen }
}
