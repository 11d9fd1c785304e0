import type { Language } from '../../../chat/language.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { problemsOfIssues, withoutUnknown } from '../../../forms/file-issues.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays, type Day, monthsLater } from '../../../timers/calendar/day.ts'
import { readYaml } from '../../events/port.ts'
import type { CampaignsContext } from '../context.ts'
import { type CampaignFile, type CampaignTemplate, campaignFileSchema } from './campaign-schema.ts'
import { comparedKinds } from './compared-kinds.ts'
import { type CampaignDraft, type DraftField, problemsOfDraft } from './draft.ts'
import { rulesNamed } from './keep-campaign.ts'
import { organisationTyped } from './typed-organisations.ts'

/** Bytes of a file; a campaign written by hand is far shorter. */
const largestFile = 128 * 1024
const mostProblems = 20

/** Under which word of the file a field of a draft stands. */
const wordOf: Readonly<Record<DraftField, string>> = {
  ...{ startsOn: 'starts', endsOn: 'ends', kinds: 'kinds', rubric: 'rubric', awards: 'awards' },
}

interface FileContext {
  context: Pick<CampaignsContext, 'submissions' | 'knowledgeDir'>
  templates: readonly CampaignTemplate[]
  language: Language
  today: Day
  /** Whether whoever brings the file may make campaigns for an organisation. */
  mayMake(organisation: string): Promise<boolean>
}

/**
 * Reads a campaign of a YAML file. Throws PlainError `campaigns:file.wrong` with the lines of all that is wrong: then nothing
 * of it is taken.
 */
export async function readCampaignFile(
  trx: Trx,
  bytes: Uint8Array,
  given: FileContext,
): Promise<CampaignDraft> {
  const { language } = given
  if (bytes.length > largestFile) throw new PlainError('campaigns:file.too-large')
  const [document, more] = readYaml(new TextDecoder().decode(bytes))
  if (!document || document.value === null) throw new PlainError('campaigns:file.empty')
  if (more) throw new PlainError('campaigns:file.many')
  const wrong: { line: number; text: string }[] = []
  const refuse = (path: readonly (string | number)[], { key, values }: Problem) => {
    wrong.push({ line: document.lineOf(path), text: translate(language, key, values) })
  }
  const { value } = document
  const issues = campaignFileSchema.safeParse(value).error?.issues ?? []
  for (const { path, problem } of problemsOfIssues(issues, value)) refuse(path, problem)
  // What is wrong elsewhere hides no unit that one may not name, and nothing that does not fit together.
  const { data } = campaignFileSchema.safeParse(withoutUnknown(value, issues))
  if (!data) {
    await lookUpUnits(trx, unitsIn(value), given, refuse)
    throw wrongFile(wrong, language)
  }
  const draft = await draftOf(trx, data, given, refuse)
  if (draft) {
    const known = comparedKinds(given.context).map(({ kind }) => kind)
    for (const [field, problem] of problemsOfDraft(draft, { today: given.today, known })) {
      refuse([wordOf[field]], problem)
    }
  }
  if (!draft || wrong.length > 0) throw wrongFile(wrong, language)
  return draft
}

function wrongFile(wrong: readonly { line: number; text: string }[], language: Language): PlainError {
  const lines = wrong
    .toSorted((a, b) => a.line - b.line)
    .slice(0, mostProblems)
    .map(({ line, text }) => translate(language, 'campaigns:file.line', { line, problem: text }))
  return new PlainError('campaigns:file.wrong', { count: wrong.length, lines: lines.join('\n') })
}

async function draftOf(
  trx: Trx,
  data: CampaignFile,
  given: FileContext,
  refuse: (path: readonly (string | number)[], problem: Problem) => void,
): Promise<CampaignDraft | null> {
  const { templates } = given
  const missing = (word: string) => refuse([], { key: 'campaigns:file.missing', values: { word } })
  const template = templates.find(({ name }) => name === data.template)
  if (data.template !== undefined && !template) {
    refuse(['template'], { key: 'campaigns:file.no-template', values: { name: data.template } })
    return null
  }
  const base: Partial<CampaignTemplate> = template ?? {}
  const title = data.title ?? base.title
  const kinds = data.kinds ?? base.kinds
  const rubric = data.rubric ?? base.rubric
  const months = data.months ?? base.months
  const ends = data.ends ?? (months === undefined ? undefined : addDays(monthsLater(data.starts, months), -1))
  if (!title) missing('title')
  if (!kinds) missing('kinds')
  if (!rubric) missing('rubric')
  if (!ends) missing('ends')
  const { organisation, taking } = await lookUpUnits(trx, data, given, refuse)
  const wanted = data['rules-document']
  const rules =
    wanted === undefined
      ? null
      : await rulesNamed(trx, wanted, data.starts).catch((error: unknown) => {
          if (!(error instanceof PlainError)) throw error
          refuse(['rules-document'], { key: error.key, values: error.values })
          return null
        })
  if (!title || !kinds || !rubric || !ends || !organisation) return null
  return {
    ...{ title: title['zh-CN'], form: data.form ?? base.form ?? 'campaign', organisation },
    ...{ purpose: data.purpose ?? base.purpose ?? '', rulesText: data.rules ?? base.rules ?? '' },
    ...{ rulesDocument: rules, startsOn: data.starts, endsOn: ends, kinds, rubric },
    blind: data.blind ?? base.blind ?? true,
    reviewersEach: data['reviewers-each'] ?? base['reviewers-each'] ?? 3,
    awards: data.awards ?? base.awards ?? [],
    organisations: taking.length > 0 ? taking : [organisation],
    tellsMembers: false,
  }
}

/** What a file that is wrong says of units, as far as that is right by itself. */
function unitsIn(value: unknown): Partial<Pick<CampaignFile, 'organisation' | 'organisations'>> {
  if (typeof value !== 'object' || value === null) return {}
  const { organisation, organisations } = campaignFileSchema.shape
  const typed = value as Record<string, unknown>
  const unit = organisation.safeParse(typed.organisation).data
  const others = organisations.safeParse(typed.organisations).data
  return { ...(unit ? { organisation: unit } : {}), ...(others ? { organisations: others } : {}) }
}

/** The ids of who holds it, null where that is none, and of those who take part. */
async function lookUpUnits(
  trx: Trx,
  typed: Partial<Pick<CampaignFile, 'organisation' | 'organisations'>>,
  { mayMake }: Pick<FileContext, 'mayMake'>,
  refuse: (path: readonly (string | number)[], problem: Problem) => void,
): Promise<{ organisation: string | null; taking: string[] }> {
  /** Who may make none for it is not told whether it is there. */
  const theirs = async (path: readonly (string | number)[], name: string) => {
    const found = await organisationTyped(trx, name)
    if (typeof found === 'string' && (await mayMake(found))) return found
    refuse(path, { key: 'campaigns:problem.not-your-organisation', values: { name: name.slice(0, 60) } })
    return null
  }
  const { organisation = null, organisations = [] } = typed
  const taking: string[] = []
  for (const [at, name] of organisations.entries()) {
    const found = await theirs(['organisations', at], name)
    if (found) taking.push(found)
  }
  return { organisation: organisation === null ? null : await theirs(['organisation'], organisation), taking }
}
