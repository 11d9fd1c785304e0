import type { FilledForm, FormDefinition, FormField, FormValues } from '../../forms/definition.ts'
import type { Problem } from '../../forms/fields/refuse.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { mustEdit } from './access.ts'
import type { OrganisationsContext } from './context.ts'
import { keepProfile } from './keep-profile.ts'
import { associations, emptyProfile, modes, type Profile, possessions, readProfile } from './profile.ts'
import { textCard } from './profile-cards.ts'
import { longest, type ProfileField, problemsOf } from './profile-rules.ts'

const label = (field: ProfileField) => `organisations:field.${field}`

const count = (name: ProfileField): FormField => ({ name, type: 'number', label: label(name), least: 0 })
const line = (name: keyof typeof longest, more: Partial<FormField> = {}): FormField => ({
  ...{ name, type: 'text', label: label(name), most: longest[name], ...more },
})

/** 修改单位档案: what is known of one organisation. Its context: `organisation`, and `name` to be shown. */
export function profileForm({ reminders }: Pick<OrganisationsContext, 'reminders'>): FormDefinition {
  return {
    name: 'organisations.edit',
    version: 1,
    title: 'organisations:form.title',
    subject: '{{name}}',
    seenBy: 'organisations:form.seen-by',
    pages: [
      {
        name: 'basics',
        intro: ['organisations:form.intro'],
        fields: [
          line('region', { example: 'organisations:form.region-example' }),
          line('industry', { example: 'organisations:form.industry-example' }),
          count('employees'),
          count('stWorkers'),
          { name: 'stCountedOn', type: 'date', label: label('stCountedOn') },
        ],
        check: (filled) => checkFields(filled, ['employees', 'stWorkers', 'stCountedOn']),
      },
      {
        name: 'association',
        intro: [],
        fields: [
          {
            ...{ name: 'association', type: 'select', label: label('association'), required: true },
            options: associations.map((one) => ({ value: one, label: `organisations:association.${one}` })),
          },
          {
            ...{ name: 'mode', type: 'select', label: label('mode') },
            options: modes.map((one) => ({ value: one, label: `organisations:mode.${one}` })),
          },
          { name: 'foundedOn', type: 'date', label: label('foundedOn') },
          { name: 'termEndsOn', type: 'date', label: label('termEndsOn') },
          line('chair', { hint: 'organisations:form.person-hint' }),
          line('secretary', { hint: 'organisations:form.person-hint' }),
          count('members'),
        ],
        check: (filled) => checkFields(filled, ['foundedOn', 'termEndsOn', 'members']),
      },
      {
        name: 'conditions',
        intro: [],
        fields: [
          {
            ...{ name: 'has', type: 'multi-select', label: label('has') },
            hint: 'organisations:form.has-hint',
            options: possessions.map((one) => ({ value: one, label: `organisations:has.${one}` })),
          },
          { ...line('note'), type: 'long-text' },
        ],
      },
    ],
    async submit({ trx, context, values, person, now, language }) {
      const { organisation = '', name = '' } = context
      const by = await mustEdit(trx, person, organisation, dayInChina(now))
      const profile = filledProfile(await readProfile(trx, organisation), values)
      const changes = await keepProfile(trx, profile, { by, how: 'form', now, reminders })
      const changed = Object.keys(changes).length
      const said =
        changed === 0
          ? translate(language, 'organisations:form.same', { name })
          : translate(language, 'organisations:form.kept', { name, count: changed })
      const show = translate(language, 'organisations:card.title', { name })
      const button = { label: Array.from(show).slice(0, 40).join(''), action: 'organisations.show' }
      return {
        number: name,
        card: textCard(said, [{ ...button, value: { organisation }, opens: 'beside' }]),
      }
    },
  }
}

/** What a form begins with: the profile as it is kept. */
export function valuesOf(profile: Profile): Record<string, string | string[]> {
  const { association, mode, stCountedOn, foundedOn, termEndsOn } = profile
  const number = (one: number | null) => (one === null ? '' : String(one))
  return {
    ...{ region: profile.region, industry: profile.industry, note: profile.note },
    ...{ chair: profile.chair, secretary: profile.secretary, association, mode: mode ?? '' },
    ...{ employees: number(profile.employees), stWorkers: number(profile.stWorkers) },
    ...{ stCountedOn: stCountedOn ?? '', foundedOn: foundedOn ?? '', termEndsOn: termEndsOn ?? '' },
    ...{ members: number(profile.members), has: possessions.filter((one) => profile.has[one]) },
  }
}

/** The profile with what was filled in; what was left empty is not known. */
function filledProfile(before: Profile, values: FormValues): Profile {
  const text = (name: ProfileField) => (typeof values[name] === 'string' ? values[name] : '')
  const number = (name: ProfileField) => (typeof values[name] === 'number' ? values[name] : null)
  const chosen = Array.isArray(values.has) ? values.has : []
  return {
    ...before,
    ...{ region: text('region'), industry: text('industry'), note: text('note') },
    ...{ chair: text('chair'), secretary: text('secretary') },
    ...{ employees: number('employees'), stWorkers: number('stWorkers'), members: number('members') },
    association: associations.find((one) => one === values.association) ?? 'none',
    mode: modes.find((one) => one === values.mode) ?? null,
    ...{ stCountedOn: text('stCountedOn') || null, foundedOn: text('foundedOn') || null },
    termEndsOn: text('termEndsOn') || null,
    has: Object.fromEntries(possessions.map((one) => [one, chosen.includes(one)])) as Profile['has'],
  }
}

/** What is wrong with these fields of a page. */
async function checkFields({ values, context, now }: FilledForm, fields: readonly ProfileField[]) {
  const profile = filledProfile(emptyProfile(context.organisation ?? ''), values)
  const problems = problemsOf(profile, dayInChina(now))
  const found: Record<string, Problem> = {}
  for (const field of fields) if (problems[field]) found[field] = problems[field]
  return found
}
