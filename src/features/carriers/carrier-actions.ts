import type { Acknowledgement } from '../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../conversation/feature.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { readPerson } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import { mayEdit, maySee, mayTend, presserOf } from './access.ts'
import { carrierCard, carriersCard, textCard } from './carrier-cards.ts'
import type { CarriersContext } from './context.ts'
import { markHandled, mustBeActive } from './keep-carrier.ts'
import { figuresOf, type ListedCarrier, overviewOf } from './overview.ts'
import { expertLine } from './parse-lists.ts'
import { type Carrier, listCarriers, readCarrier } from './records.ts'
import { matters, standingOf } from './schedule.ts'
import { countStations, warningsOf } from './warnings.ts'

/** What buttons about carriers do. */
export function carrierActions(context: CarriersContext): Feature['actions'] {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  return {
    enter: action(async (click) => {
      await presserOf(click)
      return click.openForm('carriers.enter', {})
    }),
    change: action((click) => openChange(click)),
    renew: action((click) => openFormOf(click, 'carriers.renew', mayEdit)),
    outcome: action((click) => openFormOf(click, 'carriers.outcome', mayTend)),
    grade: action((click) => openFormOf(click, 'carriers.grade', mayEdit)),
    end: action((click) => openFormOf(click, 'carriers.end', mayEdit)),
    handled: action((click) => handled(click, context)),
    show: action((click) => show(click, context), true),
    list: action((click) => turnPage(click, context), true),
  }
}

/** The carrier of a button. Throws PlainError where whoever pressed may not do this to it. */
async function pressedCarrier(click: Click, may: typeof mayEdit | typeof mayTend): Promise<Carrier> {
  const { person, today } = await presserOf(click)
  const carrier = await readCarrier(click.trx, click.action.value.carrier ?? '')
  if (!(await may(click.trx, person, carrier.row, today))) throw new PlainError('carriers:not-yours')
  return carrier
}

async function openFormOf(
  click: Click,
  form: string,
  may: typeof mayEdit | typeof mayTend,
): Promise<Acknowledgement> {
  const { row } = await pressedCarrier(click, may)
  // A year that has passed may still be graded.
  if (form !== 'carriers.grade') mustBeActive(row)
  const { year } = click.action.value
  const about = {
    carrier: row.id,
    name: row.name,
    number: row.number,
    starts: row.starts_on,
    ends: row.ends_on,
  }
  return click.openForm(form, {
    context: about,
    values: form === 'carriers.grade' && year !== undefined ? { year } : {},
  })
}

async function openChange(click: Click): Promise<Acknowledgement> {
  const { row, needs, experts } = await pressedCarrier(click, mayEdit)
  mustBeActive(row)
  const person = row.contact_person === null ? null : await readPerson(click.trx, row.contact_person)
  return click.openForm('carriers.enter', {
    context: { carrier: row.id },
    values: {
      ...{ kind: row.kind, name: row.name, organisation: row.organisation, partner: row.partner },
      ...{ level: row.level ?? '', category: row.category, starts: row.starts_on, ends: row.ends_on },
      ...{ person: person?.name ?? '', contact: row.contact, tasks: row.tasks },
      ...{ needs: needs.join('\n'), experts: experts.map(expertLine).join('\n') },
    },
  })
}

/** 已处理: nobody is told of it again until something changes. */
async function handled(click: Click, { rules }: CarriersContext): Promise<Acknowledgement> {
  const carrier = await pressedCarrier(click, mayTend)
  const { person, today } = await presserOf(click)
  const { matter: given, since = '' } = click.action.value
  const matter = matters.find((one) => one === given)
  if (!matter) throw new PlainError('carriers:gone')
  const isOver = !standingOf(carrier, rules, today).includes(matter)
  if (!isOver) {
    await markHandled(click.trx, carrier.row.id, { matter, since }, { by: person, now: click.now, rules })
  }
  const { number, name } = carrier.row
  const key = isOver ? 'carriers:settled' : 'carriers:receipt.handled'
  return { replace: textCard(translate(click.language, key, { number, name })) }
}

async function show(click: Click, { rules }: CarriersContext): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const { person, today } = await presserOf(click)
  const carrier = await readCarrier(trx, action.value.carrier ?? '')
  if (!(await maySee(trx, person, carrier.row, today))) throw new PlainError('carriers:gone')
  const organisation = await trx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', carrier.row.organisation)
    .executeTakeFirst()
  const listed: ListedCarrier = {
    carrier,
    organisation: organisation?.name ?? '',
    today,
    standing: standingOf(carrier, rules, today),
    warnings: warningsOf(carrier, rules, countStations(await listCarriers(trx, null))),
  }
  const rights = {
    edits: await mayEdit(trx, person, carrier.row, today),
    tends: await mayTend(trx, person, carrier.row, today),
  }
  return { beside: carrierCard(listed, rights, language), besideAlone: true }
}

async function turnPage(click: Click, { rules }: CarriersContext): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const { person, today } = await presserOf(click)
  const { organisations, all } = await reachOfPerson(trx, person, ['carrier.view'], today)
  const found = await overviewOf(trx, rules, all ? null : organisations, today)
  const list = action.value.list === 'pressing' ? 'pressing' : 'all'
  const typed = Number(action.value.from)
  const from = Number.isInteger(typed) && typed > 0 ? typed : 0
  const carriers = list === 'all' ? found : found.filter(({ standing }) => standing.length > 0)
  const card = carriersCard({ list, carriers, from, figures: figuresOf(found) }, language)
  return { beside: card, besideAlone: true }
}
