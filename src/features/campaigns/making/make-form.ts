import type {
  FilledForm,
  FormDefinition,
  FormField,
  FormPage,
  FormValues,
  Receipt,
} from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { lookerOf, mayDo, mustDo } from '../access.ts'
import type { CampaignsContext } from '../context.ts'
import { readCampaign } from '../records.ts'
import type { CampaignTemplate } from './campaign-schema.ts'
import { comparedKinds } from './compared-kinds.ts'
import { type CampaignDraft, type DraftField, problemsOfDraft } from './draft.ts'
import { changeDraft, createCampaign, rulesNamed } from './keep-campaign.ts'
import { cardOf } from './show-campaigns.ts'
import { readAwards, readRubric } from './typed-lists.ts'
import { organisationsTyped } from './typed-organisations.ts'

const label = (name: string) => `campaigns:form.${name}`

type Problems = Record<string, Problem>

/** Which field of the form holds a field of the draft. */
const fieldOf: Readonly<Record<DraftField, string>> = {
  ...{ startsOn: 'starts', endsOn: 'ends', kinds: 'kinds', rubric: 'rubric', awards: 'awards' },
}

/** The form of a new campaign, or of a draft that is changed: it becomes a draft, whose preview opens it. */
export function makeForm(context: CampaignsContext, templates: readonly CampaignTemplate[]): FormDefinition {
  const check = (fields: readonly string[]) => async (filled: FilledForm) => {
    const { problems } = await readForm(filled.db as Trx, filled, context, templates)
    return Object.fromEntries(Object.entries(problems).filter(([field]) => fields.includes(field)))
  }
  return {
    name: 'campaigns.make',
    version: 1,
    title: label('make-title'),
    seenBy: label('seen-by'),
    pages: pagesOf(context).map((page) => ({ ...page, check: check(page.fields.map(({ name }) => name)) })),
    async submit(sent): Promise<Receipt> {
      const { trx, now, language } = sent
      const looker = await lookerOf(trx, sent.person, now)
      const filled = { ...sent, db: trx }
      const { draft, problems } = await readForm(trx, filled, context, templates)
      const [problem] = Object.values(problems)
      if (problem || !draft) throw new PlainError(problem?.key ?? 'campaigns:gone', problem?.values)
      await mustDo(trx, looker, 'campaign.make', draft)
      const doing = { by: looker.person, now }
      const { campaign: id, seen } = sent.context
      if (id !== undefined) {
        const before = await readCampaign(trx, id)
        if (!before) throw new PlainError('campaigns:gone')
        await mustDo(trx, looker, 'campaign.make', before.row)
      }
      const campaign =
        id === undefined
          ? await createCampaign(trx, draft, doing)
          : await changeDraft(trx, { id, seen: seen === undefined ? null : Number(seen) }, draft, doing)
      const card = await cardOf(trx, context, campaign, looker, language)
      return { number: campaign.row.number, card, alone: true }
    },
  }
}

