import { z } from 'zod'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { type Role, roles } from '../../../people/roles.ts'
import { describeRule } from '../../../timers/recurrence/describe-rule.ts'
import type { RemindersContext } from '../context.ts'
import { type Reminder, readReminders, type Target, wordsOf } from '../records.ts'
import { type Maker, makerOf, mayKeep, maySee, mustReach, organisationOf } from './access.ts'
import { askToEnd } from './course-command.ts'
import { draftBack } from './draft-of-request.ts'
import type { DutyFiles } from './duty-files.ts'
import { mustKeep } from './enter-form.ts'
import { forgetDraft } from './forget-drafts.ts'
import { noteHistory } from './history.ts'
import {
  changeTargets,
  confirmDraft,
  endReminder,
  keepException,
  pauseReminder,
  resumeReminder,
} from './keep-reminder.ts'
import { listOf } from './list-reminders.ts'
import { listCard, reminderCard, sayingCard, templatesCard, trialCard } from './reminder-cards.ts'
import { viewOf } from './reminder-view.ts'
import { ruleOfTemplate } from './templates.ts'
import { localOf, timeInWords, upcomingOf } from './upcoming.ts'
import { valuesOfReminder, valuesOfTemplate } from './values-of-reminder.ts'
import { zoneOfMaker } from './zone-of-maker.ts'

/** A button's reminder, with who pressed. */
interface Pressed {
  maker: Maker
  reminder: Reminder
}

/** What buttons about making reminders do. */
export function makingActions(context: RemindersContext, files: DutyFiles): Feature['actions'] {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  /** Does it to the reminder of the button, and shows it as it is then. */
  const doing = (said: string, run: (click: Click, pressed: Pressed) => Promise<Reminder>) =>
    action(async (click) => {
      const pressed = await kept(click)
      const reminder = await run(click, pressed)
      context.wakeWorkers()
      const view = await viewOf(click.trx, reminder, pressed.maker, click.language)
      return { replace: reminderCard(view, click.language, translate(click.language, said)) }
    })
  return {
    new: action((click) => openNew(click, files)),
    show: action(show, true),
    list: action(turnPage, true),
    templates: action((click) => showTemplates(click, files), true),
    confirm: doing('reminders:receipt.made', async ({ trx, now }, { maker, reminder }) => {
      if (reminder.row.state !== 'draft') return reminder
      if (reminder.targets.length === 0) throw new PlainError('reminders:form.nobody')
      await mustReach(trx, maker, reminder.targets)
      return confirmDraft(trx, reminder, { by: maker.person, now })
    }),
    choose: action((click) => choose(click)),
    discard: action((click) => discard(click)),
    change: action((click) => openChange(click, files)),
    copy: action((click) => openCopy(click, files)),
    pause: doing('reminders:receipt.paused', async ({ trx, now }, { maker, reminder }) => {
      await pauseReminder(trx, reminder, { by: maker.person, now })
      return again(trx, reminder)
    }),
    resume: doing('reminders:receipt.resumed', ({ trx, now }, { maker, reminder }) =>
      resumeReminder(trx, reminder, { by: maker.person, now }),
    ),
    skip: doing('reminders:receipt.skipped', async ({ trx, now }, { maker, reminder }) => {
      const { next_key: key, state } = reminder.row
      if (state !== 'active' || key === null) throw new PlainError('reminders:move.none')
      return keepException(trx, reminder, key, 'skip', { by: maker.person, now })
    }),
    move: action((click) => openMove(click)),
    try: action((click) => tryOut(click)),
    end: action(askWhetherToEnd),
    'end-sure': doing('reminders:receipt.ended', async ({ trx, now }, { maker, reminder }) => {
      await mustKeep(trx, maker, reminder)
      await endReminder(trx, context, reminder, { by: maker.person, now })
      return again(trx, reminder)
    }),
  }
}

/** Throws PlainError where it is not for whoever pressed to keep. */
async function kept(click: Click): Promise<Pressed> {
  const { trx, action, now } = click
  const maker = await makerOf(trx, action.account, now)
  const [reminder] = await readReminders(trx, [action.value.reminder ?? ''])
  if (!reminder) throw new PlainError('reminders:gone')
  if (!(await mayKeep(trx, maker, reminder))) throw new PlainError('reminders:not-yours')
  return { maker, reminder }
}

async function again(trx: Click['trx'], { row }: Reminder): Promise<Reminder> {
  return (await readReminders(trx, [row.id]))[0]!
}

/** The form for a new one: empty, of a template, or with what a sentence said already. */
async function openNew(click: Click, files: DutyFiles): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const maker = await makerOf(trx, action.account, now)
  const { template: name, title = '', words = '' } = action.value
  if (name !== undefined) {
    const template = files.templates.find((one) => one.name === name)
    if (!template) throw new PlainError('reminders:templates.gone')
    const values = await valuesOfTemplate(trx, template, maker, language)
    return click.openForm('reminders.enter', { values, context: { template: name } })
  }
  const values = {
    ...{ title, whom: 'me', time: '09:00', quiet: '22:00-07:00', useful: '48' },
    timeZone: await zoneOfMaker(trx, maker.person, maker.today),
    ...{ steps: 'none', each: 'yes', means: 'know' },
    ...(words === '' ? {} : { rhythm: 'words', words }),
  }
  const offered = files.presets.some((preset) => preset.name === 'none') ? values : { ...values, steps: '' }
  return click.openForm('reminders.enter', { values: offered, context: {} })
}

