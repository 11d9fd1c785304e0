import type { IncomingFile } from '../../../chat/incoming.ts'
import type { FilledForm, FormDefinition, FormField, Receipt, Submission } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { isAskedFor, itemInContext } from '../../reminders/port.ts'
import type { PlanningContext } from '../context.ts'
import { may, mustEdit } from './access.ts'
import { textCard } from './duty-cards.ts'
import { dutyOrigin } from './keep-duties.ts'
import {
  arrangeMeeting,
  changeMeeting,
  keepMinutes,
  type MeetingRow,
  ownersOf,
  readDecision,
  readMeeting,
  settleDecision,
} from './meetings.ts'
import { parseDecisions } from './parse-decisions.ts'

type Context = Pick<PlanningContext, 'reminders'>

const label = (name: string) => `planning:duty.form.${name}`

/** The forms by which a leader's hearing of reports is arranged, kept, and followed up. */
export function meetingForms(context: Context): FormDefinition[] {
  return [meetingForm(context), minutesForm(context), decisionForm(context)]
}

/** To arrange a meeting; of one that is arranged already (`meeting`) the agenda alone, or with `all` everything. */
function meetingForm(context: Context): FormDefinition {
  const isWhole = (about: Readonly<Record<string, string>>) =>
    about.meeting === undefined || about.all !== undefined
  return {
    name: 'planning.meeting',
    version: 1,
    title: 'planning:duty.form.meeting-title',
    subject: '{{unit}}',
    seenBy: 'planning:duty.form.seen-by',
    // What is entered for a meeting that there is may come from anybody who has the reminder; arranging one may not.
    takes: async ({ db, person, now, context: { meeting, organisation } }) =>
      meeting !== undefined || organisation === undefined || may(db, person, 'plan.edit', organisation, now),
    pages: [
      {
        name: 'unit',
        intro: [],
        when: (_values, about) => about.meeting === undefined && about.organisation === undefined,
        fields: [
          { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
        ],
        check: checkOrganisation,
      },
      {
        name: 'meeting',
        intro: ['planning:duty.form.meeting-intro'],
        when: (_values, about) => isWhole(about),
        fields: [
          {
            ...{ name: 'leader', type: 'person', label: label('leader'), hint: label('leader-hint') },
            ...{ required: true, colleagues: true },
          },
          { name: 'day', type: 'date', label: label('day'), required: true },
          { name: 'place', type: 'text', label: label('place'), most: 100 },
        ],
        check: async ({ values: { day }, now }) =>
          typeof day === 'string' && day < dayInChina(now)
            ? { day: { key: 'planning:duty.day-past', values: {} } }
            : {},
      },
      {
        name: 'agenda',
        intro: ['planning:duty.form.agenda-intro'],
        fields: [
          {
            ...{ name: 'agenda', type: 'long-text', label: label('agenda'), most: 2000 },
            ...{ example: label('agenda-example') },
          },
        ],
        check: async ({ values: { agenda }, context: about }) =>
          !isWhole(about) && (agenda ?? '') === ''
            ? { agenda: { key: 'planning:duty.no-agenda', values: {} } }
            : {},
      },
    ],
    async submit(sent): Promise<Receipt> {
      const { trx, values, now } = sent
      const agenda = String(values.agenda ?? '')
      if (sent.context.meeting !== undefined) {
        const meeting = await readMeeting(trx, sent.context.meeting)
        const by = await mustEditOrHave(sent, 'meeting', meeting.organisation)
        const draft = isWhole(sent.context) ? { ...arrangedIn(values), agenda } : { agenda }
        return receiptOf(
          sent,
          context,
          await changeMeeting(trx, context, meeting, draft, { by, now }),
          'changed',
        )
      }
      const organisation = sent.context.organisation ?? String(values.organisation ?? '')
      const by = await mustEdit(trx, sent.person, organisation, now)
      const draft = { ...arrangedIn(values), agenda }
      const meeting = await arrangeMeeting(trx, context, organisation, draft, { by, now })
      // Whoever arranges it unasked is not asked to any more.
      const done = { by, note: meeting.number, now }
      await context.reminders.done(trx, dutyOrigin('report-meeting', organisation), done)
      return receiptOf(sent, context, meeting, 'arranged')
    },
  }
}

function arrangedIn(values: Submission['values']) {
  return {
    leader: String(values.leader),
    plannedOn: String(values.day),
    place: String(values.place ?? ''),
  }
}

function minutesForm(context: Context): FormDefinition {
  const decisions: FormField = {
    ...{ name: 'decisions', type: 'long-text', label: label('decisions'), hint: label('decisions-hint') },
    ...{ example: label('decisions-example'), most: 5000 },
  }
  return {
    name: 'planning.minutes',
    version: 1,
    title: 'planning:duty.form.minutes-title',
    subject: '{{number}}',
    seenBy: 'planning:duty.form.seen-by',
    notes: unknownOwners,
    pages: [
      {
        name: 'minutes',
        intro: ['planning:duty.form.minutes-intro'],
        fields: [
          { name: 'held', type: 'date', label: label('held'), required: true },
          { name: 'minutes', type: 'long-text', label: label('minutes'), most: 5000 },
          { name: 'files', type: 'file', label: label('files'), most: 5 },
        ],
        async check({ values: { held, minutes, files }, now }) {
          if (typeof held === 'string' && held > dayInChina(now)) {
            return { held: { key: 'planning:duty.day-to-come', values: {} } }
          }
          const isEmpty = (minutes ?? '') === '' && !(Array.isArray(files) && files.length > 0)
          return isEmpty ? { minutes: { key: 'planning:duty.no-minutes', values: {} } } : {}
        },
      },
      {
        name: 'decisions',
        intro: ['planning:duty.form.decisions-intro'],
        fields: [decisions],
        async check({ values, now }) {
          const held = String(values.held ?? dayInChina(now))
          return refusedBy('decisions', () => parseDecisions(String(values.decisions ?? ''), held))
        },
      },
    ],
    async submit(sent): Promise<Receipt> {
      const { trx, values, now } = sent
      const meeting = await readMeeting(trx, sent.context.meeting ?? '')
      const by = await mustEditOrHave(sent, 'minutes', meeting.organisation)
      const heldOn = String(values.held)
      const kept = await keepMinutes(
        trx,
        context,
        meeting,
        {
          ...{ heldOn, minutes: String(values.minutes ?? '') },
          files: (values.files ?? []) as IncomingFile[],
          decisions: parseDecisions(String(values.decisions ?? ''), heldOn),
        },
        { by, now },
      )
      return receiptOf(sent, context, kept, 'held')
    },
  }
}

function decisionForm(context: Context): FormDefinition {
  return {
    name: 'planning.decision',
    version: 1,
    title: 'planning:duty.form.decision-title',
    subject: '{{text}}',
    seenBy: 'planning:duty.form.seen-by',
    pages: [
      {
        name: 'decision',
        intro: ['planning:duty.form.decision-intro'],
        fields: [
          {
            ...{ name: 'state', type: 'select', label: label('state'), required: true },
            options: (['done', 'open', 'dropped'] as const).map((state) => ({
              value: state,
              label: `planning:duty.form.state-${state}`,
            })),
          },
          { name: 'note', type: 'long-text', label: label('note'), required: true, least: 2, most: 500 },
          { name: 'due', type: 'date', label: label('new-day'), hint: label('new-day-hint') },
        ],
        async check({ values: { state, due }, now }) {
          if (state !== 'open') return {}
          return typeof due === 'string' && due > dayInChina(now)
            ? {}
            : { due: { key: 'planning:duty.no-new-day', values: {} } }
        },
      },
    ],
    async submit(sent): Promise<Receipt> {
      const { trx, values, now, person, language } = sent
      const decision = await readDecision(trx, sent.context.decision ?? '')
      const meeting = await readMeeting(trx, decision.meeting)
      const isOwner = person !== null && decision.owner === person
      const by = isOwner ? person : await mustEditOrHave(sent, 'decision', meeting.organisation)
      const state = (['done', 'dropped'] as const).find((one) => one === values.state) ?? 'open'
      const note = String(values.note)
      const due = state === 'open' ? String(values.due) : null
      await acknowledge(sent, context, by, note)
      await settleDecision(trx, context, decision, { state, note, due }, { by, now })
      const said = translate(language, 'planning:duty.receipt.decision', {
        ...{ text: decision.text, state: translate(language, `planning:duty.decision-state.${state}`) },
      })
      return { number: meeting.number, card: textCard(said) }
    },
  }
}

/** Whoever has the item of the reminder, as when it was handed over, else who keeps the duties of the organisation. */
async function mustEditOrHave(
  sent: Submission,
  form: 'meeting' | 'minutes' | 'decision',
  organisation: string,
): Promise<string> {
  const { trx, person, now } = sent
  const about = [form === 'decision' ? 'decision' : 'meeting']
  const isAsked = await isAskedFor(trx, sent, { form: `planning.${form}`, about })
  if (person !== null && isAsked) return person
  return mustEdit(trx, person, organisation, now)
}

/** The form may have been opened by a reminder, which is over with it. */
async function acknowledge(
  sent: Submission,
  { reminders }: Context,
  by: string,
  note: string,
): Promise<void> {
  await reminders.acknowledged(sent.trx, sent.context[itemInContext], { by, note, now: sent.now })
}

async function receiptOf(
  sent: Submission,
  context: Context,
  { id, number, planned_on }: MeetingRow,
  key: 'arranged' | 'changed' | 'held',
): Promise<Receipt> {
  await acknowledge(sent, context, sent.person ?? '', number)
  const said = translate(sent.language, `planning:duty.receipt.${key}`, { number, day: planned_on })
  const show = { label: translate(sent.language, 'planning:duty.list.show'), action: 'planning.meeting' }
  return { number, card: textCard(said, [{ ...show, value: { meeting: id }, opens: 'beside' }]) }
}

/** Owners who are nobody's name here are followed up by the cadres: it is said before it is sent in. */
async function unknownOwners({ db, values, context, language, now }: FilledForm): Promise<string[]> {
  const meeting = await db
    .selectFrom('report_meeting')
    .select(['organisation', 'planned_on'])
    .where('id', '=', context.meeting ?? '')
    .executeTakeFirst()
  // That it is gone is said when it is sent in.
  if (!meeting) return []
  const lines = parseDecisions(String(values.decisions ?? ''), String(values.held ?? meeting.planned_on))
  const known = await ownersOf(db, meeting.organisation, lines, now)
  const unknown = [...new Set(lines.map(({ owner }) => owner))].filter((owner) => !known.has(owner))
  return unknown.length === 0
    ? []
    : [translate(language, 'planning:duty.unknown-owners', { names: unknown.join('、') })]
}

async function checkOrganisation({ db, now, person, values: { organisation } }: FilledForm) {
  if (typeof organisation !== 'string') return {}
  return (await may(db, person, 'plan.edit', organisation, now))
    ? {}
    : { organisation: { key: 'planning:duty.not-yours', values: {} } }
}

/** What a reader of lines refuses, said at the field. */
export function refusedBy(field: string, read: () => unknown) {
  try {
    read()
    return {}
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { [field]: { key: error.key, values: error.values } }
  }
}
