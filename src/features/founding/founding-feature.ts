import type { Acknowledgement } from '../../chat/form-view.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { Click, Command, Feature, Mine, Turn, Whose } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { kindOfDay, readWorkCalendar } from '../../timers/calendar/work-calendar.ts'
import { mayEdit, organisationNamed, organisationsOf, readProfile, sightOf } from '../organisations/port.ts'
import { adviseForm, knownOf } from './advise-form.ts'
import { caseForms } from './case-forms.ts'
import type { FoundingContext } from './context.ts'
import { caseCard, noCaseCard, textCard } from './founding-cards.ts'
import { listMine } from './list-mine.ts'
import { caseOf, readCase } from './read-case.ts'
import { stepContext } from './step-reminders.ts'
import { readSteps } from './steps.ts'

/** How an association is founded: which mode, and the steps to it (clause 10). */
export function createFounding(context: FoundingContext): Feature {
  return {
    name: 'founding',
    actions: {
      show: { reads: true, run: (click) => show(context, click) },
      advise: { reads: false, run: advise },
      begin: { reads: false, run: begin },
      done: { reads: false, run: (click) => openStep(context, click, 'founding.step-done') },
      assign: { reads: false, run: (click) => openStep(context, click, 'founding.assign') },
      stop: { reads: false, run: stop },
    },
    commands: commands(context),
    forms: [adviseForm(context), ...caseForms(context)],
    mine: (whose: Whose): Promise<Mine[]> => listMine(context, whose),
    timers: {},
    subscriptions: {},
  }
}

const progress = /^(?:组建进度|founding progress)[\s:：]+(.{1,200})$/iu

function commands(context: FoundingContext): Command[] {
  const shown = (pattern: RegExp | null) => (turn: Turn) =>
    answerAlone(turn, context, async (trx, now) => {
      const person = (await findPersonByAccount(trx, turn.message.account))?.id
      if (person === undefined) throw new PlainError('founding:sign-in')
      const today = dayInChina(now)
      const name = pattern?.exec(turn.message.text.normalize('NFKC').trim())?.[1]
      const [own] = await organisationsOf(trx, person, today)
      const found = name === undefined ? own : await organisationNamed(trx, name)
      if (!found) throw new PlainError('founding:no-organisation')
      return cardOf(trx, context, {
        organisation: found.id,
        name: found.name,
        person,
        now,
        language: turn.language,
      })
    })
  return [
    {
      words: {
        'zh-CN': ['组建咨询', '建科协', '我要建科协', '组建科协咨询', '科协组建咨询'],
        en: ['found an association', 'founding advice'],
      },
      run: (turn) =>
        answerAlone(turn, context, async (trx, now) => {
          const { language } = turn
          const person = (await findPersonByAccount(trx, turn.message.account))?.id
          const [own] = person === undefined ? [] : await organisationsOf(trx, person, dayInChina(now))
          const value: Record<string, string> = own ? { organisation: own.id } : {}
          return textCard(translate(language, 'founding:card.offer'), [
            {
              ...{ label: translate(language, 'founding:card.advise'), action: 'founding.advise', value },
              ...{ opens: 'beside', style: 'primary' },
            },
          ])
        }),
    },
    {
      words: { 'zh-CN': ['组建进度', '开始组建', '科协组建进度'], en: ['founding progress'] },
      run: shown(null),
    },
    { words: { 'zh-CN': [], en: [] }, pattern: progress, run: shown(progress) },
  ]
}

interface Reading {
  organisation: string
  name: string
  person: string
  now: Date
  language: Click['language']
}

