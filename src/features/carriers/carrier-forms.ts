import type { Language } from '../../chat/language.ts'
import type {
  FilledForm,
  FormDefinition,
  FormField,
  FormValues,
  Receipt,
  Submission,
} from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { mayEdit, mayTend } from './access.ts'
import { textCard } from './carrier-cards.ts'
import type { CarriersContext } from './context.ts'
import {
  addOutcome,
  type CarrierDraft,
  changeCarrier,
  type Doing,
  endCarrier,
  enterCarrier,
  gradeCarrier,
  renewCarrier,
} from './keep-carrier.ts'
import { parseExperts, parseNeeds } from './parse-lists.ts'
import { type Carrier, readCarrier } from './records.ts'
import {
  type CarrierKind,
  type CarrierLevel,
  type CarrierRules,
  carrierKinds,
  carrierLevels,
} from './rules.ts'

const label = (name: string) => `carriers:form.${name}`

/** A text of one line or of several. */
function text(name: string, most: number, more: Partial<FormField> = {}): FormField {
  return { name, type: 'text', label: label(name), required: true, most, ...more }
}

/** The forms by which carriers are entered and what becomes of them is kept. */
export function carrierForms({ rules }: Pick<CarriersContext, 'rules'>): FormDefinition[] {
  return [enterForm(rules), renewForm(rules), outcomeForm(rules), gradeForm(rules), endForm(rules)]
}

