import type { IncomingFile } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { FilledForm, FormDefinition, FormPage, Submission } from '../../forms/definition.ts'
import type { Problem } from '../../forms/fields/refuse.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { inBothLanguages } from '../../messages/in-both-languages.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { descendantsOf, findOrganisation, listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { mayMake, mustMake } from './access.ts'
import type { AssessmentContext } from './context.ts'
import { ownSheet } from './fill-make-form.ts'
import type { Doing } from './history.ts'
import { type AssessmentDraft, changeDraft, draftAssessment } from './keep-assessment.ts'
import { campaignToAssess } from './of-campaign.ts'
import { knownKinds, readSheet } from './read-sheet.ts'
import { readAssessment } from './records.ts'
import { doingOf } from './score-forms.ts'
import type { Sheet } from './sheet-schema.ts'
import { previewOf } from './show.ts'

const label = (name: string) => `assessment:form.${name}`
/** Of the sheet that is brought as a file. */
const own = 'own'
const mostSubjects = 500

/**
 * The form by which an assessment is made, or a draft changed; its preview follows. Its context may hold `sheet` (JSON of
 * the one it offers beside the house's), `assessment` with its `revision` (the draft) and `campaign` (of which it is).
 */
export function makeForm(context: AssessmentContext, sheets: readonly Sheet[]): FormDefinition {
  return {
    name: 'assessment.make',
    version: 2,
    title: label('make-title'),
    seenBy: label('make-seen-by'),
    pages: pagesWith(context, sheets, null),
    pagesOf: ({ sheet }) =>
      pagesWith(context, sheets, sheet === undefined ? null : (JSON.parse(sheet) as Sheet)),
    async submit(sent) {
      const { trx, values, language } = sent
      const doing = doingOf(sent)
      const organisation = String(values.organisation)
      if (!(await mayMake(trx, doing.by, organisation, doing.now)))
        throw new PlainError('assessment:not-for-you')
      const sheet = await sheetIn(sent, context, sheets)
      const draft: AssessmentDraft = {
        ...{ title: String(values.title), organisation, sheet },
        subjects: await subjectsIn(sent, sheet, organisation),
        checkers: values.checkers as string[],
        ...{ startsOn: String(values.from), endsOn: String(values.to) },
        ...{ fillUntil: String(values.fill), checkUntil: String(values.check) },
        ...{
          noticeDays: Number(values.notice),
          campaign: await campaignIn(sent, sheet, organisation, doing),
        },
      }
      const { assessment: id, revision } = sent.context
      if (id !== undefined) {
        // Whoever holds it now may change it, to whichever organisation of theirs.
        await mustMake(trx, doing.by, await readAssessment(trx, id), doing.now)
      }
      const assessment =
        id === undefined
          ? await draftAssessment(trx, draft, doing)
          : await changeDraft(trx, { id, revision: Number(revision) }, draft, doing)
      const card = await previewOf(trx, context, assessment, { language, now: doing.now })
      const toast = translate(language, 'assessment:receipt.drafted')
      return { number: assessment.row.number, card, alone: true, toast }
    },
  }
}

const pagesWith = (house: AssessmentContext, sheets: readonly Sheet[], kept: Sheet | null): FormPage[] => [
  sheetPage(house, sheets, kept),
  subjectsPage,
  daysPage,
]

const sheetPage = (house: AssessmentContext, sheets: readonly Sheet[], kept: Sheet | null): FormPage => ({
  name: 'sheet',
  intro: [label('make-intro')],
  fields: [
    { name: 'title', type: 'text', label: label('title'), required: true, most: 60 },
    { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
    {
      ...{ name: 'sheet', type: 'select', label: label('sheet'), required: true },
      options: [
        ...(kept ? [{ value: ownSheet, label: keptLabel(kept) }] : []),
        ...sheets.map(({ name, title }) => ({ value: name, label: title })),
        { value: own, label: label('own-sheet') },
      ],
    },
    { name: 'file', type: 'file', label: label('sheet-file'), hint: label('sheet-file-hint'), most: 1 },
  ],
  async check({ db, now, person, language, values: { organisation, sheet, file } }) {
    const found: Record<string, Problem> = {}
    if (typeof organisation === 'string') {
      const may = person !== null && (await mayMake(db, person, organisation, now))
      if (!may) found.organisation = { key: 'assessment:not-for-you', values: {} }
    }
    if (sheet === own && (!Array.isArray(file) || file.length === 0)) {
      found.file = { key: 'assessment:problem.sheet-file', values: {} }
    } else if (sheet === own) {
      const [brings] = file as IncomingFile[]
      const wrong = await brought(db as Trx, house, brings, language).catch((error: unknown) => error)
      if (wrong instanceof PlainError) found.file = { key: wrong.key, values: wrong.values }
      else if (wrong instanceof Error) throw wrong
    }
    return found
  },
})

const subjectsPage: FormPage = {
  name: 'subjects',
  intro: [label('subjects-intro')],
  fields: [
    { name: 'units', type: 'long-text', label: label('units'), hint: label('units-hint'), most: 5000 },
    { name: 'people', type: 'people', label: label('people'), colleagues: true, most: mostSubjects },
    {
      ...{ name: 'checkers', type: 'people', label: label('checkers') },
      required: true,
      colleagues: true,
      most: 20,
    },
  ],
}

const daysPage: FormPage = {
  name: 'days',
  intro: [],
  fields: [
    { name: 'from', type: 'date', label: label('from'), required: true },
    { name: 'to', type: 'date', label: label('to'), required: true },
    { name: 'fill', type: 'date', label: label('fill-until'), required: true },
    { name: 'check', type: 'date', label: label('check-until'), required: true },
    {
      ...{ name: 'notice', type: 'number', label: label('notice-days') },
      required: true,
      least: 1,
      most: 60,
    },
  ],
  check: checkDays,
}

async function checkDays({ now, values: { from, to, fill, check } }: FilledForm) {
  const found: Record<string, Problem> = {}
  if (typeof from === 'string' && typeof to === 'string' && to < from) {
    found.to = { key: 'assessment:problem.to-before', values: {} }
  }
  if (typeof fill === 'string' && fill < dayInChina(now)) {
    found.fill = { key: 'assessment:problem.fill-past', values: {} }
  }
  if (typeof fill === 'string' && typeof check === 'string' && check < fill) {
    found.check = { key: 'assessment:problem.check-before', values: {} }
  }
  return found
}

const keptLabel = ({ title }: Sheet) =>
  inBothLanguages((to) => translate(to, 'assessment:form.kept-sheet', { title: title[to] }))

/** Of which campaign it is; null: of none. Throws PlainError where somebody else holds the campaign. */
async function campaignIn(
  { trx, context }: Pick<Submission, 'trx' | 'context'>,
  sheet: Sheet,
  organisation: string,
  { by, now }: Doing,
): Promise<string | null> {
  if (context.campaign === undefined) return null
  const campaign = await campaignToAssess(trx, context.campaign, { person: by, now })
  if (campaign.organisation !== organisation) throw new PlainError('assessment:campaign.holder')
  if (sheet.for !== 'unit') throw new PlainError('assessment:campaign.units')
  return campaign.id
}

/** The sheet that was chosen, or read out of the file. Throws PlainError with the lines of what is wrong in it. */
async function sheetIn(
  { trx, values, language, context }: Pick<Submission, 'trx' | 'values' | 'language' | 'context'>,
  house: AssessmentContext,
  sheets: readonly Sheet[],
): Promise<Sheet> {
  const chosen = sheets.find(({ name }) => name === values.sheet)
  if (chosen) return chosen
  if (values.sheet === ownSheet && context.sheet !== undefined) return JSON.parse(context.sheet) as Sheet
  return brought(trx, house, (values.file as IncomingFile[] | undefined)?.[0], language)
}

/** A sheet out of a file that was brought. Throws PlainError with the lines of what is wrong in it, or where it is gone. */
export async function brought(
  trx: Trx,
  house: Pick<AssessmentContext, 'blobs' | 'submissions' | 'knowledgeDir'>,
  file: Pick<IncomingFile, 'blob'> | undefined,
  language: Language,
): Promise<Sheet> {
  const bytes = file ? await house.blobs.get(file.blob, trx) : null
  if (!bytes) throw new PlainError('assessment:problem.sheet-file')
  return readSheet(new TextDecoder().decode(bytes), language, knownKinds(house))
}

/** Ids of those under assessment; of units nothing typed means all directly below. Throws PlainError where there is nobody. */
async function subjectsIn(
  { trx, values }: Pick<Submission, 'trx' | 'values'>,
  sheet: Sheet,
  organisation: string,
): Promise<string[]> {
  const found = new Set<string>()
  if (sheet.for === 'person') {
    for (const person of Array.isArray(values.people) ? (values.people as string[]) : []) found.add(person)
  } else {
    const typed = typeof values.units === 'string' ? values.units.split(/[、,，;；\n]/) : []
    for (const name of typed.map((one) => one.trim())) {
      if (name !== '') found.add((await findOrganisation(trx, name)).id)
    }
    if (found.size === 0) for (const id of await directlyBelow(trx, organisation)) found.add(id)
    const within = new Set((await descendantsOf(trx, organisation)).map(({ id }) => id).concat(organisation))
    if ([...found].some((id) => !within.has(id))) throw new PlainError('assessment:problem.not-below')
  }
  if (found.size === 0) throw new PlainError(`assessment:problem.no-${sheet.for}`)
  if (found.size > mostSubjects) throw new PlainError('assessment:problem.too-many', { most: mostSubjects })
  return [...found]
}

async function directlyBelow(db: Reads, organisation: string): Promise<string[]> {
  return (await listOrganisations(db)).filter(({ parent }) => parent === organisation).map(({ id }) => id)
}
