import type { FilledForm, FormField, FormPage } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { roles } from '../../../people/roles.ts'
import { bounds, longestTexts } from './check-draft.ts'
import { mostOfSeries, repeats } from './series-days.ts'

/** Rights cases and reviews are no offices by which somebody is invited. */
const invited = roles.filter((role) => role !== 'rights')

type Check = (filled: FilledForm) => Promise<Readonly<Record<string, Problem>>>

/** A field with its label, and its hint where `hinted` names one. */
function field(name: string, given: Omit<FormField, 'name' | 'label'>, hinted = true): FormField {
  const hint = hinted ? { hint: `making:form.hint.${name}` } : {}
  return { name, label: `making:form.${name}`, ...hint, ...given }
}

const bare = (name: string, given: Omit<FormField, 'name' | 'label'>) => field(name, given, false)

const whole = (name: string, [least, most]: readonly [number, number]) =>
  field(name, { type: 'number', least, most })

/** What concerns registrations is asked of the event that takes them: of a series that shares them the first. */
const ownRegistrations: FormPage['when'] = (_values, context) => context.registersElsewhere !== 'yes'

/** The pages of an event: what, when, who and how many, how one registers, what is asked. */
export function eventPages(check: Check, isNew: boolean): FormPage[] {
  const page = (name: string, fields: FormField[], when?: FormPage['when']): FormPage => ({
    ...{ name, intro: [`making:form.intro.${name}`], fields, check },
    ...(when ? { when } : {}),
  })
  return [
    page('what', [
      bare('title', { type: 'text', most: longestTexts.title, required: true }),
      ...(isNew ? [field('organisation', { type: 'organisation', required: true })] : []),
      field('organisers', { type: 'text', most: longestTexts.organisers }),
      bare('description', { type: 'long-text', most: longestTexts.description }),
    ]),
    page('when', whenFields(isNew)),
    ...(isNew ? seriesPages(page) : []),
    page(
      'who',
      [
        // What each event needs stands first; on a phone the rest is further down.
        whole('capacity', bounds.capacity),
        field('public', { type: 'checkbox' }),
        field('audience', { type: 'long-text', most: 1000 }),
        field('roles', {
          type: 'multi-select',
          options: invited.map((role) => ({ value: role, label: `console:role.${role}` })),
        }),
        field('reserved', { type: 'long-text', most: 1000 }),
        field('waitingList', { type: 'checkbox' }),
        field('priority', { type: 'long-text', most: 1000 }),
        whole('guests', bounds.mostGuests),
      ],
      ownRegistrations,
    ),
    page(
      'registration',
      [
        bare('mode', {
          type: 'select',
          required: true,
          usual: 'first-come',
          options: [
            { value: 'first-come', label: 'making:form.first-come' },
            { value: 'approval', label: 'making:form.approval' },
          ],
        }),
        field('opensDay', { type: 'date' }),
        bare('opensTime', { type: 'time' }),
        field('closesDay', { type: 'date' }),
        bare('closesTime', { type: 'time' }),
        field('cancelDays', { type: 'number', least: 0, most: 60 }),
        whole('offerHours', bounds.offerHours),
      ],
      ownRegistrations,
    ),
    page('more', [
      field('reminders', { type: 'text', most: 100 }),
      field('questions', { type: 'long-text', most: 4000 }),
      bare('cost', { type: 'text', most: longestTexts.cost }),
      bare('contacts', { type: 'text', most: longestTexts.contacts }),
      field('materials', { type: 'long-text', most: longestTexts.materials }),
      field('hours', { type: 'number', least: bounds.hours[0], most: bounds.hours[1] }),
    ]),
  ]
}

/** Day and time, of a new event or of its copy. */
export function timeFields(): FormField[] {
  return [
    field('day', { type: 'date', required: true }),
    bare('from', { type: 'time', required: true }),
    field('endDay', { type: 'date' }),
    bare('until', { type: 'time', required: true }),
  ]
}

function whenFields(isNew: boolean): FormField[] {
  return [
    ...timeFields(),
    field('zone', { type: 'text', most: 60 }),
    bare('place', { type: 'text', most: longestTexts.place }),
    field('link', { type: 'text', most: longestTexts.link }),
    field('online', { type: 'checkbox' }),
    ...(isNew ? [repeatField()] : []),
  ]
}

function repeatField(): FormField {
  const options = ['none', ...repeats].map((value) => ({ value, label: `making:form.repeat-${value}` }))
  return bare('repeat', { type: 'select', usual: 'none', options })
}

function seriesPages(
  page: (name: string, fields: FormField[], when?: FormPage['when']) => FormPage,
): FormPage[] {
  const repeated = (repeat: unknown) => repeats.find((one) => one === repeat) !== undefined
  return [
    page(
      'series',
      [field('times', { type: 'number', least: 2, most: mostOfSeries }), field('lastDay', { type: 'date' })],
      ({ repeat }) => repeated(repeat) && repeat !== 'list',
    ),
    page(
      'days',
      [field('days', { type: 'long-text', most: 2000, required: true })],
      ({ repeat }) => repeat === 'list',
    ),
    page('sharing', [field('shared', { type: 'checkbox' })], ({ repeat }) => repeated(repeat)),
  ]
}