function pagesOf({
  submissions,
  knowledgeDir,
}: Pick<CampaignsContext, 'submissions' | 'knowledgeDir'>): FormPage[] {
  const long = (name: string, more: Partial<FormField> = {}): FormField => ({
    ...{ name, type: 'long-text', label: label(name), most: 5000, ...more },
  })
  return [
    {
      name: 'basics',
      intro: [label('make-intro')],
      fields: [
        { name: 'title', type: 'text', label: label('title'), required: true, most: 80 },
        { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
        { name: 'starts', type: 'date', label: label('starts'), required: true },
        { name: 'ends', type: 'date', label: label('ends'), required: true },
        {
          ...{ name: 'organisations', type: 'text', label: label('organisations'), most: 2000 },
          hint: label('organisations-hint'),
        },
        {
          ...{ name: 'tells', type: 'select', label: label('tells'), usual: 'groups', required: true },
          options: [
            { value: 'groups', label: label('tells-groups') },
            { value: 'members', label: label('tells-members') },
          ],
        },
      ],
    },
    {
      name: 'rules',
      intro: [],
      fields: [
        {
          ...{ name: 'kinds', type: 'multi-select', label: label('kinds'), required: true },
          options: comparedKinds({ submissions, knowledgeDir }).map(({ kind, title }) => ({
            value: kind,
            label: title,
          })),
        },
        long('purpose', { most: 2000 }),
        { name: 'document', type: 'text', label: label('document'), hint: label('document-hint') },
        long('rules'),
      ],
    },
    {
      name: 'judging',
      intro: [],
      fields: [
        long('rubric', {
          hint: label('rubric-hint'),
          example: label('rubric-example'),
          required: true,
          most: 2000,
        }),
        { name: 'each', type: 'number', label: label('each'), required: true, least: 1, most: 20 },
        {
          ...{ name: 'blind', type: 'select', label: label('blind'), usual: 'yes', required: true },
          options: [
            { value: 'yes', label: label('blind-yes') },
            { value: 'no', label: label('blind-no') },
          ],
        },
        long('awards', { hint: label('awards-hint'), example: label('awards-example'), most: 2000 }),
      ],
    },
  ]
}

/** What was filled in, as a draft; null where something is missing or wrong, as `problems` say by field. */
async function readForm(
  trx: Trx,
  { values, context: about, person, now }: Pick<FilledForm, 'values' | 'context' | 'person' | 'now'>,
  context: CampaignsContext,
  templates: readonly CampaignTemplate[],
): Promise<{ draft: CampaignDraft | null; problems: Problems }> {
  const problems: Problems = {}
  const word = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const orRefuse = async <T>(field: string, read: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      problems[field] = { key: error.key, values: error.values }
      return null
    }
  }
  const looker = await lookerOf(trx, person, now)
  const template = templates.find(({ name }) => name === about.template)
  const before = about.campaign === undefined ? null : await readCampaign(trx, about.campaign)
  const organisation = word('organisation')
  if (organisation !== '' && !(await mayDo(trx, looker, 'campaign.make', organisation))) {
    problems.organisation = { key: 'campaigns:not-yours', values: {} }
  }
  const organisations = await placesIn(trx, word('organisations'), looker, problems)
  const starts = word('starts')
  const rulesDocument =
    word('document') === '' || starts === ''
      ? null
      : await orRefuse('document', () => rulesNamed(trx, word('document'), starts))
  const base = before?.rubric ?? template?.rubric ?? null
  const rubric =
    word('rubric') === '' ? null : await orRefuse('rubric', () => readRubric(word('rubric'), base))
  const awards = await orRefuse('awards', () =>
    readAwards(word('awards'), before?.awards ?? template?.awards ?? []),
  )
  const draft = {
    ...{ title: word('title'), form: before?.row.form ?? template?.form ?? 'campaign', organisation },
    ...{ purpose: word('purpose'), rulesDocument, rulesText: word('rules') },
    ...{ startsOn: starts, endsOn: word('ends'), kinds: listIn(values, 'kinds') },
    rubric: rubric ?? base ?? { criteria: [], reviews: 3, opinionBelow: 60, outlier: 20, proposes: [] },
    ...{ blind: word('blind') !== 'no', reviewersEach: Number(values.each ?? 3), awards: awards ?? [] },
    organisations: organisations.length > 0 ? organisations : [organisation],
    tellsMembers: word('tells') === 'members',
  }
  const known = comparedKinds(context).map(({ kind }) => kind)
  for (const [field, problem] of problemsOfDraft(draft, { today: looker.today, known })) {
    // What is not asked yet is not wrong yet.
    if (values[fieldOf[field]] !== undefined) problems[fieldOf[field]] ??= problem
  }
  const isWhole = rubric !== null && awards !== null && draft.title !== '' && organisation !== ''
  return { draft: isWhole ? draft : null, problems }
}

/** Ids of the organisations that were named, each within the maker's right. */
export async function placesIn(
  trx: Trx,
  text: string,
  looker: Awaited<ReturnType<typeof lookerOf>>,
  problems: Problems,
): Promise<string[]> {
  const found = await organisationsTyped(trx, text)
  if (!Array.isArray(found)) {
    problems.organisations = found
    return []
  }
  for (const id of found) {
    if (await mayDo(trx, looker, 'campaign.make', id)) continue
    problems.organisations = {
      key: 'campaigns:problem.not-your-organisation',
      values: { name: text.slice(0, 60) },
    }
  }
  return found
}

function listIn(values: FormValues, name: string): string[] {
  const value = values[name]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
