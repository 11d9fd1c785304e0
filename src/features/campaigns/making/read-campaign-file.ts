import type { Language } from '../../../chat/language.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays, type Day, monthsLater } from '../../../timers/calendar/day.ts'
import { readYaml } from '../../events/port.ts'
import type { CampaignsContext } from '../context.ts'
import { type CampaignFile, type CampaignTemplate, campaignFileSchema, problemIn } from './campaign-schema.ts'
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
  const refuse = (path: readonly (string | number)[], problem: Problem | string) => {
    const text = typeof problem === 'string' ? problem : translate(language, problem.key, problem.values)
    wrong.push({ line: document.lineOf(path), text })
  }
  const { success, data, error } = campaignFileSchema.safeParse(document.value)
  if (!success) {
    for (const issue of error.issues) {
      const { path, text } = problemIn(issue)
      refuse(path, text)
    }
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
  { templates, mayMake }: FileContext,
  refuse: (path: readonly (string | number)[], problem: Problem) => void,
): Promise<CampaignDraft | null> {
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
  /** Who may make none for it is not told whether it is there. */
  const theirs = async (path: readonly (string | number)[], typed: string) => {
    const found = await organisationTyped(trx, typed)
    if (typeof found === 'string' && (await mayMake(found))) return found
    refuse(path, { key: 'campaigns:problem.not-your-organisation', values: { name: typed.slice(0, 60) } })
    return null
  }
  const organisation = await theirs(['organisation'], data.organisation)
  const taking: string[] = []
  for (const [at, typed] of data.organisations.entries()) {
    const found = await theirs(['organisations', at], typed)
    if (found) taking.push(found)
  }
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
