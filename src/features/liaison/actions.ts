import type { Acknowledgement } from '../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { type Asker, askerOf, mayAssign, mayRead, mayRecord } from './access.ts'
import { coverageOf, ownPointsOf, shownPoint } from './answers.ts'
import { ownPointsCard, pointCard, textCard, visitCard } from './cards.ts'
import type { Liaison } from './context.ts'
import { readPromise } from './promises.ts'
import { holdersFrom, nameOfOrganisation, nameOfPerson, readVisit } from './records.ts'
import { roleTitle } from './texts.ts'
import { maySettle } from './visit-forms.ts'
import { passNeed } from './visits.ts'

/** What buttons of liaison do. */
export function liaisonActions(context: Liaison): Feature['actions'] {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  return {
    record: action((click) => openRecord(click)),
    assign: action((click) => openAssign(click)),
    'hand-over': action(async (click) => {
      await askerOf(click.trx, click.action.account, click.now)
      return click.openForm('liaison.hand-over', {})
    }),
    end: action((click) => openEnd(click)),
    frequency: action((click) => openFrequency(click)),
    settle: action((click) => openSettle(click)),
    'pass-need': action((click) => pass(click, context)),
    show: action((click) => showPoint(click, context), true),
    visit: action((click) => showVisit(click), true),
    own: action((click) => turnOwn(click, context), true),
    coverage: action((click) => turnCoverage(click, context), true),
  }
}

type May = (db: Reads, asker: Asker, organisation: string) => Promise<boolean>

/** The organisation of a button. Throws PlainError where whoever pressed may not do this there. */
async function pressedPoint(
  click: Click,
  may: May,
): Promise<{ asker: Asker; organisation: string; name: string }> {
  const asker = await askerOf(click.trx, click.action.account, click.now)
  const organisation = click.action.value.organisation ?? ''
  const name = await nameOfOrganisation(click.trx, organisation)
  if (!(await may(click.trx, asker, organisation))) throw new PlainError('liaison:not-yours')
  return { asker, organisation, name }
}

async function openRecord(click: Click): Promise<Acknowledgement> {
  const values = { day: dayInChina(click.now) }
  if (click.action.value.organisation === undefined) {
    const { person, today } = await askerOf(click.trx, click.action.account, click.now)
    // Whoever looks after a single point has been there.
    const held = await holdersFrom(click.trx, today, { person })
    const points = new Set(held.filter((one) => one.from_day <= today).map((one) => one.organisation))
    const [only] = points.size === 1 ? points : []
    const place = only && (await listOrganisations(click.trx)).find(({ id }) => id === only)
    return click.openForm('liaison.visit', {
      values: place ? { ...values, organisation: place.path } : values,
    })
  }
  const { organisation, name } = await pressedPoint(click, mayRecord)
  return click.openForm('liaison.visit', { values, context: { organisation, name } })
}

async function openAssign(click: Click): Promise<Acknowledgement> {
  const { trx, action, now } = click
  await askerOf(trx, action.account, now)
  const wanted = action.value.organisation
  const place = wanted && (await listOrganisations(trx)).find(({ id }) => id === wanted)
  return click.openForm('liaison.assign', { values: place ? { organisation: place.path } : {} })
}

async function openEnd(click: Click): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const asker = await askerOf(trx, action.account, now)
  const row = (await holdersFrom(trx, asker.today)).find(({ id }) => id === action.value.holder)
  if (!row) throw new PlainError('liaison:ended')
  if (!(await mayAssign(trx, asker, row.organisation))) throw new PlainError('liaison:not-yours')
  const name = await nameOfOrganisation(trx, row.organisation)
  const person = await nameOfPerson(trx, row.person)
  return click.openForm('liaison.end', {
    values: { until: asker.today },
    context: {
      ...{ holder: row.id, organisation: row.organisation, name, person },
      role: roleTitle(row.role, language),
    },
  })
}

async function openFrequency(click: Click): Promise<Acknowledgement> {
  const { organisation, name } = await pressedPoint(click, mayAssign)
  return click.openForm('liaison.frequency', { context: { organisation, name } })
}

async function openSettle(click: Click): Promise<Acknowledgement> {
  const { trx, action, now } = click
  const asker = await askerOf(trx, action.account, now)
  const promise = await readPromise(trx, action.value.promise ?? '')
  if (!(await maySettle(trx, asker, promise))) throw new PlainError('liaison:not-yours')
  if (promise.state !== 'open') throw new PlainError('liaison:promise.settled')
  const name = await nameOfOrganisation(trx, promise.organisation)
  return click.openForm('liaison.promise', { context: { promise: promise.id, text: promise.text, name } })
}

/** 转为意见诉求: what was heard is sent in, once. */
async function pass(click: Click, context: Liaison): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const { person, today } = await askerOf(trx, action.account, now)
  const { row } = await readVisit(trx, action.value.visit ?? '')
  if (!(await mayRecord(trx, { person, today }, row.organisation))) throw new PlainError('liaison:not-yours')
  const position = Number(action.value.position)
  const recorder = { person, account: action.account, language, now }
  const number = await passNeed(trx, context, { visit: row.id, position }, recorder)
  if (number === null) throw new PlainError('liaison:no-opinions')
  return { replace: textCard(translate(language, 'liaison:receipt.passed', { number })) }
}

async function showPoint(click: Click, context: Liaison): Promise<Acknowledgement> {
  const { trx, language } = click
  const { asker, organisation } = await pressedPoint(click, mayRead)
  const shown = await shownPoint(trx, context, organisation, asker.today)
  const rights = {
    records: await mayRecord(trx, asker, organisation),
    assigns: await mayAssign(trx, asker, organisation),
  }
  return { beside: pointCard(shown, rights, language), besideAlone: true }
}

async function showVisit(click: Click): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const asker = await askerOf(trx, action.account, now)
  const visit = await readVisit(trx, action.value.visit ?? '')
  const { organisation, by } = visit.row
  if (by !== asker.person && !(await mayRead(trx, asker, organisation))) throw new PlainError('liaison:gone')
  const records = by === asker.person || (await mayRecord(trx, asker, organisation))
  return { beside: visitCard(visit, records, language), besideAlone: true }
}

/** From which item on a list is shown. */
function placeIn(click: Click): number {
  const typed = Number(click.action.value.from)
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}

async function turnOwn(click: Click, context: Liaison): Promise<Acknowledgement> {
  const asker = await askerOf(click.trx, click.action.account, click.now)
  const points = await ownPointsOf(click.trx, context, asker)
  return { beside: ownPointsCard(points, placeIn(click), click.language), besideAlone: true }
}

async function turnCoverage(click: Click, context: Liaison): Promise<Acknowledgement> {
  const asker = await askerOf(click.trx, click.action.account, click.now)
  return {
    beside: await coverageOf(click.trx, context, asker, placeIn(click), click.language),
    besideAlone: true,
  }
}