async function cardOf(trx: Trx, { knowledgeDir }: FoundingContext, reading: Reading) {
  const { organisation, name, person, now, language } = reading
  const today = dayInChina(now)
  const founding = await caseOf(trx, organisation)
  const isOwner =
    founding?.row.owner === person || founding?.steps.some(({ owner }) => owner === person) === true
  if (!isOwner && (await sightOf(trx, person, organisation, today)) === 'nothing') {
    throw new PlainError('founding:gone')
  }
  const edits = await mayEdit(trx, person, organisation, today)
  if (!founding) {
    const { association } = await readProfile(trx, organisation)
    if (association === 'founded') throw new PlainError('founding:is-founded')
    return noCaseCard({ organisation, name, edits }, language)
  }
  const { steps } = readSteps(knowledgeDir)
  const calendar = await readWorkCalendar(trx, { organisation, person: null }, today)
  const provisional = (day: string) => kindOfDay(calendar, day).provisional
  return caseCard({ founding, name, steps, today, edits, provisional, person }, language)
}

/** Throws PlainError for a guest. */
async function presser({ trx, action, now }: Click): Promise<{ person: string; today: string }> {
  const person = await findPersonByAccount(trx, action.account)
  if (!person) throw new PlainError('founding:sign-in')
  return { person: person.id, today: dayInChina(now) }
}

async function show(context: FoundingContext, click: Click): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const { person } = await presser(click)
  const found = await organisationNamed(trx, action.value.organisation ?? '')
  if (!found) throw new PlainError('founding:gone')
  const reading = { organisation: found.id, name: found.name, person, now, language }
  return { beside: await cardOf(trx, context, reading), besideAlone: true }
}

async function advise(click: Click): Promise<Acknowledgement> {
  const { trx, action } = click
  const organisation = action.value.organisation ?? ''
  const person = await findPersonByAccount(trx, action.account)
  const found = organisation === '' ? null : await organisationNamed(trx, organisation)
  // What is known is filled in for whoever may see it; others are asked.
  const { region, workers } = await knownOf(trx, person?.id ?? null, found?.id, dayInChina(click.now))
  return click.openForm('founding.advise', {
    values: {
      ...(found ? { organisation: found.name } : {}),
      ...(region === '' ? {} : { region }),
      ...(workers === null ? {} : { staff: String(workers) }),
    },
    context: found ? { organisation: found.id } : {},
  })
}

async function begin(click: Click): Promise<Acknowledgement> {
  const { trx, action } = click
  const { person, today } = await presser(click)
  const found = await organisationNamed(trx, action.value.organisation ?? '')
  if (!found || !(await mayEdit(trx, person, found.id, today))) throw new PlainError('founding:not-yours')
  const { mode = '' } = action.value
  return click.openForm('founding.begin', {
    values: { mode },
    context: { organisation: found.id, name: found.name },
  })
}

/** A case of a button with its organisation's name. Throws PlainError where there is none. */
async function pressedCase({ trx, action }: Click) {
  const founding = await readCase(trx, action.value.founding ?? '')
  if (!founding) throw new PlainError('founding:gone')
  if (founding.row.state !== 'running') throw new PlainError('founding:over')
  const found = await organisationNamed(trx, founding.row.organisation)
  return { founding, name: found?.name ?? '' }
}

async function openStep(
  { knowledgeDir }: FoundingContext,
  click: Click,
  form: 'founding.step-done' | 'founding.assign',
): Promise<Acknowledgement> {
  const { person, today } = await presser(click)
  const { founding, name } = await pressedCase(click)
  const step = founding.steps.find(({ position }) => String(position) === click.action.value.position)
  if (!step) throw new PlainError('founding:gone')
  const isOwner = form === 'founding.step-done' && (step.owner ?? founding.row.owner) === person
  if (!isOwner && !(await mayEdit(click.trx, person, founding.row.organisation, today))) {
    throw new PlainError('founding:not-yours')
  }
  if (step.done_on !== null) throw new PlainError('founding:step-done-before', { day: step.done_on })
  const kind = readSteps(knowledgeDir).steps.find((one) => one.name === step.step) ?? null
  return click.openForm(form, { context: stepContext(founding, step, { kind, name }, click.language) })
}

async function stop(click: Click): Promise<Acknowledgement> {
  const { person, today } = await presser(click)
  const { founding, name } = await pressedCase(click)
  if (!(await mayEdit(click.trx, person, founding.row.organisation, today))) {
    throw new PlainError('founding:not-yours')
  }
  return click.openForm('founding.stop', { context: { founding: founding.row.id, name } })
}
