import type { FormDefinition, FormField, FormValues } from '../../forms/definition.ts'
import { chooseWay, type FoundingSituation, isBorneByClause } from '../../guideline/founding-rule.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { mayEdit, organisationNamed, readProfile, sightOf } from '../organisations/port.ts'
import type { FoundingContext } from './context.ts'
import { adviceCard } from './founding-cards.ts'
import { readFoundingClause } from './founding-clause.ts'
import { readSteps } from './steps.ts'

const zones = ['none', 'high-tech', 'economic', 'park'] as const

/** Yes, no, or left open. */
const answer = (name: string): FormField => ({
  ...{ name, type: 'select', label: `founding:form.${name}` },
  options: (['yes', 'no'] as const).map((value) => ({ value, label: `founding:answer.${value}` })),
})

/** 组建咨询: what the way hangs on; all of it may be left open. Its context: `organisation`, where one is known. */
export function adviseForm(context: Pick<FoundingContext, 'knowledgeDir'>): FormDefinition {
  return {
    name: 'founding.advise',
    version: 2,
    title: 'founding:form.advise-title',
    seenBy: 'founding:form.advise-seen-by',
    pages: [
      {
        name: 'situation',
        intro: ['founding:form.advise-intro'],
        fields: [
          { name: 'organisation', type: 'organisation', label: 'founding:form.organisation' },
          { name: 'region', type: 'text', label: 'founding:form.region', most: 60 },
          {
            ...{ name: 'staff', type: 'number', label: 'founding:form.staff', least: 0, most: 5_000_000 },
            hint: 'founding:form.staff-hint',
          },
          answer('mature'),
          {
            ...{ name: 'zone', type: 'select', label: 'founding:form.zone' },
            options: zones.map((value) => ({ value, label: `founding:zone.${value}` })),
          },
          answer('cluster'),
          answer('industryLead'),
          answer('host'),
        ],
        check: async ({ values: { staff } }) =>
          typeof staff === 'number' && !Number.isInteger(staff)
            ? { staff: { key: 'founding:problem.no-count', values: {} } }
            : {},
      },
    ],
    async submit({ trx, values, person, now, language, context: about }) {
      const today = dayInChina(now)
      const plan = readSteps(context.knowledgeDir)
      const organisation = typeof values.organisation === 'string' ? values.organisation : about.organisation
      const known = await knownOf(trx, person, organisation, today)
      const workers = typeof values.staff === 'number' ? values.staff : known.workers
      const region = typeof values.region === 'string' ? values.region : known.region
      const choice = chooseWay(
        { ...situationIn(values), technicalStaff: workers },
        {
          ...{ industryLead: flagIn(values.industryLead), host: flagIn(values.host) },
        },
      )
      const found = await readFoundingClause(trx, plan, today)
      const cited = found && isBorneByClause(choice.advice, found.clause.text) ? found : null
      const mayBegin =
        person !== null && organisation !== undefined && (await mayEdit(trx, person, organisation, today))
      const begins = mayBegin ? organisation : null
      return {
        number: translate(language, 'founding:form.advise-title'),
        card: adviceCard(
          { choice, cited, steps: plan.steps, begins, about: { name: known.name, region, workers } },
          language,
        ),
        ...{ alone: true, toast: translate(language, 'founding:form.advised') },
      }
    },
  }
}

/** What the page of an organisation says, for whoever may see all of it. */
export async function knownOf(
  db: Reads,
  person: string | null,
  organisation: string | undefined,
  today: Day,
): Promise<{ name: string; region: string; workers: number | null }> {
  const found = organisation === undefined ? null : await organisationNamed(db, organisation)
  if (!found || person === null || (await sightOf(db, person, found.id, today)) !== 'all') {
    return { name: found?.name ?? '', region: '', workers: null }
  }
  const { region, stWorkers } = await readProfile(db, found.id)
  return { name: found.name, region, workers: stWorkers }
}

function situationIn(values: FormValues): Omit<FoundingSituation, 'technicalStaff'> {
  return {
    conditionsMature: flagIn(values.mature),
    smallFirmsCluster: flagIn(values.cluster),
    zone: zones.find((one) => one === values.zone) ?? null,
    leadingFirm: null,
  }
}

function flagIn(value: unknown): boolean | null {
  return value === 'yes' ? true : value === 'no' ? false : null
}
