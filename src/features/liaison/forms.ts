import type { FilledForm, FormDefinition, FormField, Submission } from '../../forms/definition.ts'
import type { Problem } from '../../forms/fields/refuse.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import type { Reads } from '../../people/people.ts'
import { type Asker, mayAssign } from './access.ts'
import { deed, textCard } from './cards.ts'
import type { Liaison } from './context.ts'
import { assign, checkAssignment, countPoints, endHolder, handOver, setFrequency } from './keep-holders.ts'
import { nameOfOrganisation, nameOfPerson } from './records.ts'
import { type LiaisonRole, liaisonRoles } from './rules.ts'
import { tellNamed } from './tell-named.ts'
import { roleTitle } from './texts.ts'

const label = (name: string) => `liaison:form.${name}`

export function field(name: string, type: FormField['type'], more: Partial<FormField> = {}): FormField {
  return { name, type, label: label(name), required: true, ...more }
}

/** Whoever fills it in. Throws PlainError for a guest. */
export function doerOf({ person, now }: { person: string | null; now: Date }): Asker {
  if (person === null) throw new PlainError('liaison:sign-in')
  return { person, today: dayInChina(now) }
}

/** What is wrong, beside the field it is of; nothing where `work` goes through. */
export async function problemAt(
  name: string,
  work: () => Promise<unknown> | unknown,
): Promise<Readonly<Record<string, Problem>>> {
  try {
    await work()
    return {}
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { [name]: { key: error.key, values: error.values } }
  }
}

/** Throws PlainError where somebody does not say who looks after an organisation. */
async function mustAssign(db: Reads, asker: Asker, organisation: string): Promise<void> {
  if (!(await mayAssign(db, asker, organisation))) throw new PlainError('liaison:not-yours')
}

const word = (value: unknown) => (typeof value === 'string' ? value : '')

/** The forms by which it is said who looks after what, and how often. */
export function assigningForms(context: Liaison): FormDefinition[] {
  return [assignForm(context), handOverForm(context), endForm(context), frequencyForm(context)]
}

/** At which field a refusal is said that is not about the role. */
const placeOfProblem: Record<string, 'person' | 'from'> = {
  'liaison:person-left': 'person',
  'liaison:no-day': 'from',
  'liaison:day-far': 'from',
  'liaison:before-holder': 'from',
}

function assignForm(context: Liaison): FormDefinition {
  const most = context.rules['most-points']
  const given = ({ values, now }: FilledForm | Submission) => ({
    organisation: word(values.organisation),
    person: word(values.person),
    role: word(values.role) as LiaisonRole,
    from: word(values.from) || dayInChina(now),
  })
  return {
    name: 'liaison.assign',
    version: 1,
    title: 'liaison:form.assign-title',
    seenBy: 'liaison:form.seen-by',
    pages: [
      {
        name: 'assign',
        intro: ['liaison:form.assign-intro'],
        fields: [
          field('organisation', 'organisation'),
          field('role', 'select', {
            options: liaisonRoles.map((role) => ({ value: role, label: `liaison:role.${role}` })),
          }),
          field('person', 'person', { colleagues: true }),
          field('from', 'date', { required: false, hint: label('from-hint') }),
        ],
        async check(filled) {
          const { organisation, person, role, from } = given(filled)
          if (organisation === '') return {}
          const asker = doerOf(filled)
          const refused = await problemAt('organisation', () => mustAssign(filled.db, asker, organisation))
          if (Object.keys(refused).length > 0 || person === '' || role === undefined) return refused
          const check = () =>
            checkAssignment(filled.db, context.rules, { organisation, person, role, from }, asker.today)
          const problem = await problemAt('role', check)
          const place = placeOfProblem[problem.role?.key ?? '']
          return place ? { [place]: problem.role! } : problem
        },
      },
    ],
    async notes(filled) {
      const { person, organisation } = given(filled)
      if (person === '' || organisation === '') return []
      const count = await countPoints(filled.db, person, dayInChina(filled.now))
      const name = await nameOfPerson(filled.db, person)
      return [
        ...(count >= most ? [translate(filled.language, 'liaison:form.many', { name, count, most })] : []),
        ...((await addressOf(filled.db, person))
          ? []
          : [translate(filled.language, 'liaison:told.unreachable', { name })]),
      ]
    },
    async submit(sent) {
      const { trx, now, language } = sent
      const wanted = given(sent)
      const asker = doerOf(sent)
      await mustAssign(trx, asker, wanted.organisation)
      const done = await assign(trx, context, wanted, { by: asker.person, now })
      const name = await nameOfOrganisation(trx, wanted.organisation)
      if (done === 'assigned') {
        const about = { id: `${wanted.organisation}:${wanted.role}`, person: wanted.person }
        await tellNamed(
          trx,
          about,
          (by, to) => ({
            text: translate(to, 'liaison:told.assigned', {
              ...{ by, name, role: roleTitle(wanted.role, to), from: wanted.from },
            }),
            buttons: [deed(to, 'show', { organisation: wanted.organisation })],
          }),
          { by: asker.person, now },
        )
      }
      const count = await countPoints(trx, wanted.person, asker.today)
      const values = { name, role: roleTitle(wanted.role, language), from: wanted.from, count, most }
      const person = await nameOfPerson(trx, wanted.person)
      const said = translate(language, `liaison:receipt.${done}`, { ...values, person })
      const many =
        count > most ? `\n${translate(language, 'liaison:form.many', { ...values, name: person })}` : ''
      return { number: name, card: textCard(said + many), toast: said }
    },
  }
}

