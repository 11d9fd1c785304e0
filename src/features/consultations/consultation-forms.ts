import type { IncomingFile } from '../../chat/incoming.ts'
import type { FilledForm, FormDefinition, FormField, FormPage, Submission } from '../../forms/definition.ts'
import type { Problem } from '../../forms/fields/refuse.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { audiencePages, chosenBy, endOf } from '../circulation/port.ts'
import { consultationOf, mayMake } from './access.ts'
import { answerForms } from './answer-forms.ts'
import { readResults } from './answers.ts'
import { standingButton, textCard } from './consultation-cards.ts'
import type { ConsultationsContext } from './context.ts'
import { type ConsultationDraft, changeConsultation, draftConsultation } from './keep-consultation.ts'
import { decideConsultation, extendConsultation, withdrawConsultation } from './life.ts'
import { papersNamed } from './papers.ts'
import { readQuestions } from './questions.ts'
import { readAdopted } from './read-adopted.ts'
import { type Consultation, consultationKinds } from './records.ts'
import { showPreview } from './show-consultation.ts'

const label = (name: string) => `consultations:form.${name}`

/** The forms by which consultations are made, answered, extended, taken back and decided. */
export function consultationForms(context: ConsultationsContext): FormDefinition[] {
  return [
    makeForm(context),
    extendForm(context),
    withdrawForm(context),
    decideForm(context),
    ...answerForms(context),
  ]
}

/** The choices of a question that names none. */
const usualChoices = (language: Submission['language']) =>
  translate(language, 'consultations:questions.usual').split('/')

function makeForm(context: ConsultationsContext): FormDefinition {
  return {
    ...{ name: 'consultations.make', version: 1, title: label('make-title'), seenBy: label('seen-by') },
    pages: [contentPage, questionsPage, ...audiencePages('to'), endPage],
    async submit(sent) {
      const { trx, now, language, context: about } = sent
      const { doing, draft } = await draftIn(sent)
      const consultation = about.consultation
        ? await changeConsultation(
            trx,
            await consultationOf(trx, about.consultation, doing.by, { now }),
            draft,
            doing,
          )
        : await draftConsultation(trx, draft, doing)
      const card = await showPreview(trx, context, consultation, { person: doing.by, now, language })
      const toast = translate(language, 'consultations:receipt.look-over')
      return { number: consultation.row.number, card, alone: true, toast }
    },
  }
}

