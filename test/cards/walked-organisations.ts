import type { Language } from '../../src/chat/language.ts'
import { adviseForm } from '../../src/features/founding/advise-form.ts'
import { caseForms } from '../../src/features/founding/case-forms.ts'
import { adviceCard, caseCard, noCaseCard, textCard } from '../../src/features/founding/founding-cards.ts'
import type { FoundingCase } from '../../src/features/founding/read-case.ts'
import { readSteps } from '../../src/features/founding/steps.ts'
import { emptyProfile, type Profile } from '../../src/features/organisations/profile.ts'
import {
  chooseCard,
  profileCard,
  textCard as textCardOfProfiles,
} from '../../src/features/organisations/profile-cards.ts'
import { profileForm } from '../../src/features/organisations/profile-form.ts'
import { chooseWay } from '../../src/guideline/founding-rule.ts'
import type { Values } from '../forms/form-house.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const reminders = {
  async keep() {},
  async end() {},
  async done() {},
  async acknowledged() {},
}
const working = { knowledgeDir: 'knowledge', reminders }

export const organisationForms = [profileForm(working), adviseForm(working), ...caseForms(working)]

/** What is taken in fields that are read further than their type says. */
export const organisationAnswers: Values = {
  ...{ employees: '900', stWorkers: '120', members: '98', staff: '86', stCountedOn: '2024-01-01' },
  ...{ association: 'founded', day: '2024-05-01', foundedOn: '2024-05-01', termEndsOn: '2199-12-31' },
}

const { steps } = readSteps('knowledge')

function caseOf({ name, remark }: Sizes, state: 'running' | 'stopped'): FoundingCase {
  return {
    row: {
      ...{
        id: 'f'.repeat(36),
        number: 'ZJ-2026-0001',
        organisation: 'o'.repeat(36),
        mode: 'standalone',
        state,
      },
      ...{ reason: state === 'stopped' ? remark : '', owner: 'p', begun_on: '2026-03-02' },
      ...{ created_by: null, created_at: '', changed_at: '' },
    },
    steps: Array.from({ length: 20 }, (_, position) => ({
      ...{
        founding: 'f',
        position,
        step: steps[position % steps.length]!.name,
        owner: null,
        ownerName: name,
      },
      due_on: position < 4 ? '2026-03-01' : '2026-05-06',
      done_on: position < 2 ? '2026-03-01' : null,
      ...{ done_by: null, note: position < 2 ? remark : '' },
    })),
  }
}

function profileOf({ name, title, background }: Sizes): Profile {
  return {
    ...emptyProfile('o'.repeat(36)),
    ...{ region: name, industry: name, employees: 5_000_000, stCountedOn: '2026-01-01', chair: name },
    ...{
      association: 'founded',
      mode: 'hosted',
      secretary: title,
      note: background,
      foundedOn: '2020-01-01',
    },
    ...{ termEndsOn: '2026-01-01', members: 3 },
  }
}

export const walkedOrganisations: Walked[] = [
  {
    makers: [
      ...['chooseCard', 'profileCard', 'textCard'].map(
        (name) => `src/features/organisations/profile-cards.ts#${name}`,
      ),
      ...['adviceCard', 'caseCard', 'noCaseCard', 'textCard'].map(
        (name) => `src/features/founding/founding-cards.ts#${name}`,
      ),
    ],
    cards(language: Language, sizes: Sizes) {
      const { name, clause: text, title, many } = sizes
      const own = Array.from({ length: many }, (_, at) => ({ id: String(at), name }))
      const clause = {
        kind: 'clause' as const,
        key: '三/十',
        number: 10,
        label: '（十）',
        path: [],
        lead: '',
      }
      const situation = { conditionsMature: null, smallFirmsCluster: true, leadingFirm: null }
      const choices = [
        chooseWay({ ...situation, technicalStaff: 120, zone: null }, { industryLead: null, host: null }),
        chooseWay({ ...situation, technicalStaff: 80, zone: 'economic' }, { industryLead: true, host: true }),
      ]
      const shown = { name, steps, today: '2026-03-02', person: 'p', provisional: () => true }
      const of = { organisation: 'o'.repeat(36), name }
      const about = { name: title, region: title, workers: 5_000_000 }
      return [
        ...(['all', 'public'] as const).flatMap((sight) =>
          [profileOf(sizes), emptyProfile('o')].map((profile) =>
            profileCard({ profile, name: title, sight, edits: sight === 'all' }, language),
          ),
        ),
        ...(['organisations.show', 'organisations.edit'] as const).map((action) =>
          chooseCard(own, action, language),
        ),
        ...choices.flatMap((choice) => [
          adviceCard(
            { choice, cited: { title, clause: { ...clause, text } }, steps, begins: 'o', about },
            language,
          ),
          adviceCard({ choice, cited: null, steps, begins: null, about }, language),
        ]),
        caseCard({ ...shown, founding: caseOf(sizes, 'running'), edits: true }, language),
        caseCard({ ...shown, founding: caseOf(sizes, 'stopped'), edits: false }, language),
        noCaseCard({ ...of, edits: true }, language),
        textCard(title),
        textCardOfProfiles(title, [{ label: 'x', action: 'organisations.show', value: of }]),
      ]
    },
  },
]