function enterForm(rules: CarrierRules): FormDefinition {
  return {
    name: 'carriers.enter',
    version: 1,
    title: 'carriers:form.enter-title',
    seenBy: 'carriers:form.seen-by',
    pages: [
      {
        name: 'basics',
        intro: ['carriers:form.enter-intro'],
        fields: [
          {
            ...{ name: 'kind', type: 'select', label: label('kind'), required: true },
            options: carrierKinds.map((kind) => ({ value: kind, label: `carriers:kind.${kind}` })),
          },
          text('name', 80, { example: label('name-example') }),
          { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
          text('partner', 200, { example: label('partner-example') }),
          {
            ...{ name: 'level', type: 'select', label: label('level') },
            options: carrierLevels.map((level) => ({ value: level, label: `carriers:level.${level}` })),
          },
          text('category', 60, { required: false }),
        ],
        check: checkOrganisation,
      },
      {
        name: 'contract',
        intro: [],
        fields: [
          { name: 'starts', type: 'date', label: label('starts'), required: true },
          { name: 'ends', type: 'date', label: label('ends'), required: true },
          { name: 'person', type: 'person', label: label('person'), hint: label('person-hint') },
          text('contact', 100, { required: false }),
        ],
        check: async ({ values: { starts, ends } }) =>
          typeof starts === 'string' && typeof ends === 'string' && ends < starts
            ? { ends: { key: 'carriers:end-before-start', values: { start: starts, end: ends } } }
            : {},
      },
      {
        name: 'work',
        intro: [],
        fields: [
          { name: 'tasks', type: 'long-text', label: label('tasks'), most: 2000 },
          { name: 'needs', type: 'long-text', label: label('needs'), hint: label('needs-hint'), most: 5000 },
          {
            ...{ name: 'experts', type: 'long-text', label: label('experts'), hint: label('experts-hint') },
            ...{ example: label('experts-example'), most: 5000 },
          },
        ],
        check: async ({ values }) => ({
          ...refusedBy('needs', () => parseNeeds(String(values.needs ?? ''))),
          ...refusedBy('experts', () => parseExperts(String(values.experts ?? ''))),
        }),
      },
    ],
    async submit(sent): Promise<Receipt> {
      const { trx, context, language } = sent
      const draft = draftOf(sent.values)
      const { person, doing } = await doerOf(sent, rules)
      const today = dayInChina(sent.now)
      if (!(await mayEdit(trx, person, draft, today))) throw new PlainError('carriers:not-yours')
      if (context.carrier === undefined) {
        return receipt(await enterCarrier(trx, draft, doing), 'entered', language)
      }
      const before = await readCarrier(trx, context.carrier)
      if (!(await mayEdit(trx, person, before.row, today))) throw new PlainError('carriers:not-yours')
      return receipt(await changeCarrier(trx, before.row.id, draft, doing), 'changed', language)
    },
  }
}

function renewForm(rules: CarrierRules): FormDefinition {
  return {
    name: 'carriers.renew',
    version: 1,
    title: 'carriers:form.renew-title',
    subject: '{{name}}',
    seenBy: 'carriers:form.seen-by',
    pages: [
      {
        name: 'contract',
        intro: ['carriers:form.renew-intro'],
        fields: [{ name: 'ends', type: 'date', label: label('new-end'), required: true }],
        check: async ({ values: { ends }, context: { ends: before = '' } }) =>
          typeof ends === 'string' && ends <= before
            ? { ends: { key: 'carriers:not-later', values: { day: before } } }
            : {},
      },
    ],
    async submit(sent) {
      const { carrier, doing } = await editing(sent, rules, mayEdit)
      const ends = String(sent.values.ends)
      return receipt(await renewCarrier(sent.trx, carrier.row.id, ends, doing), 'renewed', sent.language)
    },
  }
}

function outcomeForm(rules: CarrierRules): FormDefinition {
  return {
    name: 'carriers.outcome',
    version: 1,
    title: 'carriers:form.outcome-title',
    subject: '{{name}}',
    seenBy: 'carriers:form.seen-by',
    pages: [
      {
        name: 'outcome',
        intro: ['carriers:form.about'],
        fields: [
          { name: 'day', type: 'date', label: label('day'), required: true },
          { ...text('outcome', 500), type: 'long-text', least: 4 },
        ],
        async check({ values: { day }, context: { starts = '' }, now }) {
          if (typeof day !== 'string') return {}
          if (day > dayInChina(now)) return { day: { key: 'carriers:outcome-to-come', values: {} } }
          return day < starts ? { day: { key: 'carriers:outcome-before', values: { day: starts } } } : {}
        },
      },
    ],
    async submit(sent) {
      const { carrier, doing } = await editing(sent, rules, mayTend)
      const outcome = { day: String(sent.values.day) as Day, text: String(sent.values.outcome) }
      return receipt(await addOutcome(sent.trx, carrier.row.id, outcome, doing), 'outcome', sent.language)
    },
  }
}

function gradeForm(rules: CarrierRules): FormDefinition {
  return {
    name: 'carriers.grade',
    version: 1,
    title: 'carriers:form.grade-title',
    subject: '{{name}}',
    seenBy: 'carriers:form.seen-by',
    pages: [
      {
        name: 'grade',
        intro: ['carriers:form.about'],
        fields: [
          { name: 'year', type: 'number', label: label('year'), required: true, least: 1990, most: 2199 },
          { name: 'score', type: 'number', label: label('score'), required: true, least: 0, most: 100 },
        ],
        async check({ db, values: { year }, context: { carrier = '' } }) {
          const known = await db
            .selectFrom('carrier_grade')
            .select('score')
            .where('carrier', '=', carrier)
            .where('year', '=', Number(year ?? 0))
            .executeTakeFirst()
          return known
            ? { year: { key: 'carriers:graded', values: { year: Number(year), score: known.score } } }
            : {}
        },
      },
    ],
    async submit(sent) {
      const { carrier, doing } = await editing(sent, rules, mayEdit)
      const given = { year: Number(sent.values.year), score: Number(sent.values.score) }
      return receipt(await gradeCarrier(sent.trx, carrier.row.id, given, doing), 'graded', sent.language)
    },
  }
}

function endForm(rules: CarrierRules): FormDefinition {
  return {
    name: 'carriers.end',
    version: 1,
    title: 'carriers:form.end-title',
    subject: '{{name}}',
    seenBy: 'carriers:form.seen-by',
    pages: [
      {
        name: 'end',
        intro: ['carriers:form.about'],
        fields: [
          {
            ...{ name: 'state', type: 'select', label: label('state'), required: true },
            options: (['ended', 'revoked'] as const).map((state) => ({
              value: state,
              label: `carriers:state.${state}`,
            })),
          },
          text('reason', 500),
        ],
      },
    ],
    async submit(sent) {
      const { carrier, doing } = await editing(sent, rules, mayEdit)
      const state = sent.values.state === 'revoked' ? 'revoked' : 'ended'
      const reason = String(sent.values.reason)
      const ended = await endCarrier(sent.trx, carrier.row.id, { state, reason }, doing)
      return receipt(ended, 'ended', sent.language)
    },
  }
}

function draftOf(values: FormValues): CarrierDraft {
  const word = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  return {
    kind: word('kind') as CarrierKind,
    name: word('name'),
    organisation: word('organisation'),
    partner: word('partner'),
    category: word('category'),
    level: (word('level') || null) as CarrierLevel | null,
    ...{ startsOn: word('starts'), endsOn: word('ends'), tasks: word('tasks') },
    ...{ needs: parseNeeds(word('needs')), experts: parseExperts(word('experts')) },
    ...{ contactPerson: word('person') || null, contact: word('contact') },
  }
}

async function checkOrganisation({ db, now, person, values: { organisation } }: FilledForm) {
  if (typeof organisation !== 'string' || person === null) return {}
  const actor = await actorOf(db, person, dayInChina(now))
  return can(actor, 'carrier.edit', await placeOf(db, organisation))
    ? {}
    : { organisation: { key: 'carriers:not-yours', values: {} } }
}

function refusedBy(field: string, read: () => unknown) {
  try {
    read()
    return {}
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { [field]: { key: error.key, values: error.values } }
  }
}

/** Throws PlainError for a guest. */
async function doerOf(
  { person, now }: Pick<Submission, 'person' | 'now'>,
  rules: CarrierRules,
): Promise<{ person: string; doing: Doing }> {
  if (person === null) throw new PlainError('carriers:sign-in')
  return { person, doing: { by: person, now, rules } }
}

/** The carrier that the form is about. Throws PlainError where whoever sends it in may not. */
async function editing(
  sent: Submission,
  rules: CarrierRules,
  may: typeof mayEdit | typeof mayTend,
): Promise<{ carrier: Carrier; doing: Doing }> {
  const { person, doing } = await doerOf(sent, rules)
  const carrier = await readCarrier(sent.trx, sent.context.carrier ?? '')
  if (!(await may(sent.trx, person, carrier.row, dayInChina(sent.now)))) {
    throw new PlainError('carriers:not-yours')
  }
  return { carrier, doing }
}

function receipt({ row }: Carrier, key: string, language: Language): Receipt {
  const said = translate(language, `carriers:receipt.${key}`, {
    ...{ number: row.number, name: row.name, until: row.ends_on },
  })
  const show = { label: translate(language, 'carriers:list.show'), action: 'carriers.show' }
  const card = textCard(said, [{ ...show, value: { carrier: row.id }, opens: 'beside' }])
  return { number: row.number, card }
}