const contentPage: FormPage = {
  name: 'content',
  intro: [label('intro')],
  fields: [
    {
      ...{ name: 'kind', type: 'select', label: label('kind'), required: true, usual: 'decision' },
      options: consultationKinds.map((value) => ({ value, label: `consultations:kind.${value}` })),
    },
    { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
    { name: 'title', type: 'text', label: label('title'), required: true, most: 60 },
    { name: 'text', type: 'long-text', label: label('text'), required: true, most: 3000 },
  ],
  async check({ db, now, person, values: { organisation } }) {
    if (typeof organisation !== 'string') return {}
    if (person !== null && (await mayMake(db, person, { organisation }, now))) return {}
    return { organisation: { key: 'consultations:not-for-you', values: {} } }
  },
}

const questionsPage: FormPage = {
  name: 'questions',
  intro: [label('questions-intro')],
  fields: [
    {
      ...{ name: 'questions', type: 'long-text', label: label('questions'), required: true, most: 1500 },
      ...{ hint: label('questions-hint'), example: label('questions-example') },
    },
    { name: 'files', type: 'file', label: label('files'), hint: label('files-hint'), most: 5 },
    { name: 'documents', type: 'text', label: label('documents'), hint: label('documents-hint'), most: 500 },
  ],
  async check({ db, now, person, language, values }) {
    const problems: Record<string, Problem> = {}
    const { questions, documents } = values
    const refuse = (field: string) => (error: unknown) => {
      if (!(error instanceof PlainError)) throw error
      problems[field] = { key: error.key, values: error.values }
    }
    if (typeof questions === 'string') {
      await Promise.try(readQuestions, questions, usualChoices(language)).catch(refuse('questions'))
    }
    if (typeof documents === 'string' && person !== null) {
      await papersNamed(db as Trx, documents, { person, now }).catch(refuse('documents'))
    }
    return problems
  },
}

const untilField: FormField = {
  ...{ name: 'until', type: 'date', label: label('until'), hint: label('until-hint'), required: true },
}

const endPage: FormPage = {
  name: 'end',
  intro: [],
  fields: [
    {
      ...{ name: 'naming', type: 'select', label: label('naming'), hint: label('naming-hint') },
      ...{ required: true, usual: 'signed' },
      options: ['signed', 'unsigned'].map((value) => ({ value, label: `consultations:naming.${value}` })),
    },
    untilField,
    {
      ...{ name: 'remind', type: 'multi-select', label: label('remind'), hint: label('remind-hint') },
      options: ['3', '1', '0'].map((value) => ({ value, label: `consultations:remind.${value}` })),
    },
    {
      ...{ name: 'decider', type: 'person', label: label('decider'), hint: label('decider-hint') },
      colleagues: true,
    },
  ],
  check: checkUntil,
}

async function checkUntil({ now, values: { until } }: FilledForm): Promise<Record<string, Problem>> {
  if (typeof until !== 'string' || endOf(until) > now) return {}
  return { until: { key: 'consultations:refused.until-past', values: {} } }
}

async function draftIn({ trx, values, person, now, language }: Submission) {
  if (person === null) throw new PlainError('consultations:sign-in')
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const chosen = Array.isArray(values.remind) ? values.remind.map(Number) : []
  const draft: ConsultationDraft = {
    kind: consultationKinds.find((kind) => kind === values.kind) ?? 'decision',
    ...{ title: text('title'), text: text('text'), organisation: text('organisation') },
    questions: readQuestions(text('questions'), usualChoices(language)),
    audience: await chosenBy(trx, values, { person, now }),
    naming: values.naming === 'unsigned' ? 'unsigned' : 'signed',
    until: endOf(text('until')),
    // Whoever chooses nothing has the rest reminded one working day before the end.
    remind: chosen.length === 0 ? [1] : chosen,
    decider: text('decider') || person,
    files: Array.isArray(values.files) ? (values.files as IncomingFile[]) : [],
    documents: await papersNamed(trx, text('documents'), { person, now }),
  }
  return { draft, doing: { by: person, now } }
}

function extendForm(context: ConsultationsContext): FormDefinition {
  return {
    ...{ name: 'consultations.extend', version: 1, title: label('extend-title'), subject: '{{number}}' },
    seenBy: label('seen-by'),
    pages: [{ name: 'until', intro: [label('extend-intro')], fields: [untilField], check: checkUntil }],
    async submit(sent) {
      const { consultation, doing } = await making(sent)
      await extendConsultation(sent.trx, context, consultation, endOf(String(sent.values.until)), doing)
      return said(sent, consultation, 'extended')
    },
  }
}

function withdrawForm(context: ConsultationsContext): FormDefinition {
  return {
    ...{ name: 'consultations.withdraw', version: 1, title: label('withdraw-title'), subject: '{{number}}' },
    seenBy: label('seen-by'),
    pages: [
      {
        ...{ name: 'reason', intro: [label('withdraw-intro')] },
        fields: [{ name: 'reason', type: 'text', label: label('reason'), required: true, most: 200 }],
      },
    ],
    async submit(sent) {
      const { consultation, doing } = await making(sent)
      await withdrawConsultation(sent.trx, context, consultation, String(sent.values.reason), doing)
      return said(sent, consultation, 'withdrawn')
    },
  }
}

function decideForm(context: ConsultationsContext): FormDefinition {
  const remarksOf = async (db: Reads, consultation: Consultation) =>
    (await readResults(db, context, consultation))?.remarks ?? []
  return {
    ...{ name: 'consultations.decide', version: 1, title: label('decide-title'), subject: '{{number}}' },
    seenBy: label('decide-seen-by'),
    pages: [
      {
        ...{ name: 'decision', intro: [label('decide-intro')] },
        fields: [
          { name: 'decision', type: 'long-text', label: label('decision'), required: true, most: 1500 },
          {
            ...{ name: 'adoption', type: 'long-text', label: label('adoption'), required: true, most: 1500 },
            hint: label('adoption-hint'),
          },
          { name: 'adopted', type: 'text', label: label('adopted'), hint: label('adopted-hint'), most: 300 },
        ],
        async check({ db, now, person, context: about, values: { adopted } }) {
          if (typeof adopted !== 'string' || person === null) return {}
          try {
            const id = about.consultation ?? ''
            const consultation = await consultationOf(db, id, person, { now, may: 'see' })
            readAdopted(adopted, await remarksOf(db, consultation))
            return {}
          } catch (error) {
            if (!(error instanceof PlainError)) throw error
            return { adopted: { key: error.key, values: error.values } }
          }
        },
      },
    ],
    async submit(sent) {
      const { trx, values } = sent
      const { consultation, doing } = await making(sent, 'see')
      const typed = typeof values.adopted === 'string' ? values.adopted : ''
      const adopted = readAdopted(typed, await remarksOf(trx, consultation))
      const to = { decision: String(values.decision), adoption: String(values.adoption), adopted }
      await decideConsultation(trx, context, consultation, to, doing)
      return said(sent, consultation, 'decided')
    },
  }
}

async function making({ trx, person, now, context }: Submission, may: 'make' | 'see' = 'make') {
  if (person === null) throw new PlainError('consultations:sign-in')
  const consultation = await consultationOf(trx, context.consultation ?? '', person, { now, may })
  return { consultation, doing: { by: person, now } }
}

function said({ language }: Submission, { row }: Consultation, what: 'extended' | 'withdrawn' | 'decided') {
  const { number } = row
  const text = translate(language, `consultations:receipt.${what}`, { number })
  return { number, card: textCard(text, [standingButton({ row }, language)]) }
}