function handOverForm(context: Liaison): FormDefinition {
  return {
    name: 'liaison.hand-over',
    version: 1,
    title: 'liaison:form.hand-over-title',
    seenBy: 'liaison:form.seen-by',
    pages: [
      {
        name: 'hand-over',
        intro: ['liaison:form.hand-over-intro'],
        fields: [
          field('holder', 'person', { colleagues: true, hint: label('holder-hint') }),
          field('person', 'person', { colleagues: true }),
        ],
        check: async ({ values: { holder, person } }) =>
          typeof holder === 'string' && holder === person
            ? { person: { key: 'liaison:same-person', values: {} } }
            : {},
      },
    ],
    async submit(sent) {
      const { trx, now, language, values } = sent
      const asker = doerOf(sent)
      const [from, to] = [word(values.holder), word(values.person)]
      const may = (organisation: string) => mayAssign(trx, asker, organisation)
      const doing = { by: asker.person, now }
      const done = await handOver(trx, context, { from, to, day: asker.today }, may, doing)
      const names = { from: await nameOfPerson(trx, from), to: await nameOfPerson(trx, to) }
      await tellNamed(
        trx,
        { id: from, person: to },
        (by, reader) => ({
          text: translate(reader, 'liaison:told.handed-over', { by, from: names.from, count: done.length }),
          buttons: done.slice(0, 3).map((organisation) => deed(reader, 'show', { organisation })),
        }),
        doing,
      )
      const said = translate(language, 'liaison:receipt.handed-over', { ...names, count: done.length })
      return { number: names.to, card: textCard(said), toast: said }
    },
  }
}

function endForm(context: Liaison): FormDefinition {
  return {
    name: 'liaison.end',
    version: 1,
    title: 'liaison:form.end-title',
    subject: '{{name}}',
    seenBy: 'liaison:form.seen-by',
    pages: [
      {
        name: 'end',
        intro: ['liaison:form.end-intro'],
        fields: [field('until', 'date')],
        check: async ({ values: { until }, now }) =>
          typeof until === 'string' && until < dayInChina(now)
            ? { until: { key: 'liaison:day-over', values: {} } }
            : {},
      },
    ],
    async submit(sent) {
      const { trx, now, language, context: about, values } = sent
      const asker = doerOf(sent)
      await mustAssign(trx, asker, about.organisation ?? '')
      const until = word(values.until)
      const row = await endHolder(trx, context, about.holder ?? '', until, { by: asker.person, now })
      const name = await nameOfOrganisation(trx, row.organisation)
      const person = await nameOfPerson(trx, row.person)
      const said = translate(language, 'liaison:receipt.ended', {
        ...{ name, person, role: roleTitle(row.role, language), until },
      })
      return { number: name, card: textCard(said), toast: said }
    },
  }
}

function frequencyForm(context: Liaison): FormDefinition {
  const { duties } = context.rules
  return {
    name: 'liaison.frequency',
    version: 1,
    title: 'liaison:form.frequency-title',
    subject: '{{name}}',
    seenBy: 'liaison:form.seen-by',
    pages: [
      {
        name: 'frequency',
        intro: ['liaison:form.frequency-intro'],
        fields: [
          field('duty', 'select', {
            options: duties.map(({ key, title }) => ({ value: key, label: title })),
          }),
          field('times', 'number', { least: 1, most: 12 }),
        ],
        async check({ values: { duty, times } }) {
          const rule = duties.find(({ key }) => key === duty)
          if (!rule || typeof times !== 'number' || (times >= rule.least && Number.isInteger(times)))
            return {}
          return { times: { key: 'liaison:no-frequency', values: { least: rule.least, most: 12 } } }
        },
      },
    ],
    async submit(sent) {
      const { trx, now, language, context: about, values } = sent
      const asker = doerOf(sent)
      const organisation = about.organisation ?? ''
      await mustAssign(trx, asker, organisation)
      const [duty, times] = [word(values.duty), Number(values.times)]
      await setFrequency(trx, context, { organisation, duty, times }, { by: asker.person, now })
      const name = await nameOfOrganisation(trx, organisation)
      const what = duties.find(({ key }) => key === duty)?.title[language] ?? ''
      const said = translate(language, 'liaison:receipt.frequency', { name, what, times })
      return { number: name, card: textCard(said), toast: said }
    },
  }
}