async function openChange(click: Click, files: DutyFiles): Promise<Acknowledgement> {
  const { maker, reminder } = await kept(click)
  await mustKeep(click.trx, maker, reminder)
  if (reminder.row.state === 'ended') throw new PlainError('reminders:over')
  return click.openForm('reminders.enter', {
    values: valuesOfReminder(reminder, files, click.language),
    context: { reminder: reminder.row.id, seen: reminder.row.changed_at },
  })
}

async function openCopy(click: Click, files: DutyFiles): Promise<Acknowledgement> {
  const { reminder } = await kept(click)
  const title = translate(click.language, 'reminders:copy-title', {
    title: wordsOf(reminder.row, click.language).title,
  })
  const values = {
    ...valuesOfReminder(reminder, files, click.language),
    // A feature's form stays with the reminder that the feature made.
    ...(reminder.row.means === 'form' ? { means: 'done' } : {}),
    title: Array.from(title).slice(0, 60).join(''),
  }
  return click.openForm('reminders.enter', { values, context: { copyOf: reminder.row.id } })
}

async function openMove(click: Click): Promise<Acknowledgement> {
  const { reminder } = await kept(click)
  const { row } = reminder
  if (row.state !== 'active' || row.next_key === null || row.next_at === null) {
    throw new PlainError('reminders:move.none')
  }
  const next = { local: localOf(new Date(row.next_at), row.time_zone), provisional: row.provisional === 1 }
  const [day = '', time = ''] = next.local.split('T')
  return click.openForm('reminders.move', {
    values: { day, time },
    context: {
      ...{ reminder: row.id, key: row.next_key, zone: row.time_zone, number: row.number },
      ...{ title: wordsOf(row, click.language).title, when: timeInWords(next, click.language) },
    },
  })
}

/** An end cannot be taken back, and its button stands beside harmless ones: it is asked for once more. */
async function askWhetherToEnd(click: Click): Promise<Acknowledgement> {
  const { maker, reminder } = await kept(click)
  await mustKeep(click.trx, maker, reminder)
  if (reminder.row.state === 'ended') throw new PlainError('reminders:over')
  return { beside: askToEnd(reminder, click.language), besideAlone: true }
}

async function show(click: Click): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const maker = await makerOf(trx, action.account, now)
  const [reminder] = await readReminders(trx, [action.value.reminder ?? ''])
  if (!reminder || !(await maySee(trx, maker, reminder))) throw new PlainError('reminders:gone')
  const view = await viewOf(trx, reminder, maker, language)
  return { beside: reminderCard(view, language), besideAlone: true }
}

async function turnPage({ trx, action, now, language }: Click): Promise<Acknowledgement> {
  const maker = await makerOf(trx, action.account, now)
  const all = await listOf(trx, maker, language)
  return { beside: listCard({ all, from: startOf(action.value.from) }, language), besideAlone: true }
}

async function showTemplates({ trx, action, now, language }: Click, files: DutyFiles) {
  const { today } = await makerOf(trx, action.account, now)
  const templates = files.templates.map((template) => ({
    ...template,
    rule: describeRule(ruleOfTemplate(template, today), language),
  }))
  const problems = files.problems.map(({ key, values }) => translate(language, key, values))
  const card = templatesCard({ templates, from: startOf(action.value.from) }, problems, language)
  return { beside: card, besideAlone: true }
}

function startOf(from: string | undefined): number {
  const typed = Number(from ?? '0')
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}

const chosen = z.union([
  z.strictObject({
    kind: z.literal('chat'),
    chat: z.strictObject({
      ...{ platform: z.string(), installation: z.string(), chat: z.string(), thread: z.string() },
    }),
  }),
  z.strictObject({ kind: z.literal('person'), person: z.string() }),
  z.strictObject({
    ...{ kind: z.literal('role'), role: z.enum(roles as readonly [Role, ...Role[]]) },
    ...{ organisation: z.string(), below: z.boolean() },
  }),
])

/** One of several whom a sentence could mean. */
async function choose(click: Click): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const { maker, reminder } = await kept(click)
  if (reminder.row.state !== 'draft') throw new PlainError('reminders:gone')
  const target: Target = chosen.parse(JSON.parse(action.value.target ?? 'null'))
  await mustReach(trx, maker, [target])
  const others = reminder.targets.filter((one) => JSON.stringify(one) !== JSON.stringify(target))
  const targets = [...others, target]
  const organisation = await organisationOf(trx, maker, targets)
  const changed = await changeTargets(trx, reminder, targets, organisation, now)
  const back = { problem: null, choices: [] }
  return { replace: await draftBack(trx, changed, back, maker, language) }
}

async function discard(click: Click): Promise<Acknowledgement> {
  const { reminder } = await kept(click)
  if (reminder.row.state !== 'draft')
    throw new PlainError('reminders:counts-already', { number: reminder.row.number })
  await forgetDraft(click.trx, reminder.row.id)
  return { replace: sayingCard(translate(click.language, 'reminders:draft.discarded')) }
}

/** What it will look like, to whoever pressed alone; nobody else hears of it and nothing has to be acknowledged. */
async function tryOut(click: Click): Promise<Acknowledgement> {
  const { trx, now, language } = click
  const { maker, reminder } = await kept(click)
  const [next] = await upcomingOf(trx, reminder, now, 1)
  const when = next ? timeInWords(next, language) : ''
  await noteHistory(trx, { reminder: reminder.row.id, what: 'tried', by: maker.person, now })
  return { beside: trialCard(reminder, when, language), besideAlone: true }
}
